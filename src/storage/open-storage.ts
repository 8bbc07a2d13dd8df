import type { Device } from '../domain/ports/device.ts';
import type { Records } from '../domain/ports/records.ts';
import type { Clock, Randomness, SyncStore } from '../domain/ports/sync-store.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { Database, type IndexedDb } from './database.ts';
import { DeviceClock } from './device-clock.ts';
import { createDevice } from './device.ts';
import { beginOwnState } from './own-state.ts';
import { RecordFeed } from './record-feed.ts';
import { createRecords } from './records.ts';
import { createSyncStore } from './sync-store.ts';

/** The device's own database. */
export const databaseName = 'holdfast';
/** "Look around": a database of its own, never given to the sync engine. */
export const lookAroundName = 'holdfast-look-around';

export type StorageOptions = {
  readonly name: string;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly crypto?: Crypto;
  readonly indexedDb?: IndexedDb;
};

export type Storage = {
  readonly records: Records;
  readonly device: Device;
  readonly syncStore: SyncStore;
  close(): void;
};

/**
 * Opens the phone's storage, for a page, a worker or a service worker; several may have the same database open and see each
 * other's commits. Fails with a fault that a person can be told; never opens half.
 */
export async function openStorage(options: StorageOptions): Promise<Result<Storage, StorageFault>> {
  const indexedDb = options.indexedDb ?? browserIndexedDb();
  if (indexedDb === null) return err({ tag: 'storage-unavailable' });
  const database = new Database(options.name, indexedDb);
  const opened = await database.open();
  if (!opened.ok) return opened;
  const begun = await database.writeStrict(['own', 'replicas'], (tables) => beginOwnState(tables));
  if (!begun.ok) {
    database.close();
    return begun;
  }
  database.expectFilled();
  const parts = {
    database,
    clock: new DeviceClock(options.clock),
    random: options.random,
    crypto: options.crypto ?? globalThis.crypto,
  };
  const feed = new RecordFeed(database);
  return ok({
    records: createRecords(parts, feed),
    device: createDevice(parts),
    syncStore: createSyncStore(parts),
    close: () => {
      feed.close();
      database.close();
    },
  });
}

/** Null in Lockdown Mode and in browsers without IndexedDB; some throw at the mere mention. */
function browserIndexedDb(): IndexedDb | null {
  try {
    const { indexedDB, IDBKeyRange } = globalThis;
    return (indexedDB as IDBFactory | null | undefined) == null ? null : { indexedDB, IDBKeyRange };
  } catch {
    return null;
  }
}
