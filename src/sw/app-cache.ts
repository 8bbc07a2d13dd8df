import { PrecacheController, PrecacheRoute, type PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, Route, Router } from 'workbox-routing';
import { ownCaches } from '../storage/own-caches.ts';
import { isHashedAsset, keepEarlierBuilds, matchEarlierBuild } from './earlier-builds.ts';

/** The API is never answered from here, not even a navigation to it. */
export const notTheApp: readonly RegExp[] = [/^\/api(\/|$)/];

/**
 * The whole app, in one cache, taken in full at installation: any route opens offline. Nothing but the app is ever cached, and
 * only what is in the list of the build, or was in the list of a build that an open tab may still run.
 */
export function cacheApp(worker: ServiceWorkerGlobalScope, build: readonly (PrecacheEntry | string)[]): void {
  const app = new PrecacheController({ cacheName: ownCaches.app });
  app.addToCacheList([...build]);
  worker.addEventListener('install', (event) => {
    void app.install(event);
  });
  worker.addEventListener('activate', (event) => {
    event.waitUntil(takeOver(worker, app, event));
  });
  const router = new Router();
  router.registerRoute(new PrecacheRoute(app, { cleanURLs: false }));
  router.registerRoute(new NavigationRoute(app.createHandlerBoundToURL('/index.html'), { denylist: [...notTheApp] }));
  router.registerRoute(
    new Route(
      ({ url, sameOrigin }) => sameOrigin && isHashedAsset(url),
      async ({ request }) => (await matchEarlierBuild(worker.caches, request)) ?? fetch(request),
    ),
  );
  router.addFetchListener();
}

/** What other tabs still run is put aside before the new build's clean-up deletes it. */
async function takeOver(
  worker: ServiceWorkerGlobalScope,
  app: PrecacheController,
  event: ExtendableEvent,
): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  await keepEarlierBuilds(worker.caches, new Set(app.getURLsToCacheKeys().values()), windows.length > 0);
  await app.activate(event);
  await worker.clients.claim();
}
