import type { Clock, Randomness } from '../domain/ports/sync-store.ts';

/** The device's own clocks, in a page or a worker. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

export const systemRandomness: Randomness = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
