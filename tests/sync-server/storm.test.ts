import { beforeAll, expect, it } from 'vitest';
import { minute } from '../../src/domain/time.ts';
import { storm } from '../bench/load/storm.ts';
import { buildServerProcess, main } from './support/server-process.ts';

/** `npm run load -- storm` does the same with 5,000 phones, and measures it. */
const phones = 250;
const changesEach = 20;

beforeAll(buildServerProcess, 120_000);

it('[REL-36] phones that all come back in the same moment are asked to wait or served, and each change is kept once', async () => {
  const { took, errors, kept } = await storm(phones, changesEach, phones * changesEach, main);
  expect(errors).toEqual([]);
  expect(took).toHaveLength(phones);
  expect(Math.max(...took)).toBeLessThan(5 * minute);
  expect(kept).toBe(phones * changesEach);
}, 360_000);
