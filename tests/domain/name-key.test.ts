import { expect, it } from 'vitest';
import { nameKey } from '../../src/domain/name-key.ts';

it('[NAMES] names that differ only in case, spaces or the form of their accents are one', () => {
  expect(nameKey('  Sipho \u00a0 DLAMINI ')).toBe(nameKey('sipho dlamini'));
  expect(nameKey('Rene\u0301')).toBe(nameKey('Ren\u00e9'));
  expect(nameKey('Rene')).not.toBe(nameKey('Ren\u00e9'));
});
