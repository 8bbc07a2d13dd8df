import type pg from 'pg';
import type { SqlValue, Statement, Work } from './work.ts';

/** Runs work on a connection, one statement after another. */
export async function settle<T>(client: pg.ClientBase, work: Work<T>): Promise<T> {
  let step = work.next([]);
  while (step.done !== true) step = work.next(await execute(client, step.value));
  return step.value;
}

async function execute(client: pg.ClientBase, { sql, values, each }: Statement): Promise<readonly object[]> {
  if (each === undefined) return (await client.query<object>(numbered(sql), values.map(storable))).rows;
  if (each.length > 0) await client.query(fromList(sql, each), [listed(each)]);
  return [];
}

/** A text can't hold NUL here, and nothing that is kept has one: only what somebody asks for may. */
function storable(value: SqlValue): SqlValue {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}

const known = new Map<string, string>();

function numbered(sql: string): string {
  const before = known.get(sql);
  if (before !== undefined) return before;
  let count = 0;
  const text = sql.replaceAll('?', () => `$${String((count += 1))}`);
  known.set(sql, text);
  return text;
}

/**
 * The same with one JSON list of all rows in place of `VALUES (?, ?)`: the database takes half the time for it that it takes for a parameter
 * for each value.
 */
function fromList(sql: string, rows: readonly (readonly SqlValue[])[]): string {
  const columns = rows[0]?.map((_, at) => columnFrom(rows, at)) ?? [];
  return sql.replace(/VALUES \([?, ]+\)/, `SELECT ${columns.join(', ')} FROM jsonb_array_elements($1::jsonb) j(value)`);
}

function columnFrom(rows: readonly (readonly SqlValue[])[], at: number): string {
  const value = rows.find((row) => row[at] !== null)?.[at] ?? null;
  if (value === null) return 'NULL';
  return typeof value === 'number' ? `(j.value ->> ${String(at)})::bigint` : `j.value ->> ${String(at)}`;
}

function listed(rows: readonly (readonly SqlValue[])[]): string {
  const text = JSON.stringify(rows);
  return text.includes('\\u0000') ? JSON.stringify(rows.map((row) => row.map(storable))) : text;
}
