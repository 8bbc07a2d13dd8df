import { childOf } from './abort.ts';

/** Of all tabs and the service worker of this device, one leads. Where the browser has no Web Locks everybody does: slower, never wrong. */
export interface Leader {
  /** Waits for its turn, then works until `signal` aborts, the work ends, or another takes over. */
  lead(work: Work, signal: AbortSignal): Promise<void>;
  /** Takes over at once from a leader that does not answer: a frozen tab keeps its lock. */
  takeOver(work: Work, signal: AbortSignal): Promise<void>;
  /** Works only if nobody leads now; false if somebody does. */
  leadIfFree(work: Work, signal: AbortSignal): Promise<boolean>;
}

export type Work = (signal: AbortSignal) => Promise<void>;

const lockName = 'holdfast-sync';

export function createLeader(locks: LockManager | null): Leader {
  if (locks === null) {
    return {
      lead: (work, signal) => work(signal),
      takeOver: (work, signal) => work(signal),
      async leadIfFree(work, signal) {
        await work(signal);
        return true;
      },
    };
  }
  return {
    lead: (work, signal) => term(locks, { signal }, work, signal),
    takeOver: (work, signal) => term(locks, { steal: true }, work, signal),
    async leadIfFree(work, signal) {
      let free = true;
      const tried: Work = async (own) => work(own);
      await term(locks, { ifAvailable: true }, tried, signal, () => (free = false));
      return free;
    },
  };
}

/** One term of office: its signal aborts with `signal` and when the lock is taken away, and it is over only when the work has ended. */
async function term(
  locks: LockManager,
  options: LockOptions,
  work: Work,
  signal: AbortSignal,
  onTaken?: () => void,
): Promise<void> {
  if (signal.aborted) return;
  const { controller, release } = childOf(signal);
  let working: Promise<void> = Promise.resolve();
  try {
    await locks.request(lockName, options, (lock) => {
      if (lock === null) {
        onTaken?.();
        return;
      }
      working = work(controller.signal);
      return working;
    });
  } catch (error) {
    if (!isAbort(error)) throw error;
    // the lock was taken over, or the wait for it was given up
  } finally {
    controller.abort();
    await working;
    release();
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
