import type { Json } from '../../../src/domain/json.ts';

type Index = {
  readonly name: string;
  readonly keyPath: string | string[];
  readonly unique: boolean;
  readonly multiEntry: boolean;
};

/** An IndexedDB database as JSON: what a phone that sleeps keeps. */
export type DiskImage = {
  readonly version: number;
  readonly tables: readonly {
    readonly name: string;
    readonly keyPath: string | string[];
    readonly indexes: readonly Index[];
    readonly rows: readonly Json[];
  }[];
};

export async function imageOfDisk(disk: IDBFactory, name: string): Promise<DiskImage> {
  const db = await request(disk.open(name));
  const tables = await Promise.all(
    [...db.objectStoreNames].map(async (table) => {
      const store = db.transaction(table).objectStore(table);
      const indexes = [...store.indexNames].map((index): Index => {
        const { keyPath, unique, multiEntry } = store.index(index);
        return { name: index, keyPath, unique, multiEntry };
      });
      const rows = (await request(store.getAll())) as readonly Json[];
      return { name: table, keyPath: store.keyPath as string | string[], indexes, rows };
    }),
  );
  db.close();
  return { version: db.version, tables };
}

/** Puts it on a disk, with the tables and indexes that it had. */
export async function restoreDisk(disk: IDBFactory, name: string, image: DiskImage): Promise<void> {
  const opening = disk.open(name, image.version);
  opening.onupgradeneeded = () => {
    for (const { name: table, keyPath, indexes } of image.tables) {
      const store = opening.result.createObjectStore(table, { keyPath });
      for (const { name: index, keyPath: of, unique, multiEntry } of indexes)
        store.createIndex(index, of, { unique, multiEntry });
    }
  };
  const db = await request(opening);
  for (const { name: table, rows } of image.tables) {
    const store = db.transaction(table, 'readwrite').objectStore(table);
    await Promise.all(rows.map((row) => request(store.put(row))));
  }
  db.close();
}

function request<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('failed'));
  });
}
