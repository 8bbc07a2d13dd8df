import type { Transaction } from './engine.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

type Job = {
  readonly run: (within: Transaction) => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
};

/**
 * How many share a transaction at most: replies wait for it, and thousands that become ready in one moment would have to be held in
 * memory all at once.
 */
const mostTogether = 64;

type Done = { readonly job: Job; readonly value: unknown };

/**
 * Runs writes one after another, those that wait together in one durable transaction (protocol.md, Commit). Guarantees: a
 * promise resolves after its transaction is on disk; a write that throws leaves nothing and does not touch the others.
 */
export class WriteQueue {
  private readonly db: SqliteDatabase;
  private readonly waiting: Job[] = [];
  private scheduled = false;

  constructor(db: SqliteDatabase) {
    this.db = db;
  }

  write<T>(run: (within: Transaction) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ run, resolve, reject });
      this.schedule();
    });
  }

  /** Resolves once everything that waits now is committed. */
  async drained(): Promise<void> {
    while (this.waiting.length > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Requests whose bodies are read already get to wait too before the disk is made to. */
  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }

  private flush(): void {
    const jobs = this.waiting.splice(0, mostTogether);
    this.scheduled = false;
    this.schedule();
    let done: Done[] = [];
    try {
      let within = this.begin();
      for (const job of jobs) {
        if (!this.db.inTransaction) within = this.begin();
        done = this.runOne(job, within, done);
      }
      if (this.db.inTransaction) this.db.exec('COMMIT');
    } catch (reason) {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      // Rejecting what was settled already changes nothing.
      for (const job of jobs) job.reject(reason);
      return;
    }
    for (const { job, value } of done) job.resolve(value as never);
  }

  private begin(): Transaction {
    this.db.exec('BEGIN IMMEDIATE');
    return { committed: new Map() };
  }

  private runOne(job: Job, within: Transaction, done: Done[]): Done[] {
    this.db.exec('SAVEPOINT job');
    try {
      const value = job.run(within);
      this.db.exec('RELEASE job');
      done.push({ job, value });
      return done;
    } catch (reason) {
      job.reject(reason);
      if (this.db.inTransaction) {
        this.db.exec('ROLLBACK TO job; RELEASE job');
        return done;
      }
      // A full disk makes SQLite drop the whole transaction: nobody's write may be reported as kept.
      for (const each of done) each.job.reject(reason);
      return [];
    }
  }
}
