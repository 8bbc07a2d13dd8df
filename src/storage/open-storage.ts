import type { Device } from '../domain/ports/device.ts';
import type { HandOver } from '../domain/ports/hand-over.ts';
import type { IncidentPlans } from '../domain/ports/incident-plans.ts';
import type { LostRecords } from '../domain/ports/lost-records.ts';
import type { Records } from '../domain/ports/records.ts';
import type { SyncStore } from '../domain/ports/sync-store.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { ok, type Result } from '../domain/result.ts';
import { beginStorage } from './begin-storage.ts';
import { createDevice } from './device.ts';
import { createLostRecords } from './lost-records.ts';
import { openDatabase, type StorageOptions } from './open-database.ts';
import { RecordFeed } from './record-feed.ts';
import { createRecords } from './records.ts';
import type { StorageProof } from './prove-storage.ts';
import type { Sealing } from './sealing.ts';
import type { StorageMark } from './storage-mark.ts';

export type Storage = {
  readonly records: Records;
  readonly device: Device;
  readonly lost: LostRecords;
  /** This and the next two are loaded when they are asked for: the first screen needs none of them. */
  readonly syncStore: () => Promise<SyncStore>;
  readonly handOver: () => Promise<HandOver>;
  readonly incidentPlans: () => Promise<IncidentPlans>;
  /** Tries disk and key out, for the phone's test of itself. */
  readonly prove: () => Promise<StorageProof>;
  /** Whether a passphrase stands before it, or ever did. */
  readonly seal: Sealing['state'];
  close(): void;
};

export type PageStorageOptions = StorageOptions & {
  /** None for a database that may begin anew without a word. */
  readonly mark?: StorageMark;
};

/**
 * Opens the phone's storage for a page; several may have the same database open and see each
 * other's commits. Fails with a fault that a person can be told; never opens half.
 */
export async function openStorage(options: PageStorageOptions): Promise<Result<Storage, StorageFault>> {
  const opened = await openDatabase(options, (database) => beginStorage(database, options.mark ?? null));
  if (!opened.ok) return opened;
  const parts = opened.value;
  const { database } = parts;
  const feed = new RecordFeed(database);
  return ok({
    records: createRecords(parts, feed),
    device: createDevice(parts),
    lost: createLostRecords(parts),
    syncStore: async () =>
      (await import('./sync-store.ts')).createSyncStore(parts, {
        adopt: async () => (await import('./adopt-membership.ts')).adoptMembership,
        carry: () => import('./carry.ts'),
      }),
    handOver: async () => (await import('./hand-over.ts')).createHandOver(parts),
    prove: async () =>
      (await import('./prove-storage.ts')).proveStorage({
        ...parts,
        indexedDB: options.indexedDb?.indexedDB ?? globalThis.indexedDB,
      }),
    incidentPlans: async () => (await import('./incident-plans.ts')).createIncidentPlans(parts),
    seal: database.sealing.state,
    close: () => {
      feed.close();
      database.close();
    },
  });
}
