/** Copies a database row by row, keys included, as a system's own backup of a phone does. */
export async function copyDisk(from: IDBFactory, to: IDBFactory, name: string): Promise<void> {
  const source = await request(from.open(name));
  const opening = to.open(name, source.version);
  opening.onupgradeneeded = () => {
    for (const table of source.objectStoreNames) {
      const store = source.transaction(table).objectStore(table);
      const copy = opening.result.createObjectStore(table, { keyPath: store.keyPath });
      for (const index of store.indexNames) {
        const { keyPath, unique, multiEntry } = store.index(index);
        copy.createIndex(index, keyPath, { unique, multiEntry });
      }
    }
  };
  const target = await request(opening);
  for (const table of source.objectStoreNames) {
    const rows: unknown[] = await request(source.transaction(table).objectStore(table).getAll());
    const store = target.transaction(table, 'readwrite').objectStore(table);
    await Promise.all(rows.map((row) => request(store.put(row))));
  }
  source.close();
  target.close();
}

function request<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('failed'));
  });
}
