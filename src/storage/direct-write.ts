import { Dexie, RangeSet, type ObservabilitySet } from 'dexie';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { Result } from '../domain/result.ts';
import type { Database } from './database.ts';
import type { OutboxRow, OwnRow, RecordName, StoredRecord } from './rows.ts';

/** What the transaction of a person's changes reads and writes. All of one kind at once: each way to the disk and back is waited for. */
export type WriteTables = {
  readonly own: { toArray(): Promise<OwnRow[]>; bulkPut(rows: readonly OwnRow[]): Promise<void> };
  readonly outbox: { bulkPut(rows: readonly OutboxRow[]): Promise<void> };
  entriesOver(names: readonly RecordName[]): Promise<readonly OutboxRow[]>;
  entriesOf(ids: readonly string[]): Promise<readonly OutboxRow[]>;
  stored(replica: number, names: readonly RecordName[]): Promise<readonly (StoredRecord | undefined)[]>;
};

const names = ['own', 'outbox', 'records'];
const written = ['own', 'outbox'];

/**
 * `Database.writeStrict` without Dexie's layers, which take as long as the disk: for the one write that a person waits for. Every
 * watcher of any tab hears of it as it hears of Dexie's own. `work` may wait for nothing but these tables.
 */
export function writeDirect<T>(
  database: Database,
  work: (tables: WriteTables) => Promise<T>,
): Promise<Result<T, StorageFault>> {
  return database.connected(async (dexie) => {
    const result = await runIn(dexie.backendDB().transaction(names, 'readwrite', { durability: 'strict' }), work);
    Dexie.on.storagemutated.fire(everything(dexie));
    return result;
  });
}

async function runIn<T>(transaction: IDBTransaction, work: (tables: WriteTables) => Promise<T>): Promise<T> {
  const committed = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
  });
  try {
    const [result] = await Promise.all([work(tablesOf(transaction)), committed]);
    return result;
  } catch (error) {
    abort(transaction);
    throw error;
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // it has ended by itself
  }
}

function tablesOf(transaction: IDBTransaction): WriteTables {
  const [own, outbox, records] = names.map((name) => transaction.objectStore(name)) as [
    IDBObjectStore,
    IDBObjectStore,
    IDBObjectStore,
  ];
  const entries = async (index: string, keys: readonly IDBValidKey[]) =>
    (await Promise.all(keys.map((key) => answer(outbox.index(index).getAll(key) as IDBRequest<OutboxRow[]>)))).flat();
  return {
    own: { toArray: () => answer(own.getAll()), bulkPut: (rows) => putAll(own, rows) },
    outbox: { bulkPut: (rows) => putAll(outbox, rows) },
    entriesOver: (over) =>
      entries(
        '[over+kind+key]',
        over.map((name) => [1, ...name]),
      ),
    entriesOf: (ids) => entries('id', ids),
    stored: (replica, of) =>
      Promise.all(of.map((name) => answer(records.get([replica, ...name]) as IDBRequest<StoredRecord | undefined>))),
  };
}

/** Whether they could be put is told by the end of the transaction. */
async function putAll(store: IDBObjectStore, rows: readonly unknown[]): Promise<void> {
  for (const row of rows) store.put(row);
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('not answered', 'UnknownError'));
  });
}

/** Any row of the tables that were written: what a watcher reads again is little, and exact ranges would be Dexie's work over again. */
function everything(dexie: Dexie): ObservabilitySet {
  const parts = dexie.tables
    .filter(({ name }) => written.includes(name))
    .flatMap(({ name, schema }) =>
      ['', ...schema.indexes.map((index) => index.name)].map((index) => `${name}/${index}`),
    );
  return Object.fromEntries(parts.map((part) => [`idb://${dexie.name}/${part}`, new RangeSet(-Infinity, [[]])]));
}
