import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { openPostgres } from '../../sync-server/journal/postgres-database.ts';
import { openPostgresJournal } from '../../sync-server/journal/postgres-journal.ts';
import { RevocationsFile } from '../../sync-server/journal/revocations-file.ts';

/** An empty database of its own, by its address. */
export async function newDatabase(): Promise<string> {
  const name = `holdfast_${randomBytes(6).toString('hex')}`;
  await runSql(inject('postgres'), `CREATE DATABASE ${name}`);
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
