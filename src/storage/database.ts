import { Dexie, liveQuery, type DBCore, type Table } from 'dexie';
import type { Live } from '../domain/ports/live.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type {
  AsideRow,
  BundleRow,
  EntryKey,
  KeyRow,
  OutboxRow,
  OwnRow,
  ReplicaRow,
  SettingRow,
  StoredRecord,
} from './rows.ts';
import { asGiven, type Sealing } from './sealing.ts';
import { faultOf, StorageFailure } from './storage-failure.ts';

export type Tables = {
  readonly own: Table<OwnRow, string>;
  readonly keys: Table<KeyRow, string>;
  readonly settings: Table<SettingRow, string>;
  readonly outbox: Table<OutboxRow, EntryKey>;
  readonly replicas: Table<ReplicaRow, number>;
  readonly records: Table<StoredRecord, readonly [number, string, string]>;
  readonly aside: Table<AsideRow, string>;
  readonly bundles: Table<BundleRow, string>;
};
export type TableName = keyof Tables;

/** The browser's IndexedDB, or a stand-in for it under test. */
export type IndexedDb = { readonly indexedDB: IDBFactory; readonly IDBKeyRange: typeof IDBKeyRange };

const reopenings = 3;
const blockedMs = 3_000;

/**
 * One IndexedDB database through two Dexie instances, because durability is chosen per instance: strict for what a person
 * wrote, relaxed for what a server can send again. Guarantees of `read` and `write`: all of `work` in one transaction, or none
 * of it; a dropped connection is reopened at most three times and `work` run again (so it must be safe to repeat after a
 * commit whose word was lost); an expected failure is a `StorageFault`, anything else is a bug and throws.
 */
export class Database {
  readonly name: string;
  readonly sealing: Sealing;
  private readonly strict: Dexie & Tables;
  private readonly indexedDb: IndexedDb;
  private relaxed: (Dexie & Tables) | null = null;
  private readonly faultListeners = new Set<(fault: StorageFault) => void>();
  private readonly cores = new WeakSet<DBCore>();
  private ended: StorageFault | null = null;
  private filled = false;

  constructor(name: string, indexedDb: IndexedDb, sealing: Sealing = asGiven) {
    this.name = name;
    this.sealing = sealing;
    this.indexedDb = indexedDb;
    this.strict = this.connection('strict');
  }

  /** Opens, creating or upgrading as needed; waits a moment for another tab that holds an older version. */
  async open(): Promise<Result<void, StorageFault>> {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const blocked = new Promise<never>((_, reject) => {
      this.strict.on('blocked', () => {
        waiting ??= setTimeout(() => reject(new StorageFailure({ tag: 'storage-blocked' })), blockedMs);
      });
    });
    try {
      await Promise.race([this.strict.open(), blocked]);
      return ok(undefined);
    } catch (error) {
      this.close();
      return err(openingFault(error));
    } finally {
      clearTimeout(waiting);
    }
  }

  /** From now on an empty database is a loss, not a beginning: eviction must never look like an empty plan. */
  expectFilled(): void {
    this.filled = true;
  }

  read<T>(tables: readonly TableName[], work: (tables: Tables) => Promise<T>): Promise<Result<T, StorageFault>> {
    return this.transact(this.strict, 'r', tables, work);
  }

  /** Strictly durable: when it resolves, the browser has flushed to disk. */
  writeStrict<T>(tables: readonly TableName[], work: (tables: Tables) => Promise<T>): Promise<Result<T, StorageFault>> {
    return this.transact(this.strict, 'rw', tables, work);
  }

  /** Survives the end of the browser, not always that of the machine; for what a server sends again. */
  writeRelaxed<T>(
    tables: readonly TableName[],
    work: (tables: Tables) => Promise<T>,
  ): Promise<Result<T, StorageFault>> {
    // A second connection costs the first screen of a slow phone a tenth of a second, and only what a server sent needs it.
    this.relaxed ??= this.connection('relaxed');
    return this.transact(this.relaxed, 'rw', tables, work);
  }

  /** Work on an open connection, with the guarantees of `read` and `write` for whatever it does in one transaction. */
  connected<T>(work: (dexie: Dexie) => Promise<T>): Promise<Result<T, StorageFault>> {
    return this.attempt(this.strict, async (dexie) => {
      if (!dexie.isOpen()) await dexie.open();
      return work(dexie);
    });
  }

  /** A read that is repeated after each commit, of any tab, that touched what it read. */
  live<T>(tables: readonly TableName[], work: (tables: Tables) => Promise<T>): Live<T> {
    return {
      subscribe: (onValue, onFault) => {
        let ended = false;
        const end = (fault: StorageFault): void => {
          if (ended) return;
          stop();
          onFault(fault);
        };
        // Errors as values: Dexie keeps some of them (a closed database) to itself, and the subscriber would wait for ever.
        const query = liveQuery(async (): Promise<Result<T, unknown>> => {
          try {
            return ok(await this.strict.transaction('r', [...tables], async () => await work(this.strict)));
          } catch (error) {
            return err(error);
          }
        });
        const follow = (onError: (error: unknown) => void) =>
          query.subscribe({ next: (read) => (read.ok ? onValue(read.value) : onError(read.error)), error: onError });
        let subscription = follow((error) => void this.recover(error, resume, end));
        const stop = (): void => {
          ended = true;
          this.faultListeners.delete(end);
          subscription.unsubscribe();
        };
        const resume = (): void => {
          if (ended) return;
          subscription.unsubscribe();
          subscription = follow((error) => end(this.sinceOpened(faultOr(error))));
        };
        this.faultListeners.add(end);
        return stop;
      },
    };
  }

  /** Hears of a fault that ends the whole database, such as another tab's upgrade. */
  onEnd(listener: (fault: StorageFault) => void): () => void {
    this.faultListeners.add(listener);
    return () => this.faultListeners.delete(listener);
  }

  close(): void {
    this.ended ??= { tag: 'storage-lost' };
    this.strict.close();
    this.relaxed?.close();
  }

  private transact<T>(
    dexie: Dexie & Tables,
    mode: 'r' | 'rw',
    tables: readonly TableName[],
    work: (tables: Tables) => Promise<T>,
  ): Promise<Result<T, StorageFault>> {
    // Dexie keeps a transaction open across native awaits only where it can see that the function is async.
    return this.attempt(dexie, () => dexie.transaction(mode, [...tables], async () => await work(dexie)));
  }

  private async attempt<T>(dexie: Dexie, work: (dexie: Dexie) => PromiseLike<T>): Promise<Result<T, StorageFault>> {
    for (let reopened = 0; ; reopened += 1) {
      if (this.ended !== null) return err(this.ended);
      try {
        return ok(await work(dexie));
      } catch (error) {
        const fault = this.ended ?? this.sinceOpened(faultOf(error));
        if (fault === null) throw error;
        if (fault.tag !== 'storage-lost' || reopened === reopenings) return err(fault);
        dexie.close({ disableAutoOpen: false });
      }
    }
  }

  /** A live read met a dropped connection: reading once through `attempt` reopens it, or tells that it can't be. */
  private async recover(error: unknown, resume: () => void, end: (fault: StorageFault) => void): Promise<void> {
    const fault = this.sinceOpened(faultOr(error));
    if (fault.tag !== 'storage-lost') return end(fault);
    const again = await this.read(['own'], (tables) => tables.own.count());
    if (again.ok) resume();
    else end(again.error);
  }

  /** What could be opened before is not missing in this browser: its connection was lost. */
  private sinceOpened<F extends StorageFault | null>(fault: F): F | { readonly tag: 'storage-lost' } {
    return this.filled && fault?.tag === 'storage-unavailable' ? { tag: 'storage-lost' } : fault;
  }

  private connection(durability: 'strict' | 'relaxed'): Dexie & Tables {
    // Dexie's own result cache stays off: the record feed keeps rows current by itself and must see the disk, not a guess.
    const dexie = new Dexie(this.name, {
      chromeTransactionDurability: durability,
      cache: 'disabled',
      ...guarded(this.indexedDb),
    }) as Dexie & Tables;
    this.sealing.prepare(dexie);
    dexie.on('ready', (opened) => this.inspect(opened), true);
    dexie.on('versionchange', (event) => {
      // An opening that was given up while it was blocked may have succeeded since: nothing else would close it.
      dexie.close();
      // False keeps Dexie from reopening what a newer app is about to upgrade.
      this.end({ tag: event.newVersion === null || event.newVersion === 0 ? 'storage-evicted' : 'storage-newer' });
      return false;
    });
    return dexie;
  }

  private async probe(): Promise<void> {
    const there = await this.read(['own'], (tables) => tables.own.count());
    if (!there.ok) for (const listener of [...this.faultListeners]) listener(there.error);
  }

  /**
   * Runs at each opening, reopenings included. A connection that dropped while Dexie looked at its tables is opened without what
   * every transaction goes through (`core`), or with that of the connection before: it would never work.
   */
  private async inspect(opened: Dexie): Promise<void> {
    const { core } = opened as { readonly core: DBCore | undefined };
    if (core === undefined || this.cores.has(core)) throw new StorageFailure({ tag: 'storage-lost' });
    this.cores.add(core);
    const native = opened.backendDB();
    // The browser's own event, never that of our closing: whether the database is still there is told at once, not at the next press.
    native.addEventListener('close', () => void this.probe());
    if (this.filled && (await countOwn(native)) === 0) throw new StorageFailure({ tag: 'storage-evicted' });
  }

  private end(fault: StorageFault): void {
    if (this.ended !== null) return;
    this.ended = fault;
    this.close();
    for (const listener of [...this.faultListeners]) listener(fault);
  }
}

/**
 * Dexie answers a VersionError by opening whatever version is there, and adds to a newer database what it misses in it. Older
 * code must leave that alone, so an opening without a version is refused.
 */
function guarded({ indexedDB, IDBKeyRange }: IndexedDb): IndexedDb {
  const open: IDBFactory['open'] = (name, version) => {
    if (version === undefined) throw new DOMException('a newer app wrote this database', 'VersionError');
    return indexedDB.open(name, version);
  };
  const rest: Omit<IDBFactory, 'open'> = {
    deleteDatabase: (name) => indexedDB.deleteDatabase(name),
    databases: () => indexedDB.databases(),
    cmp: (a, b) => indexedDB.cmp(a, b),
  };
  return { indexedDB: { ...rest, open }, IDBKeyRange };
}

/**
 * Not through Dexie: if the connection drops while it is being opened, Dexie would wait for an opening that waits for this, and
 * nothing could be read or written any more until the page is loaded again.
 */
function countOwn(connection: IDBDatabase): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = connection.transaction('own', 'readonly').objectStore('own').count();
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new DOMException('not counted', 'UnknownError'));
  });
}

/** While opening, every unnamed failure means that this browser has no usable IndexedDB (private mode, Lockdown Mode). */
function openingFault(error: unknown): StorageFault {
  const fault = faultOf(error);
  return fault === null || fault.tag === 'storage-lost' ? { tag: 'storage-unavailable' } : fault;
}

function faultOr(error: unknown): StorageFault {
  const fault = faultOf(error);
  if (fault === null) throw error;
  return fault;
}
