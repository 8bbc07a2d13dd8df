import { reminderPath } from '../domain/readiness/reminder-path.ts';

/** A notification was pressed while this window was open: goes where the service worker says, as by a link, so that nothing is loaded anew. */
export function followNotices(signal: AbortSignal): void {
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  serviceWorker?.addEventListener(
    'message',
    ({ data }) => {
      // the router hears of what is pushed to the history
      if (data === reminderPath) window.history.pushState(null, '', reminderPath);
    },
    { signal },
  );
}
