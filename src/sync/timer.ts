import type { Millis } from '../domain/time.ts';

/** Waiting, as the sync engine knows it; a simulation gives its own. */
export interface Timer {
  /** Resolves after `ms`, or as soon as `signal` aborts; never rejects. */
  wait(ms: Millis, signal: AbortSignal): Promise<void>;
}

/** setTimeout counts in 32 bits: a longer wait would fire at once. */
const longest = 2 ** 31 - 1;

export const systemTimer: Timer = {
  wait(ms, signal) {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const end = () => {
        clearTimeout(handle);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const handle = setTimeout(end, Math.min(Math.max(ms, 0), longest));
      signal.addEventListener('abort', end);
    });
  },
};
