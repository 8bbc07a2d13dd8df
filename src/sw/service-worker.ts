import '../domain/no-eval.ts';
import type { PrecacheEntry } from 'workbox-precaching';
import { outboxTag } from '../sync/background-sync.ts';
import { cacheApp } from './app-cache.ts';
import { emptyOutbox } from './empty-outbox.ts';
import { showNotices } from './notices.ts';

/** Background Sync (WICG) is missing from TypeScript's own types. */
type SyncEvent = ExtendableEvent & { readonly tag: string };

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };

cacheApp(self, self.__WB_MANIFEST);
showNotices(self);

self.addEventListener('sync' as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
  const { tag, waitUntil } = event as unknown as SyncEvent;
  if (tag === outboxTag) waitUntil.call(event, emptyOutbox(self.location.origin));
});

// a new version waits until a person takes it
self.addEventListener('message', (event) => {
  if ((event.data as { readonly type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
