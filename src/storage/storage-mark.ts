/**
 * Says, outside the database, that there was something in it: a browser that finds its files damaged throws them away without a
 * word and opens an empty one. In Cache Storage, which a page and a service worker both reach.
 */
export type StorageMark = {
  readonly isSet: () => Promise<boolean>;
  readonly set: () => Promise<void>;
  readonly clear: () => Promise<void>;
};

/** Not among the caches of the app: a new build leaves it alone (earlier-builds.ts). */
export const markCache = 'holdfast-mark';
const address = '/used-here';

export const storageMark: StorageMark = {
  isSet: async () => (await tried((all) => all.match(address, { cacheName: markCache }))) !== undefined,
  set: async () => {
    await tried(async (all) => (await all.open(markCache)).put(address, new Response()));
  },
  clear: async () => {
    await tried((all) => all.delete(markCache));
  },
};

/** Where a browser has no caches, or lets nobody near them, there is no mark. */
async function tried<T>(work: (all: CacheStorage) => Promise<T>): Promise<T | undefined> {
  try {
    return typeof caches === 'undefined' ? undefined : await work(caches);
  } catch {
    return undefined;
  }
}
