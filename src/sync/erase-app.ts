/**
 * Deletes what the app keeps outside its database: cached builds and the service worker. Each part is tried, whatever became of
 * the others.
 */
export async function eraseApp(): Promise<void> {
  await Promise.allSettled([eraseCaches(), unregister()]);
}

async function eraseCaches(): Promise<void> {
  if (typeof caches === 'undefined') return;
  const names = await caches.keys();
  await Promise.allSettled(names.map((name) => caches.delete(name)));
}

async function unregister(): Promise<void> {
  // a service worker knows its own registration, a page asks for all
  const own = (globalThis as { readonly registration?: ServiceWorkerRegistration }).registration;
  const registrations = own !== undefined ? [own] : await navigator.serviceWorker?.getRegistrations();
  await Promise.allSettled((registrations ?? []).map((registration) => registration.unregister()));
}
