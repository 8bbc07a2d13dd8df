/** What the browser says of this origin's storage; null where it does not say. */
export type Persistence = {
  /** True: not evicted under pressure. */
  readonly persisted: boolean | null;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
};

/** The part of `navigator.storage` that is asked; absent in old browsers and without https. */
export type StorageSource = Partial<Pick<StorageManager, 'persist' | 'persisted' | 'estimate'>> | undefined;

/** Never fails and never asks the person. */
export async function readPersistence(storage: StorageSource = here()): Promise<Persistence> {
  const persisted = await orNull(storage?.persisted?.bind(storage));
  const estimate = await orNull(storage?.estimate?.bind(storage));
  return { persisted, usedBytes: estimate?.usage ?? null, quotaBytes: estimate?.quota ?? null };
}

/** Asks for persistence; some browsers ask the person. To be called after joining, from a page. Null where it can't be asked. */
export async function requestPersistence(storage: StorageSource = here()): Promise<boolean | null> {
  return await orNull(storage?.persist?.bind(storage));
}

function here(): StorageSource {
  return typeof navigator === 'undefined' ? undefined : navigator.storage;
}

async function orNull<T>(ask: (() => Promise<T>) | undefined): Promise<T | null> {
  try {
    return ask === undefined ? null : await ask();
  } catch {
    // Refused by a privacy setting: nothing is known, and nothing depends on it.
    return null;
  }
}
