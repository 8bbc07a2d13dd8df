import type { DBCore, DBCoreCursor, DBCoreTable, Dexie, Middleware } from 'dexie';
import type { RowCipher } from './row-cipher.ts';

/** Nearest to the disk: Dexie keeps what it read at -1 and compares it with what is written. */
const level = -2;

/** Lets Dexie see rows as they were given, while the disk gets and gives them in the form of `rows`. */
export function sealTables(dexie: Dexie, rows: RowCipher): void {
  const middleware: Middleware<DBCore> = {
    stack: 'dbcore',
    name: 'sealed',
    level,
    create: (core) => ({ ...core, table: (name) => sealedTable(core.table(name), rows) }),
  };
  dexie.use(middleware);
}

function sealedTable(table: DBCoreTable, rows: RowCipher): DBCoreTable {
  const seal = (row: object) => rows.seal(table.name, row);
  const open = (row: unknown): unknown => rows.open(table.name, row);
  return {
    ...table,
    mutate: (request) =>
      table.mutate(
        request.type === 'add' || request.type === 'put'
          ? { ...request, values: (request.values as readonly object[]).map(seal) }
          : request,
      ),
    // never `await`: Dexie follows its own promises through a transaction
    get: (request) => table.get(request).then(open),
    getMany: (request) => table.getMany(request).then((found) => found.map(open)),
    query: (request) =>
      table
        .query(request)
        .then((found) => (request.values === true ? { ...found, result: found.result.map(open) } : found)),
    openCursor: (request) =>
      table
        .openCursor(request)
        .then((cursor) => (cursor === null || request.values !== true ? cursor : openedCursor(cursor, open))),
  };
}

/** Getters, because a browser's own cursor gives its fields to nothing that is derived from it. */
function openedCursor(cursor: DBCoreCursor, open: (row: unknown) => unknown): DBCoreCursor {
  return Object.create(cursor, {
    key: { get: () => cursor.key as unknown },
    primaryKey: { get: () => cursor.primaryKey as unknown },
    value: { get: () => open(cursor.value) },
  }) as DBCoreCursor;
}
