import { describe, expect, it } from 'vitest';
import { backoff, backoffDelay, fraction } from '../../src/sync/backoff.ts';
import { seededRandom } from '../storage/support/phone-parts.ts';

const seeds = [1, 7, 42, 1234, 99_999];

function delays(failures: number, seed: number, count: number): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => backoffDelay(failures, random));
}

describe('backoffDelay', () => {
  it('[SYNC-BACKOFF] never waits below 0 or above the ceiling, which doubles from 1 s to 60 s', () => {
    for (let failures = 1; failures <= 60; failures += 1) {
      const ceiling = Math.min(backoff.mostMs, backoff.firstMs * 2 ** (failures - 1));
      for (const delay of delays(failures, failures, 200)) {
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThan(ceiling);
      }
    }
  });

  it.each(seeds)('[REL-37] spreads 5,000 phones evenly over the whole minute (seed %i)', (seed) => {
    const all = delays(20, seed, 5_000);
    const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
    expect(mean / (backoff.mostMs / 2)).toBeGreaterThan(0.95);
    expect(mean / (backoff.mostMs / 2)).toBeLessThan(1.05);
    const perSecond = new Map<number, number>();
    for (const each of all) perSecond.set(Math.floor(each / 1000), (perSecond.get(Math.floor(each / 1000)) ?? 0) + 1);
    expect(perSecond.size).toBe(60);
    // evenly would be 83 a second; no second may see twice that
    expect(Math.max(...perSecond.values())).toBeLessThan(166);
  });

  it('[REL-37] takes the fraction of all four bytes', () => {
    const bytes = (...values: number[]) => ({ bytes: () => Uint8Array.from(values) });
    expect(fraction(bytes(0, 0, 0, 0))).toBe(0);
    expect(fraction(bytes(128, 0, 0, 0))).toBe(0.5);
    expect(fraction(bytes(255, 255, 255, 255))).toBeLessThan(1);
    expect(fraction(bytes(0, 0, 0, 1))).toBe(2 ** -32);
  });
});
