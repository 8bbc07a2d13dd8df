import { ownCaches } from '../storage/own-caches.ts';
import { markCache } from '../storage/storage-mark.ts';

/** Built files carry their content's hash in their name: two builds never mean different things by one address. */
export function isHashedAsset(url: URL): boolean {
  return url.pathname.startsWith('/assets/');
}

/**
 * When a new build takes over, tabs that still run the one before may yet ask for its lazy parts, also offline: they are put
 * aside here while any window is open, and deleted at the first take-over that finds none.
 */
export async function keepEarlierBuilds(
  caches: CacheStorage,
  current: ReadonlySet<string>,
  windowsOpen: boolean,
): Promise<void> {
  for (const name of await caches.keys()) {
    if (name !== markCache && name !== ownCaches.app && (name !== ownCaches.earlier || !windowsOpen))
      await caches.delete(name);
  }
  if (!windowsOpen) return;
  const app = await caches.open(ownCaches.app);
  const outgoing = (await app.keys()).filter(({ url }) => !current.has(url) && isHashedAsset(new URL(url)));
  if (outgoing.length === 0) return;
  const earlier = await caches.open(ownCaches.earlier);
  for (const request of outgoing) {
    const response = await app.match(request);
    if (response !== undefined) await earlier.put(request, response);
  }
}

export async function matchEarlierBuild(caches: CacheStorage, request: Request): Promise<Response | undefined> {
  return await caches.match(request, { cacheName: ownCaches.earlier });
}
