import { expect, it } from 'vitest';
import regressions from './regressions.json' with { type: 'json' };
import { runSeed } from './run-seed.ts';

type Regression = { readonly seed: number; readonly showed: string };

it.each(regressions as readonly Regression[])('[REL] seed $seed: $showed', async ({ seed }) => {
  const { faults, trace } = await runSeed(seed);
  expect(faults, trace.join('\n')).toEqual([]);
});

it('the same seed gives the same run, to the last word of its trace', async () => {
  for (const seed of [3, 14, 76]) {
    const [first, second] = [await runSeed(seed), await runSeed(seed)];
    expect(second.trace).toEqual(first.trace);
    expect(second.hash).toBe(first.hash);
  }
});
