import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { plantedFaults } from './planted-faults.mjs';

it.each(plantedFaults)('[SIM-1] $name can still be planted, in exactly one place', ({ file, find, replace }) => {
  expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
});

it('[SIM-1] each planted fault has a name of its own', () => {
  expect(new Set(plantedFaults.map(({ name }) => name)).size).toBe(plantedFaults.length);
});
