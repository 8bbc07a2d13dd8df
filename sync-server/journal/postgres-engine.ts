import type pg from 'pg';
import { postgresDialect } from './dialect.ts';
import type { Engine, Transaction } from './engine.ts';
import { settle } from './postgres-statements.ts';
import { isOutage, isRepeatable, patiently, uncertain } from './postgres-trouble.ts';
import type { Work } from './work.ts';

type Job = {
  readonly run: (within: Transaction) => Work<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
};

type Settled = { readonly job: Job; readonly value: unknown } | { readonly job: Job; readonly reason: unknown };

/** How many that wait for the same workspace share a transaction: one wait for the disk for all of them. */
const mostTogether = 32;

/** Runs work in transactions of a PostgreSQL database that several nodes share. */
export class PostgresEngine implements Engine {
  readonly dialect = postgresDialect;
  private readonly pool: pg.Pool;
  private readonly waiting = new Map<string, Job[]>();
  private readonly running = new Set<Promise<void>>();

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  read<T>(run: (within: Transaction) => Work<T>): Promise<T> {
    return patiently(() =>
      this.connected(async (client) => {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        const value = await settle(client, run({ committed: null }));
        await client.query('COMMIT');
        return value;
      }),
    );
  }

  write<T>(turn: string, run: (within: Transaction) => Work<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const job: Job = { run, resolve, reject };
      const waiting = this.waiting.get(turn);
      if (waiting !== undefined) {
        waiting.push(job);
        return;
      }
      this.waiting.set(turn, [job]);
      const taking = this.takeTurns(turn);
      this.running.add(taking);
      void taking.finally(() => this.running.delete(taking));
    });
  }

  /** The rows are gone at once; their place in the files is reused by the database, and its backups have an end (docs/operations.md). */
  async forgetErased(): Promise<void> {}

  async tryToWrite(): Promise<void> {
    await this.pool.query(
      `INSERT INTO secrets (name, secret) VALUES ('health', '') ON CONFLICT (name) DO UPDATE SET secret = excluded.secret`,
    );
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.allSettled(this.running);
    await this.pool.end();
  }

  private async takeTurns(turn: string): Promise<void> {
    for (;;) {
      const jobs = this.waiting.get(turn)?.splice(0, mostTogether) ?? [];
      if (jobs.length === 0) break;
      await this.runTogether(jobs);
    }
    this.waiting.delete(turn);
  }

  /** All of it again when the database asks for that: nobody was told anything yet. */
  private async runTogether(jobs: readonly Job[]): Promise<void> {
    try {
      for (const settled of await patiently(() => this.connected((client) => transact(client, jobs)))) {
        if ('reason' in settled) settled.job.reject(settled.reason);
        else settled.job.resolve(settled.value as never);
      }
    } catch (reason) {
      for (const job of jobs) job.reject(reason);
    }
  }

  private async connected<T>(run: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken = false;
    try {
      return await run(client);
    } catch (reason) {
      broken = await client.query('ROLLBACK').then(
        () => isOutage(reason),
        () => true,
      );
      throw reason;
    } finally {
      client.release(broken);
    }
  }
}

async function transact(client: pg.ClientBase, jobs: readonly Job[]): Promise<readonly Settled[]> {
  const within: Transaction = { committed: new Map() };
  const settled: Settled[] = [];
  await client.query('BEGIN');
  for (const job of jobs)
    settled.push(jobs.length === 1 ? await alone(client, job, within) : await oneOf(client, job, within));
  await client.query('COMMIT').catch(uncertain);
  return settled;
}

async function alone(client: pg.ClientBase, job: Job, within: Transaction): Promise<Settled> {
  return { job, value: await settle(client, job.run(within)) };
}

/** Work that throws takes back what it did, and leaves the others' alone. */
async function oneOf(client: pg.ClientBase, job: Job, within: Transaction): Promise<Settled> {
  await client.query('SAVEPOINT job');
  try {
    const settled = await alone(client, job, within);
    await client.query('RELEASE SAVEPOINT job');
    return settled;
  } catch (reason) {
    if (isRepeatable(reason)) throw reason;
    await client.query('ROLLBACK TO SAVEPOINT job');
    return { job, reason };
  }
}
