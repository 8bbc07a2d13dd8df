import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { openPostgres } from '../../sync-server/journal/postgres-database.ts';
import { openPostgresJournal } from '../../sync-server/journal/postgres-journal.ts';
import { RevocationsFile } from '../../sync-server/journal/revocations-file.ts';

/** An empty database of its own, by its address. */
export function newDatabase(): Promise<string> {
  return createDatabase('template1');
}

/** A copy of one that nobody uses any more; whoever still seems to is cut off. */
export async function copyDatabase(of: string): Promise<string> {
  const name = new URL(of).pathname.slice(1);
  await runSql(
    inject('postgres'),
    `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  return await createDatabase(name);
}

async function createDatabase(template: string): Promise<string> {
  const name = `holdfast_${randomBytes(6).toString('hex')}`;
  await runSql(inject('postgres'), `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(inject('postgres'));
  url.pathname = `/${name}`;
  return url.href;
}

export async function runSql<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** One node's journal on this database. */
export async function openNode(url: string, revocations?: string): Promise<Journal> {
  return await openPostgresJournal({
    url,
    pool: await openPostgres(url),
    random: (length) => randomBytes(length),
    revocations: revocations === undefined ? null : new RevocationsFile(revocations),
  });
}
