import type { Table } from 'dexie';

const chunk = 64;

/** Puts many rows in one transaction, in pieces small enough that the page can answer a finger in between. */
export async function putInChunks<Row, Key>(table: Table<Row, Key>, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += chunk) await table.bulkPut(rows.slice(at, at + chunk));
}
