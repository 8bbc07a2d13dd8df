/** The tag that the service worker answers to. */
export const outboxTag = 'holdfast-outbox';

/** Background Sync (WICG): Chromium only, and missing from TypeScript's own types. */
type WithSync = ServiceWorkerRegistration & { readonly sync?: { register(tag: string): Promise<void> } };

/**
 * Asks the browser to wake the service worker when there is a network again, so that the outbox is sent even if the app was
 * closed. Does nothing where there is no Background Sync; a refusal (battery saver, permission) is no fault: sync runs at the
 * next opening anyway.
 */
export async function requestBackgroundSync(): Promise<void> {
  if (typeof navigator === 'undefined' || navigator.serviceWorker === undefined) return;
  try {
    const registration: WithSync | undefined = await navigator.serviceWorker.getRegistration();
    await registration?.sync?.register(outboxTag);
  } catch {
    // refused by the browser
  }
}
