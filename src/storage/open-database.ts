import type { Clock, Randomness } from '../domain/ports/sync-store.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { Database, type IndexedDb } from './database.ts';
import { DeviceClock } from './device-clock.ts';
import type { Sealing } from './sealing.ts';

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
  /** For a database that is, or ever was, sealed. */
  readonly sealing?: Sealing | undefined;
};

/** What every part of the storage works with. */
export type OpenDatabase = {
  readonly database: Database;
  readonly clock: DeviceClock;
  readonly random: Randomness;
  readonly crypto: Crypto;
  /** The live replica as last seen: a guess, to be checked in the transaction that uses it. */
  readonly memo: { live: number };
};

/**
 * Opens the database, ready to be worked on by any part of the storage. Fails with a fault that a person can be told. `begin` decides
 * what becomes of an empty one.
 */
export async function openDatabase(
  options: StorageOptions,
  begin: (database: Database) => Promise<Result<void, StorageFault>>,
): Promise<Result<OpenDatabase, StorageFault>> {
  const indexedDb = options.indexedDb ?? browserIndexedDb();
  if (indexedDb === null) return err({ tag: 'storage-unavailable' });
  const database = new Database(options.name, indexedDb, options.sealing);
  const opened = await database.open();
  if (!opened.ok) return opened;
  const begun = await beginIfEmpty(database, begin);
  if (!begun.ok) {
    database.close();
    return begun;
  }
  database.expectFilled();
  return ok({
    database,
    clock: new DeviceClock(options.clock),
    random: options.random,
    crypto: options.crypto ?? globalThis.crypto,
    memo: { live: 1 },
  });
}

/** Looks before it writes: at every opening but the first there is nothing to write, and a strict transaction costs. */
async function beginIfEmpty(
  database: Database,
  begin: (database: Database) => Promise<Result<void, StorageFault>>,
): Promise<Result<void, StorageFault>> {
  const known = await database.read(['own'], (tables) => tables.own.count());
  if (!known.ok) return known;
  return known.value > 0 ? ok(undefined) : begin(database);
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
