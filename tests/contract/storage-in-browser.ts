import { openStorage, type Storage } from '../support/open-storage.ts';
import { taskDraft } from '../storage/support/drafts.ts';
import { seededRandom, TestClock, valueOf } from '../storage/support/phone-parts.ts';
import type { Sealing } from '../../src/storage/sealing.ts';
import { choose, unlockAndFinish } from '../storage/support/sealed-phone.ts';
import { storageContract } from './storage-contract.ts';

/*
 * The storage contract inside a page, on the browser's own IndexedDB and keys. The browser suite builds it, opens it and calls
 * `holds` for each case.
 */

declare global {
  interface Window {
    readonly storageContract: {
      readonly names: readonly string[];
      /** Null where the case holds, else why not. */
      holds(name: string, sealed?: boolean): Promise<string | null>;
      /** Begins to watch a database's tasks; `seen` is how many it shows now. */
      watch(database: string): Promise<void>;
      seen(): number;
      write(database: string): Promise<void>;
    };
  }
}

let seed = 0;

async function holds(name: string, sealed = false): Promise<string | null> {
  const found = storageContract.find((each) => each.name === name);
  if (found === undefined) return 'no such case';
  const clock = new TestClock();
  const prefix = `${String((seed += 100))} `;
  const open = async (database: string) => {
    const options = { name: prefix + database, clock, random: seededRandom((seed += 1)) };
    return valueOf(await openStorage(sealed ? { ...options, sealing: await sealingOf(options.name) } : options));
  };
  try {
    await found.holds({ open });
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

const sealedBefore = new Set<string>();

/** As after turning it on, and giving the passphrase at each opening. */
async function sealingOf(name: string): Promise<Sealing> {
  const place = { name, indexedDb: { indexedDB, IDBKeyRange } };
  if (!sealedBefore.has(name)) {
    sealedBefore.add(name);
    (await tab(name)).close();
    await choose(place);
  }
  return unlockAndFinish(place);
}

let seen = -1;

function tab(database: string): Promise<Storage> {
  return openStorage({ name: database, clock: new TestClock(), random: seededRandom(Date.now()) }).then(valueOf);
}

async function watch(database: string): Promise<void> {
  const { records } = await tab(database);
  records.watchPrefix('task', '').subscribe(
    (rows) => {
      seen = rows.length;
    },
    () => {
      seen = -2;
    },
  );
}

async function write(database: string): Promise<void> {
  const { device, records } = await tab(database);
  valueOf(await device.startAlone('Ana'));
  valueOf(await records.write([taskDraft('IT-01', 'done')]));
}

Object.assign(window, {
  storageContract: { names: storageContract.map(({ name }) => name), holds, watch, write, seen: () => seen },
});
