import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { Millis } from '../domain/time.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { IndexedDb } from './database.ts';
import type { WrappedKey } from './seal-key.ts';
import { faultOf, StorageFailure } from './storage-failure.ts';

/** How a database is, or was, sealed: one row in a table of its own, never sealed itself. */
export type SealHeader = { readonly name: 'seal'; readonly state: 'off' } | LockedHeader;

export type LockedHeader = {
  readonly name: 'seal';
  /**
   * `chosen`: a passphrase was set and not yet given a second time; nothing is sealed. `sealing` and `unsealing`: rows may have either
   * form. `sealed`: all are.
   */
  readonly state: 'chosen' | 'sealing' | 'sealed' | 'unsealing';
  readonly key: WrappedKey;
  /** Wrong tries since it was last opened. */
  readonly misses: number;
  readonly missedAt: Millis;
};

export type SealPlace = { readonly name: string; readonly indexedDb: IndexedDb };

/** What a database is called inside, as it lies there. */
export type FoundSeal = {
  readonly header: SealHeader;
  /** Added to the versions of migrations.ts: those of an app that knows nothing of seals stay below, so it is refused. */
  readonly base: number;
};

const headerTable = 'seal';
/** Native versions from one change of the seal to the next; Dexie counts in tens. */
const step = 10_000;
const blockedMs = 3_000;

/** Null: never sealed. */
export async function readSeal(place: SealPlace): Promise<Result<FoundSeal | null, StorageFault>> {
  return onDisk(place, async (connection) => {
    const base = baseOf(connection);
    if (base === 0 || !connection.objectStoreNames.contains(headerTable)) return null;
    const asked = connection.transaction(headerTable).objectStore(headerTable).get('seal');
    const header = await answer(asked as IDBRequest<SealHeader | undefined>);
    return header === undefined ? null : { header, base };
  });
}

/** Edits the header of a locked database, if it is still the one of `base`, and gives what then stands. `off` stays as it is. */
export async function editHeader(
  place: SealPlace,
  base: number,
  edit: (header: LockedHeader) => SealHeader,
): Promise<Result<SealHeader, StorageFault>> {
  return onDisk(place, async (connection) => {
    mustBe(connection, base);
    return await editIn(connection, edit);
  });
}

/** On a connection that is already there: while it is open, nobody changes how rows are written. */
export async function editIn(connection: IDBDatabase, edit: (header: LockedHeader) => SealHeader): Promise<SealHeader> {
  const transaction = connection.transaction(headerTable, 'readwrite', { durability: 'strict' });
  let stands: SealHeader = { name: 'seal', state: 'off' };
  editHeaderOf(transaction, (header) => (stands = header.state === 'off' ? header : edit(header)));
  await committed(transaction);
  return stands;
}

/** In a transaction that reaches the header; one that was never written reads as `off`. */
export function editHeaderOf(transaction: IDBTransaction, edit: (header: SealHeader) => SealHeader): void {
  const store = transaction.objectStore(headerTable);
  const asked = store.get('seal') as IDBRequest<SealHeader | undefined>;
  asked.onsuccess = () => store.put(edit(asked.result ?? { name: 'seal', state: 'off' }));
}

/** Another change of the seal may have come in between: rows in the form of `base` would then be lost. */
export function mustBe(connection: IDBDatabase, base: number): void {
  if (baseOf(connection) !== base) throw new StorageFailure({ tag: 'storage-lost' });
}

function baseOf({ version }: IDBDatabase): number {
  return Math.floor(version / step) * (step / 10);
}

/**
 * Changes how rows are written from now on: raises the version of the database, in the transaction in which `work` runs. The browser
 * lets that happen only when every other tab and worker has let go of it, so none of them ever writes in the form of before.
 */
export async function changeSeal(
  place: SealPlace,
  work: (transaction: IDBTransaction) => void,
): Promise<Result<void, StorageFault>> {
  const before = await onDisk(place, async ({ version }) => version);
  if (!before.ok) return before;
  // in whole tens, as Dexie asks for it: what it adds by itself where it misses something would keep it out
  const next = Math.floor(before.value / 10) * 10 + step;
  const opening = place.indexedDb.indexedDB.open(place.name, next);
  let givenUp = false;
  let done = false;
  opening.onupgradeneeded = () => {
    const { result: connection, transaction } = opening;
    if (transaction === null) return;
    if (givenUp) return transaction.abort();
    if (!connection.objectStoreNames.contains(headerTable))
      connection.createObjectStore(headerTable, { keyPath: 'name' });
    work(transaction);
    done = true;
  };
  const blocked = new Promise<never>((_, reject) => {
    opening.onblocked = () =>
      setTimeout(() => {
        // let through in the last moment
        if (done) return;
        givenUp = true;
        reject(new StorageFailure({ tag: 'storage-blocked' }));
      }, blockedMs);
  });
  return tried(async () => {
    (await Promise.race([answer(opening), blocked])).close();
    // another tab raised it to the same version in the same moment
    if (!done) throw new StorageFailure({ tag: 'storage-blocked' });
  });
}

/** Works on a connection of its own, as the database is; one that is not there is not made. */
export async function onDisk<T>(
  { name, indexedDb: { indexedDB } }: SealPlace,
  work: (connection: IDBDatabase) => Promise<T>,
): Promise<Result<T, StorageFault>> {
  return tried(async () => {
    const opening = indexedDB.open(name);
    opening.onupgradeneeded = () => opening.transaction?.abort();
    const connection = await answer(opening);
    connection.onversionchange = () => connection.close();
    try {
      return await work(connection);
    } finally {
      connection.close();
    }
  });
}

/** All tables but the header's. */
export function rowTables(names: DOMStringList): readonly string[] {
  return [...names].filter((name) => name !== headerTable);
}

/** Those that are empty on a device that is nobody's. */
export function personalTables(names: DOMStringList): readonly string[] {
  return rowTables(names).filter((name) => name !== 'own' && name !== 'replicas');
}

export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
  });
}

export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('not answered', 'UnknownError'));
  });
}

async function tried<T>(work: () => Promise<T>): Promise<Result<T, StorageFault>> {
  try {
    return ok(await work());
  } catch (error) {
    const fault = faultOf(error);
    if (fault === null) throw error;
    return err(fault);
  }
}
