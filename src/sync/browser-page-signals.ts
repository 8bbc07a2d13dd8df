import type { PageSignals } from './page-signals.ts';

/** `online` and coming to the foreground are reasons to try, never proofs of a connection. */
export function browserPageSignals(window: Window, document: Document): PageSignals {
  const visible = () => document.visibilityState === 'visible';
  return {
    visible,
    onReason(listener, signal) {
      window.addEventListener('online', () => listener('online'), { signal });
      // a page that comes back from the browser's cache fires no visibilitychange on every system
      window.addEventListener('pageshow', (event) => event.persisted && listener('foreground'), { signal });
      document.addEventListener('visibilitychange', () => visible() && listener('foreground'), { signal });
    },
    onVisibility(listener, signal) {
      document.addEventListener('visibilitychange', () => listener(visible()), { signal });
    },
  };
}
