import pg from 'pg';
import { origins } from './migrations/0002-origins.ts';
import { postgresInvites } from './migrations/0003-invites.ts';
import { approvals } from './migrations/0004-approvals.ts';
import { quarantineOrder } from './migrations/0005-quarantine-order.ts';
import { quarantineMost } from './migrations/0006-quarantine-most.ts';
import { postgresReminders } from './migrations/0007-reminders.ts';
import { postgresPushSubscriptions } from './migrations/0008-push-subscriptions.ts';
import { postgresTables } from './migrations/postgres-0001-journal.ts';

/** In order; `holdfast_schema` counts those that a database has been through. Only ever appended to. */
const migrations: readonly string[] = [
  postgresTables,
  origins,
  postgresInvites,
  approvals,
  quarantineOrder,
  quarantineMost,
  postgresReminders,
  postgresPushSubscriptions,
];

/** Names the lock under which one node after another looks whether the tables are there. */
const migrationLock = 4_867_553_271;

/** Enough for every core of a server; more only queues inside the database. */
const connections = 16;

/** `bigint` is text to the driver; ours are counters and times, far below 2^53. */
const bigint = 20;

/**
 * Without the timeouts a node that is cut off, not ended, would hold a workspace's row until the network notices. Bitmaps: every statement
 * here looks up a few rows by an index. Of a table that grew since the database last looked at it, it expects so few that it would read
 * all that lies behind a cursor for each page, and sort it.
 */
const settings = `SET idle_in_transaction_session_timeout = '15s'; SET statement_timeout = '60s'; SET lock_timeout = '30s'; SET enable_bitmapscan = off`;

export function connectionTo(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'holdfast',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === bigint ? Number : (pg.types.getTypeParser(type, format) as unknown),
    },
  };
}

/**
 * Opens the database and brings it to today's form; several nodes may do so at once. Rejects where it can't be reached, was
 * written by a newer server, or does not keep what it says is committed.
 */
export async function openPostgres(url: string): Promise<pg.Pool> {
  const pool = new pg.Pool({
    ...connectionTo(url),
    max: connections,
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, which its types don't say
    onConnect: async (client) => void (await client.query(settings)),
  });
  // A connection that ends is replaced, and what it was used for fails by itself; without a listener, the pool's for those that
  // are idle and the connection's own between two statements of a transaction, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await refuseForgetful(pool);
    await migrate(pool);
    return pool;
  } catch (reason) {
    await pool.end();
    throw reason;
  }
}

/** What a phone was told is kept must outlive a power cut (reliability.md, 12). */
async function refuseForgetful(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ fsync: string | null; commit: string | null }>(
    `SELECT current_setting('fsync', true) AS fsync, current_setting('synchronous_commit', true) AS commit`,
  );
  const [row] = rows;
  if (row?.fsync === 'off' || row?.commit === 'off')
    throw new Error('fsync or synchronous_commit is off there, so it may lose what it says is kept');
}

async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    await client.query('CREATE TABLE IF NOT EXISTS holdfast_schema (version INTEGER NOT NULL)');
    const { rows } = await client.query<{ version: number }>('SELECT version FROM holdfast_schema');
    const done = rows[0]?.version ?? 0;
    if (done > migrations.length) throw new Error('it was written by a newer server');
    for (const migration of migrations.slice(done)) await client.query(migration);
    await client.query('DELETE FROM holdfast_schema');
    await client.query('INSERT INTO holdfast_schema VALUES ($1)', [migrations.length]);
    await client.query('COMMIT');
  } catch (reason) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw reason;
  } finally {
    client.release();
  }
}
