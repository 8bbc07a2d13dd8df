type Source = IDBObjectStore | IDBIndex;

/** Rows that were read of the stand-in for IndexedDB, by the table they came from and, for records and changes, by kind. */
export type RowsRead = { readonly all: () => number; readonly of: (kind: string) => number; readonly stop: () => void };

/** Counts every row that a request gives from now on, whoever asks. */
export function countRows(): RowsRead {
  const byKind = new Map<string, number>();
  let all = 0;
  const count = (row: unknown) => {
    all += 1;
    const { kind } = (typeof row === 'object' && row !== null ? row : {}) as { readonly kind?: string };
    if (kind !== undefined) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
  };
  const countAll = (result: unknown) => {
    if (result instanceof IDBCursorWithValue) count(result.value);
    else if (Array.isArray(result)) result.forEach(count);
    else if (result !== undefined && result !== null) count(result);
  };
  const undo = [IDBObjectStore.prototype, IDBIndex.prototype].flatMap((prototype: Source) =>
    (['get', 'getAll', 'openCursor'] as const).map((name) => watch(prototype, name, countAll)),
  );
  return {
    all: () => all,
    of: (kind) => byKind.get(kind) ?? 0,
    stop: () => {
      for (const each of undo) each();
    },
  };
}

function watch(prototype: Source, name: 'get' | 'getAll' | 'openCursor', count: (result: unknown) => void): () => void {
  const before = Object.getOwnPropertyDescriptor(prototype, name);
  const real = prototype[name] as (...given: unknown[]) => IDBRequest;
  const watched = function watched(this: Source, ...given: unknown[]): IDBRequest {
    const request = real.apply(this, given);
    request.addEventListener('success', () => count(request.result));
    return request;
  };
  Object.defineProperty(prototype, name, { value: watched, configurable: true, writable: true });
  return () => {
    if (before !== undefined) Object.defineProperty(prototype, name, before);
  };
}
