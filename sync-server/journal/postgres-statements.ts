import type pg from 'pg';
import type { SqlValue, Statement, Work } from './work.ts';

/** PostgreSQL takes 65,535 values in a statement at most. */
const mostValues = 30_000;

/** Runs work on a connection, one statement after another. */
export async function settle<T>(client: pg.ClientBase, work: Work<T>): Promise<T> {
  let step = work.next([]);
  while (step.done !== true) step = work.next(await execute(client, step.value));
  return step.value;
}

async function execute(client: pg.ClientBase, { sql, values, each }: Statement): Promise<readonly object[]> {
  if (each === undefined) return (await client.query<object>(numbered(sql), values.map(storable))).rows;
  const columns = each[0]?.length ?? 1;
  const rows = Math.max(1, Math.floor(mostValues / columns));
  for (let at = 0; at < each.length; at += rows) {
    const portion = each.slice(at, at + rows);
    await client.query(numbered(repeated(sql, portion.length)), portion.flat().map(storable));
  }
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

/** `VALUES (?, ?)` for so many rows. */
function repeated(sql: string, rows: number): string {
  return sql.replace(/VALUES (\([?, ]+\))/, (_all, row: string) => `VALUES ${Array(rows).fill(row).join(', ')}`);
}
