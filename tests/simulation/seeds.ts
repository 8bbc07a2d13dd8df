import { expect } from 'vitest';
import { runSeed } from './run-seed.ts';

/** Fails with the first seed that fails, and its trace. */
export async function expectGood(from: number, count: number): Promise<void> {
  for (let seed = from; seed < from + count; seed += 1) {
    const { faults, trace } = await runSeed(seed);
    expect(faults, `npm run simulate -- --seed ${String(seed)}\n${trace.join('\n')}`).toEqual([]);
  }
}
