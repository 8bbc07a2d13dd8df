import type { Page } from '@playwright/test';

/** Everything that this origin keeps in the browser, as text, by where it is: databases, caches, storages, cookies, the page itself. */
export async function keptOnPhone(page: Page): Promise<ReadonlyMap<string, string>> {
  const kept = await page.evaluate(async () => {
    const found: [string, string][] = [];
    const asText = (value: unknown) =>
      JSON.stringify(value, (_, each: unknown) =>
        each instanceof ArrayBuffer || ArrayBuffer.isView(each) ? new TextDecoder().decode(each) : each,
      );
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no reason'));
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const table of database.objectStoreNames) {
        const store = database.transaction(table).objectStore(table);
        const [keys, rows] = [await settled(store.getAllKeys()), await settled(store.getAll())];
        found.push([`database ${name} ${table}`, rows.length === 0 ? '' : asText([keys, rows])]);
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const reply = await cache.match(request);
        found.push([`cache ${name} ${request.url}`, (await reply?.text()) ?? '']);
      }
    }
    found.push(['localStorage', asText({ ...localStorage })], ['sessionStorage', asText({ ...sessionStorage })]);
    found.push(['cookies', document.cookie], ['page', document.documentElement.outerHTML]);
    return found;
  });
  return new Map(kept);
}

/** Where that text is kept. */
export function placesOf(text: string, kept: ReadonlyMap<string, string>): readonly string[] {
  const written = JSON.stringify(text).slice(1, -1);
  return [...kept].filter(([, all]) => all.includes(text) || all.includes(written)).map(([where]) => where);
}
