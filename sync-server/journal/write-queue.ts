import type { SqliteDatabase } from './sqlite-database.ts';

type Job = {
  readonly run: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
};

type Done = { readonly job: Job; readonly value: unknown };

/**
 * Runs writes one after another, those that wait together in one durable transaction (protocol.md, Commit). Guarantees: a
 * promise resolves after its transaction is on disk; a write that throws leaves nothing and does not touch the others.
 */
export class WriteQueue {
  private readonly db: SqliteDatabase;
  private readonly afterRollback: () => void;
  private waiting: Job[] = [];
  private scheduled = false;

  constructor(db: SqliteDatabase, afterRollback: () => void) {
    this.db = db;
    this.afterRollback = afterRollback;
  }

  write<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ run, resolve, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      // Requests whose bodies are read already get to wait too before the disk is made to.
      setImmediate(() => this.flush());
    });
  }

  /** Resolves once everything that waits now is committed. */
  async drained(): Promise<void> {
    while (this.waiting.length > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  private flush(): void {
    const jobs = this.waiting;
    this.waiting = [];
    this.scheduled = false;
    let done: Done[] = [];
    try {
      this.db.exec('BEGIN IMMEDIATE');
      for (const job of jobs) {
        if (!this.db.inTransaction) this.db.exec('BEGIN IMMEDIATE');
        done = this.runOne(job, done);
      }
      if (this.db.inTransaction) this.db.exec('COMMIT');
    } catch (reason) {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      this.afterRollback();
      // Rejecting what was settled already changes nothing.
      for (const job of jobs) job.reject(reason);
      return;
    }
    for (const { job, value } of done) job.resolve(value as never);
  }

  private runOne(job: Job, done: Done[]): Done[] {
    this.db.exec('SAVEPOINT job');
    try {
      const value = job.run();
      this.db.exec('RELEASE job');
      done.push({ job, value });
      return done;
    } catch (reason) {
      this.afterRollback();
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
