import type { SyncStore } from '../domain/ports/sync-store.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { openDatabase, type StorageOptions } from './open-database.ts';
import { createSyncStore } from './sync-store.ts';

export type SyncStorage = {
  readonly syncStore: SyncStore;
  close(): void;
};

/**
 * What the engine alone needs of the phone's storage: the service worker carries no more, to stay small. It has nothing to send where
 * no page has begun, and an empty database is left for a page to tell of.
 */
export async function openSyncStorage(options: StorageOptions): Promise<Result<SyncStorage, StorageFault>> {
  const opened = await openDatabase(options, async () => err({ tag: 'storage-evicted' }));
  if (!opened.ok) return opened;
  const { database } = opened.value;
  return ok({
    syncStore: createSyncStore(opened.value, null),
    close: () => database.close(),
  });
}
