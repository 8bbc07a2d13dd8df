import { createHash, type Hash } from 'node:crypto';
import type pg from 'pg';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { postgresDialect, sqliteDialect } from './dialect.ts';
import { Histories } from './history.ts';
import { settle } from './postgres-statements.ts';
import type { WorkspaceRow } from './rows.ts';
import { openSqlite, type SqliteDatabase } from './sqlite-database.ts';
import { SqliteEngine } from './sqlite-engine.ts';
import { statementForEach, type SqlValue } from './work.ts';

/** Everything that a server keeps, by what orders it. `workspaces` first: others refer to it. */
const tables = [
  ['workspaces', 'ws', ['ws']],
  ['devices', 'id', ['id']],
  ['codes', 'hash', ['hash']],
  ['changes', 'ws, seq', ['ws', 'seq']],
  ['records', 'ws, seq', ['ws', 'seq']],
  ['refused', 'entry', ['entry']],
  ['attempts', 'name', ['name']],
  ['push_subscriptions', 'device', ['device']],
  ['reminders', 'ws, request, person, way', ['ws', 'request', 'person', 'way']],
] as const;

const portionRows = 500;

type Row = Readonly<Record<string, SqlValue>>;

export type Moved = { readonly workspaces: number; readonly changes: number };

/**
 * Copies all that the embedded database holds, history and epochs included, into an empty PostgreSQL database, and commits only
 * after both were read again and found equal, row by row, and every hash chain there verifies. Nobody may use the file meanwhile.
 */
export async function moveToPostgres(file: string, pool: pg.Pool): Promise<Result<Moved, string>> {
  const db = openSqlite(file);
  try {
    const fault = holdAlone(db) ?? faultOfSource(db);
    if (fault !== null) return err(fault);
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const refused = (await faultOfTarget(client)) ?? (await copyAll(db, client)) ?? (await difference(db, client));
      await client.query(refused === null ? 'COMMIT' : 'ROLLBACK');
      return refused === null ? ok(counts(db)) : err(refused);
    } catch (reason) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw reason;
    } finally {
      client.release();
    }
  } finally {
    db.close();
  }
}

/** A server that still runs would go on writing into the file that was left. */
function holdAlone(db: SqliteDatabase): string | null {
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
    return null;
  } catch {
    return 'a server still uses the database: stop it first';
  }
}

function faultOfSource(db: SqliteDatabase): string | null {
  const histories = new Histories(sqliteDialect);
  const engine = new SqliteEngine(db);
  const broken = workspacesOf(db).find((workspace) => !engine.runWithin(histories.verify(workspace)).ok);
  return broken === undefined ? null : `the journal of "${broken.name}" was changed from outside: see "verify"`;
}

async function faultOfTarget(client: pg.ClientBase): Promise<string | null> {
  // nobody else comes in between
  await client.query('LOCK TABLE workspaces IN ACCESS EXCLUSIVE MODE');
  const { rows } = await client.query('SELECT 1 FROM workspaces LIMIT 1');
  return rows.length === 0 ? null : 'there is something in the PostgreSQL database already: name an empty one';
}

async function copyAll(db: SqliteDatabase, client: pg.ClientBase): Promise<null> {
  for (const [table, order] of tables) {
    const columns = columnsOf(db, table);
    const insert = statementForEach(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    for (const portion of portions(db, table, order)) {
      const rows = portion.map((row) => columns.map((column) => row[column] ?? null));
      await settle(client, insert(rows));
    }
  }
  for (const [table, column] of [
    ['workspaces', 'ws'],
    ['refused', 'entry'],
  ])
    await client.query(
      `SELECT setval(pg_get_serial_sequence('${table}', '${column}'), coalesce((SELECT max(${column}) FROM ${table}), 0) + 1, false)`,
    );
  return null;
}

/** Null where both databases say the same. */
async function difference(db: SqliteDatabase, client: pg.ClientBase): Promise<string | null> {
  for (const [table, order, key] of tables) {
    const columns = columnsOf(db, table);
    const here = createHash('sha256');
    let rows = 0;
    for (const portion of portions(db, table, order)) {
      rows += portion.length;
      for (const row of portion) add(here, columns, row);
    }
    const there = await hashThere(client, table, columns, key);
    if (there.rows !== rows)
      return `${table} has ${String(rows)} rows here and ${String(there.rows)} there: nothing was moved`;
    if (there.hash !== here.digest('hex')) return `${table} does not read the same there: nothing was moved`;
  }
  const histories = new Histories(postgresDialect);
  for (const workspace of workspacesOf(db)) {
    const verified = await settle(client, histories.verify(workspace));
    if (!verified.ok) return `the hash chain of "${workspace.name}" does not verify there: nothing was moved`;
  }
  return null;
}

async function hashThere(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  key: readonly string[],
): Promise<{ readonly rows: number; readonly hash: string }> {
  const hash = createHash('sha256');
  const order = key.join(', ');
  await client.query(`DECLARE reading CURSOR FOR SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${order}`);
  let count = 0;
  for (;;) {
    const { rows } = await client.query<Record<string, SqlValue>>(`FETCH ${String(portionRows)} FROM reading`);
    if (rows.length === 0) break;
    count += rows.length;
    for (const row of rows) add(hash, columns, row);
  }
  await client.query('CLOSE reading');
  return { rows: count, hash: hash.digest('hex') };
}

function add(hash: Hash, columns: readonly string[], row: Row): void {
  hash.update(`${JSON.stringify(columns.map((column) => storable(row[column] ?? null)))}\n`);
}

/** PostgreSQL keeps no NUL in a text (postgres-statements.ts). */
function storable(value: SqlValue): SqlValue {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}

function* portions(db: SqliteDatabase, table: string, order: string): Generator<readonly Row[]> {
  let portion: Row[] = [];
  for (const row of db.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ${order}`).iterate()) {
    portion.push(row);
    if (portion.length < portionRows) continue;
    yield portion;
    portion = [];
  }
  yield portion;
}

function columnsOf(db: SqliteDatabase, table: string): readonly string[] {
  return db
    .prepare<[], { name: string }>(`PRAGMA table_info(${table})`)
    .all()
    .map(({ name }) => name);
}

function workspacesOf(db: SqliteDatabase): readonly WorkspaceRow[] {
  return db.prepare<[], WorkspaceRow>('SELECT * FROM workspaces ORDER BY ws').all();
}

function counts(db: SqliteDatabase): Moved {
  const count = (table: string) => db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  return { workspaces: count('workspaces'), changes: count('changes') };
}
