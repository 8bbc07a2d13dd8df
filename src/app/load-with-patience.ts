import type { Millis } from '../domain/time.ts';

const firstMs: Millis = 1_000;
const mostMs: Millis = 30_000;

export type PatientLoad<T> = {
  readonly loaded: Promise<T>;
  /** Resolves when it failed once: how long it will take is open from then on. */
  readonly failed: Promise<null>;
};

/** Loads a part of the app again and again, ever less often, until it is there: it may be that only the network is not. */
export function loadWithPatience<T>(
  load: () => Promise<T>,
  signal: AbortSignal,
  wait: (ms: Millis) => Promise<void> = pause,
): PatientLoad<T> {
  let tell: (failed: null) => void = () => undefined;
  const failed = new Promise<null>((resolve) => (tell = resolve));
  const attempt = async (failures: number): Promise<T> => {
    try {
      return await load();
    } catch {
      tell(null);
      await wait(Math.min(mostMs, firstMs * 2 ** failures));
      return signal.aborted ? new Promise<never>(() => undefined) : attempt(failures + 1);
    }
  };
  return { loaded: attempt(0), failed };
}

function pause(ms: Millis): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
