import { openStorage } from '../../src/storage/open-storage.ts';
import { seededRandom, TestClock, valueOf } from '../storage/support/phone-parts.ts';
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
      holds(name: string): Promise<string | null>;
    };
  }
}

let seed = 0;

async function holds(name: string): Promise<string | null> {
  const found = storageContract.find((each) => each.name === name);
  if (found === undefined) return 'no such case';
  const clock = new TestClock();
  const prefix = `${String((seed += 100))} `;
  const open = async (database: string) =>
    valueOf(await openStorage({ name: prefix + database, clock, random: seededRandom((seed += 1)) }));
  try {
    await found.holds({ open });
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

Object.assign(window, { storageContract: { names: storageContract.map(({ name }) => name), holds } });
