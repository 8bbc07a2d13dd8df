import type { Progress } from '../domain/ports/device.ts';
import type { IndexedDb } from './database.ts';
import { isSealed } from './row-cipher.ts';
import { answer, committed, rowTables } from './seal-header.ts';
import type { Sealing } from './sealing.ts';

/** Rows in one transaction: few enough that a page stays alive, and that what is broken off is soon done again. */
const chunk = 100;

type Reform = {
  readonly connection: IDBDatabase;
  readonly sealing: Sealing;
  readonly keys: IndexedDb['IDBKeyRange'];
};

/**
 * Brings every row into the form in which it is written from now on, some rows in one strict transaction. Safe to break off and to
 * repeat, and beside a page that is at work. Throws what the browser says where it can't be done.
 */
export async function reformRows(reform: Reform, onProgress: Progress): Promise<void> {
  const { connection, keys } = reform;
  const tables = rowTables(connection.objectStoreNames);
  const of = await countRows(connection, tables);
  let done = 0;
  for (const table of tables) {
    for (let after: IDBValidKey | null | undefined = null; after !== undefined;) {
      const read = await reformSome(reform, table, after === null ? null : keys.lowerBound(after, true));
      done += read.length;
      after = read.length < chunk ? undefined : read.at(-1);
      onProgress(Math.min(done, of), of);
    }
  }
}

async function reformSome(
  { connection, sealing }: Reform,
  table: string,
  range: IDBKeyRange | null,
): Promise<readonly IDBValidKey[]> {
  const transaction = connection.transaction(table, 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore(table);
  const end = committed(transaction);
  const [keys, rows] = await Promise.all([
    answer(store.getAllKeys(range, chunk)),
    answer(store.getAll(range, chunk) as IDBRequest<object[]>),
  ]);
  try {
    for (const row of rows) {
      const reformed = sealing.seal(table, sealing.open(table, row));
      if (isSealed(reformed) !== isSealed(row)) store.put(reformed);
    }
  } catch (error) {
    transaction.abort();
    await end.catch(() => undefined);
    throw error;
  }
  await end;
  return keys;
}

export async function countRows(connection: IDBDatabase, tables: readonly string[]): Promise<number> {
  const transaction = connection.transaction(tables);
  const asked = tables.map((name) => transaction.objectStore(name).count());
  await committed(transaction);
  return asked.reduce((sum, { result }) => sum + result, 0);
}
