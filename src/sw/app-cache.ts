import { PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import { ownCaches } from '../storage/own-caches.ts';
import { isHashedAsset, keepEarlierBuilds, matchEarlierBuild } from './earlier-builds.ts';

/** The API is never answered from here, not even a navigation to it. */
const notTheApp = /^\/api(\/|$)/;

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
  worker.addEventListener('fetch', (event) => {
    const answer = answerTo(worker, app, event);
    if (answer !== null) event.respondWith(answer);
  });
}

/** Null: the browser asks the network by itself. */
function answerTo(
  worker: ServiceWorkerGlobalScope,
  app: PrecacheController,
  event: FetchEvent,
): Promise<Response> | null {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return null;
  if (app.getCacheKeyForURL(url.pathname + url.search) !== undefined) return app.strategy.handle({ event, request });
  if (request.mode === 'navigate' && !notTheApp.test(url.pathname + url.search))
    return app.createHandlerBoundToURL('/index.html')({ event, request, url });
  return isHashedAsset(url) ? matchEarlierBuild(worker.caches, request).then((kept) => kept ?? fetch(request)) : null;
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
