import type { Randomness } from '../domain/ports/sync-store.ts';
import { minute, type Millis } from '../domain/time.ts';

export const backoff = {
  /** The first retry comes within this time. */
  firstMs: 1_000 as Millis,
  /** No retry is further away: 5,000 phones that come back together spread over a minute, and nobody waits longer. */
  mostMs: minute,
} as const;

/**
 * How long to wait after `failures` failed attempts in a row (1 or more): evenly spread between 0 and a ceiling that doubles from
 * `firstMs` to `mostMs` ("full jitter"), so that phones which lost the server in the same second don't return in the same second.
 */
export function backoffDelay(failures: number, random: Randomness): Millis {
  const ceiling = Math.min(backoff.mostMs, backoff.firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 30));
  return Math.floor(fraction(random) * ceiling);
}

/** A number from 0 (included) to 1 (excluded), evenly spread. */
export function fraction(random: Randomness): number {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
  return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) / 2 ** 32;
}
