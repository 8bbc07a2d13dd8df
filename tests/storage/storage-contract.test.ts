import { describe, expect, it } from 'vitest';
import { storageContract } from '../contract/storage-contract.ts';
import { openPhone } from './support/open-phone.ts';
import { TestClock } from './support/phone-parts.ts';
import { IDBFactory } from 'fake-indexeddb';

describe('storage on the stand-in for IndexedDB', () => {
  it.each(storageContract.map(({ name, holds }) => [name, holds] as const))('[STORAGE] %s', async (_, holds) => {
    const disk = new IDBFactory();
    const clock = new TestClock();
    await expect(holds({ open: (name) => openPhone({ disk, clock, name }) })).resolves.toBeUndefined();
  });
});
