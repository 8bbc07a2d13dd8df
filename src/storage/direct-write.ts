import { Dexie, RangeSet, type ObservabilitySet } from 'dexie';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { Result } from '../domain/result.ts';
import type { Database } from './database.ts';
import type { OutboxRow, OwnRow, RecordName, StoredRecord } from './rows.ts';
import type { Sealing } from './sealing.ts';

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
    const transaction = dexie.backendDB().transaction(names, 'readwrite', { durability: 'strict' });
    const result = await runIn(transaction, () => work(tablesOf(transaction, database.sealing)));
    Dexie.on.storagemutated.fire(everything(dexie));
    return result;
  });
}

async function runIn<T>(transaction: IDBTransaction, work: () => Promise<T>): Promise<T> {
  const committed = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
  });
  try {
    const [result] = await Promise.all([work(), committed]);
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

function tablesOf(transaction: IDBTransaction, { open, seal }: Sealing): WriteTables {
  const [own, outbox, records] = names.map((name) => transaction.objectStore(name)) as [
    IDBObjectStore,
    IDBObjectStore,
    IDBObjectStore,
  ];
  const opened = <T>({ name }: IDBObjectStore, rows: readonly T[]) => rows.map((row) => open(name, row));
  // Whether they could be put is told by the end of the transaction.
  const putAll = async (store: IDBObjectStore, rows: readonly object[]) => {
    for (const row of rows) store.put(seal(store.name, row));
  };
  const entries = async (index: string, keys: readonly IDBValidKey[]) =>
    opened(
      outbox,
      (await Promise.all(keys.map((key) => answer(outbox.index(index).getAll(key) as IDBRequest<OutboxRow[]>)))).flat(),
    );
  return {
    own: {
      toArray: async () => opened(own, await answer(own.getAll() as IDBRequest<OwnRow[]>)),
      bulkPut: (rows) => putAll(own, rows),
    },
    outbox: { bulkPut: (rows) => putAll(outbox, rows) },
    entriesOver: (over) =>
      entries(
        '[over+kind+key]',
        over.map((name) => [1, ...name]),
      ),
    entriesOf: (ids) => entries('id', ids),
    stored: async (replica, of) =>
      opened(
        records,
        await Promise.all(
          of.map((name) => answer(records.get([replica, ...name]) as IDBRequest<StoredRecord | undefined>)),
        ),
      ),
  };
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
