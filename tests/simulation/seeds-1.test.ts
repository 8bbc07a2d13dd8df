import { it } from 'vitest';
import { expectGood } from './seeds.ts';

it.each(Array.from({ length: 4 }, (_, at) => at * 50 + 1))(
  '[REL] nothing lost, nothing twice, all the same: 50 seeds from %i',
  { timeout: 600_000 },
  (from) => expectGood(from, 50),
);
