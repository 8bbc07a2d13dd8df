import { describe, expect, it } from 'vitest';
import { storageContract } from '../contract/storage-contract.ts';
import { openPhone } from './support/open-phone.ts';
import { TestClock } from './support/phone-parts.ts';
import { choose, placeOf, unlockAndFinish } from './support/sealed-phone.ts';
import { IDBFactory } from 'fake-indexeddb';

describe('storage on the stand-in for IndexedDB', () => {
  it.each(storageContract.map(({ name, holds }) => [name, holds] as const))('[STORAGE] %s', async (_, holds) => {
    const disk = new IDBFactory();
    const clock = new TestClock();
    await expect(holds({ open: (name) => openPhone({ disk, clock, name }) })).resolves.toBeUndefined();
  });
});

describe('a sealed storage on the stand-in for IndexedDB', () => {
  it.each(storageContract.map(({ name, holds }) => [name, holds] as const))('[SEAL-1] %s', async (_, holds) => {
    const disk = new IDBFactory();
    const clock = new TestClock();
    const sealed = new Set<string>();
    const open = async (name: string) => {
      const place = placeOf({ disk, name });
      if (!sealed.has(name)) {
        (await openPhone({ disk, clock, name })).close();
        await choose(place);
        sealed.add(name);
      }
      return openPhone({ disk, clock, name, sealing: await unlockAndFinish(place) });
    };
    await expect(holds({ open })).resolves.toBeUndefined();
  });
});
