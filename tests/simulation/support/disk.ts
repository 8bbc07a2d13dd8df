import { IDBDatabase, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import type { IndexedDb } from '../../../src/storage/database.ts';

/*
 * A phone's disk, and how one page uses it: pages die in the middle of a transaction or between its commit and their hearing of it,
 * connections drop, the disk is full, the power goes. fake-indexeddb keeps the rows; what is here decides when it fails.
 */

export type Fall = {
  /** Which of the page's writing transactions from now on: 1 is the next. */
  readonly transaction: number;
  /** `before` it commits, after so many rows were put; `after` it committed, before the page hears. */
  readonly when: 'before' | 'after';
  readonly puts: number;
};

/** How one page (or worker) uses the disk. */
export class DiskUse {
  dead = false;
  /** So many of the next transactions find the connection gone. */
  broken = 0;
  /** True: the browser gives no more room. */
  full = false;
  fall: Fall | null = null;
  onFall = (): void => undefined;
  onCommit = (_durability: string): void => undefined;
  readonly #connections = new Set<IDBDatabase>();
  readonly #running = new Set<IDBTransaction>();
  #writing = 0;
  #puts = 0;

  indexedDb(disk: Disk): IndexedDb {
    const open: IDBFactory['open'] = (name, version) => {
      if (this.dead) throw new DOMException('the page is gone', 'UnknownError');
      const asked = disk.factory.open(name, version);
      asked.addEventListener('success', () => this.#opened(asked.result));
      asked.addEventListener('upgradeneeded', () => this.#opened(asked.result));
      return asked;
    };
    const factory = {
      open,
      deleteDatabase: (name: string) => disk.factory.deleteDatabase(name),
      databases: () => disk.factory.databases(),
      cmp: (a: unknown, b: unknown) => disk.factory.cmp(a, b),
    };
    return { indexedDB: factory, IDBKeyRange };
  }

  /** The page is no more: what it had not committed is undone, and nothing that it still tries has any effect. */
  die(): void {
    if (this.dead) return;
    this.dead = true;
    for (const transaction of [...this.#running]) {
      try {
        transaction.abort();
      } catch {
        // it was committing: then it is committed
      }
    }
    for (const connection of this.#connections) connection.close();
  }

  beforeTransaction(): void {
    if (this.dead) throw new DOMException('the page is gone', 'UnknownError');
    if (this.broken === 0) return;
    this.broken -= 1;
    throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
  }

  began(transaction: IDBTransaction): void {
    this.#running.add(transaction);
    transaction.addEventListener('abort', () => this.#running.delete(transaction));
    const isWriting = transaction.mode === 'readwrite';
    if (isWriting) this.#writing += 1;
    const isFatal = isWriting && this.fall?.when === 'after' && this.#writing === this.fall.transaction;
    transaction.addEventListener('complete', () => {
      this.#running.delete(transaction);
      if (this.dead || !isWriting) return;
      if (isFatal) this.#fallNow();
      this.onCommit((transaction as unknown as { readonly durability: string }).durability);
    });
  }

  beforePut(): void {
    if (this.full) throw new DOMException('no room', 'QuotaExceededError');
    if (this.fall?.when !== 'before' || this.#writing < this.fall.transaction) return;
    this.#puts += 1;
    if (this.#puts <= this.fall.puts) return;
    this.#fallNow();
    throw new DOMException('the page is gone', 'AbortError');
  }

  plan(fall: Fall): void {
    this.#writing = 0;
    this.#puts = 0;
    this.fall = fall;
  }

  #fallNow(): void {
    this.fall = null;
    this.onFall();
  }

  #opened(connection: IDBDatabase): void {
    uses.set(connection, this);
    this.#connections.add(connection);
    if (this.dead) connection.close();
  }
}

export class Disk {
  factory: IDBFactory;
  /** Its own on each phone: Dexie tells changes of a database to everybody in the process who has one of that name. */
  readonly name: string;

  constructor(name: string, factory = new IDBFactory()) {
    this.name = name;
    this.factory = factory;
  }

  /** What is committed, as long as no transaction is under way. */
  rows(table: string): readonly unknown[] {
    const store = rawDatabase(this.factory)?.rawObjectStores.get(table);
    return store === undefined ? [] : [...store.records.values()].map(({ value }) => value);
  }

  /** The disk as it is now: a system's backup of the phone, which another starts from, or what a power cut leaves. */
  copy(name = this.name): IDBFactory {
    const copy = new IDBFactory();
    const raw = rawDatabase(this.factory);
    if (raw === undefined) return copy;
    const twin = new raw.constructor(name, raw.version);
    for (const [tableName, store] of raw.rawObjectStores) {
      const table = new store.constructor(twin, tableName, store.keyPath, store.autoIncrement);
      for (const [indexName, { constructor, keyPath, multiEntry, unique }] of store.rawIndexes) {
        const index = new constructor(table, indexName, keyPath, multiEntry, unique);
        index.initialized = true;
        table.rawIndexes.set(indexName, index);
      }
      for (const { key, value } of store.records.values()) table.storeRecord({ key, value }, false);
      twin.rawObjectStores.set(tableName, table);
    }
    rawDatabases(copy).set(name, twin);
    return copy;
  }
}

/* The parts of fake-indexeddb that are read from inside: rows without a transaction, and a copy in one step. */

type RawIndex = {
  readonly constructor: new (...given: unknown[]) => RawIndex;
  readonly keyPath: unknown;
  readonly multiEntry: boolean;
  readonly unique: boolean;
  initialized: boolean;
};
type RawStore = {
  readonly constructor: new (...given: unknown[]) => RawStore;
  readonly keyPath: unknown;
  readonly autoIncrement: boolean;
  readonly rawIndexes: Map<string, RawIndex>;
  readonly records: { values(): Iterable<{ readonly key: unknown; readonly value: unknown }> };
  storeRecord(record: { key: unknown; value: unknown }, noOverwrite: boolean): void;
};
type RawDatabase = {
  readonly constructor: new (...given: unknown[]) => RawDatabase;
  readonly name: string;
  readonly version: number;
  readonly rawObjectStores: Map<string, RawStore>;
};

function rawDatabases(factory: IDBFactory): Map<string, RawDatabase> {
  return (factory as unknown as { readonly _databases: Map<string, RawDatabase> })._databases;
}

function rawDatabase(factory: IDBFactory): RawDatabase | undefined {
  return [...rawDatabases(factory).values()][0];
}

const uses = new WeakMap<object, DiskUse>();
const usesOfTransactions = new WeakMap<object, DiskUse>();

// Dexie binds `transaction` when it opens a database, so this is in place before any opening.
const begin = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (...given) {
  const use = uses.get(this);
  use?.beforeTransaction();
  const transaction = begin.apply(this, given);
  if (use !== undefined) {
    usesOfTransactions.set(transaction, use);
    use.began(transaction);
  }
  return transaction;
};

const { put, add } = IDBObjectStore.prototype;
IDBObjectStore.prototype.put = function (...given) {
  usesOfTransactions.get(this.transaction)?.beforePut();
  return put.apply(this, given);
};
IDBObjectStore.prototype.add = function (...given) {
  usesOfTransactions.get(this.transaction)?.beforePut();
  return add.apply(this, given);
};
