import { IDBKeyRange } from 'fake-indexeddb';
import { tryPassphrase, type Unsealed } from '../../../src/storage/open-seal.ts';
import type { SealPlace } from '../../../src/storage/seal-header.ts';
import { chooseSeal } from '../../../src/storage/turn-seal.ts';
import { noon, seededRandom, TestClock, valueOf } from './phone-parts.ts';

export const passphrase = 'five grey herons at noon';
/** So that a test does not wait as a thief has to. */
export const cheap = 10;

export function placeOf({ disk, name }: { readonly disk: IDBFactory; readonly name: string }): SealPlace {
  return { name, indexedDb: { indexedDB: disk, IDBKeyRange } };
}

export async function choose(place: SealPlace, given = passphrase): Promise<void> {
  valueOf(await chooseSeal(place, { clock: new TestClock(), random: seededRandom(7) }, given, cheap));
}

/** Gives the right passphrase. */
export async function unlock(place: SealPlace, given = passphrase): Promise<Unsealed> {
  const tried = valueOf(await tryPassphrase(place, given, noon));
  if (!tried.opened) throw new Error('the passphrase does not open');
  return tried.unsealed;
}

/** Gives it, and ends what turning on or off began. */
export async function unlockAndFinish(place: SealPlace): Promise<Unsealed['sealing']> {
  const { sealing, finish } = await unlock(place);
  if (finish !== null) valueOf(await finish(() => undefined));
  return sealing;
}

/** Every row of every table as it lies there. */
export async function rawRows({ name, indexedDb }: SealPlace): Promise<Readonly<Record<string, readonly object[]>>> {
  const database = await answer(indexedDb.indexedDB.open(name));
  const rows: Record<string, readonly object[]> = {};
  for (const table of database.objectStoreNames)
    rows[table] = (await answer(database.transaction(table).objectStore(table).getAll())) as object[];
  database.close();
  return rows;
}

function answer<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('failed'));
  });
}
