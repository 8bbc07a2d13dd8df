import type { Statement as Prepared } from 'better-sqlite3';
import { sqliteDialect } from './dialect.ts';
import type { Engine, Transaction } from './engine.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import type { Statement, Work } from './work.ts';
import { WriteQueue } from './write-queue.ts';

/** Runs work on the embedded database, which answers every statement at once. */
export class SqliteEngine implements Engine {
  readonly dialect = sqliteDialect;
  private readonly db: SqliteDatabase;
  private readonly queue: WriteQueue;
  private readonly prepared = new Map<string, Prepared<unknown[], object>>();

  constructor(db: SqliteDatabase) {
    this.db = db;
    this.queue = new WriteQueue(db);
  }

  async read<T>(run: (within: Transaction) => Work<T>): Promise<T> {
    return this.db.transaction(() => this.settle(run({ committed: null }))).deferred();
  }

  /** The file has one writer: everybody's turn is the same. */
  write<T>(_turn: string, run: (within: Transaction) => Work<T>): Promise<T> {
    return this.queue.write((within) => this.settle(run(within)));
  }

  /** The write-ahead log still holds what was erased until it is emptied. */
  async forgetErased(): Promise<void> {
    this.db.pragma('wal_checkpoint(TRUNCATE)');
  }

  /**
   * Takes the write lock and writes a page, so a full disk and a read-only one are noticed. A row set to what it is would not do: SQLite
   * sees that nothing changes and writes nothing.
   */
  tryToWrite(): Promise<void> {
    return this.queue.write(() => {
      this.db.pragma(`user_version = ${String(this.db.pragma('user_version', { simple: true }))}`);
    });
  }

  async close(): Promise<void> {
    await this.queue.drained();
    this.db.close();
  }

  /** Where nobody else uses the database yet. */
  runNow<T>(work: Work<T>): T {
    return this.db.transaction(() => this.settle(work)).immediate();
  }

  /** Where a transaction of this connection is under way. */
  runWithin<T>(work: Work<T>): T {
    return this.settle(work);
  }

  private settle<T>(work: Work<T>): T {
    let step = work.next([]);
    while (step.done !== true) step = work.next(this.execute(step.value));
    return step.value;
  }

  private execute({ sql, values, each }: Statement): readonly object[] {
    const prepared = this.prepare(sql);
    if (each === undefined && prepared.reader) return prepared.all(values);
    // one list, handed over as it is: spreading it costs as much as hashing an entry
    for (const row of each ?? [values]) prepared.run(row);
    return [];
  }

  private prepare(sql: string): Prepared<unknown[], object> {
    const known = this.prepared.get(sql);
    if (known !== undefined) return known;
    const made = this.db.prepare<unknown[], object>(sql);
    this.prepared.set(sql, made);
    return made;
  }
}
