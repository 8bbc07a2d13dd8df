import type { Millis } from '../domain/time.ts';
import type { Timer } from './timer.ts';

/** A controller that also aborts with `parent`; `release` ends the tie. (AbortSignal.any is missing on phones of 2023.) */
export function childOf(parent: AbortSignal): { readonly controller: AbortController; readonly release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(parent.reason);
  if (parent.aborted) abort();
  parent.addEventListener('abort', abort);
  return { controller, release: () => parent.removeEventListener('abort', abort) };
}

/** Runs `work` with a signal that aborts with `parent` or after `ms`, whichever is first. */
export async function withDeadline<T>(
  ms: Millis,
  parent: AbortSignal,
  timer: Timer,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { controller, release } = childOf(parent);
  const finished = childOf(parent);
  void timer.wait(ms, finished.controller.signal).then(() => {
    if (!finished.controller.signal.aborted)
      controller.abort(new DOMException('The attempt took too long', 'TimeoutError'));
  });
  try {
    return await work(controller.signal);
  } finally {
    finished.controller.abort();
    finished.release();
    release();
  }
}

/** Resolves once `signal` is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
