import { expect, it } from 'vitest';
import { keepMark } from '../../src/app/keep-mark.ts';
import type { StorageMark } from '../../src/storage/storage-mark.ts';
import { waitFor } from '@testing-library/react';
import { aPhone } from '../support/phone.tsx';

it('[REL-30] the mark of a filled storage stands from the first use on and goes with an erased or wiped device', async () => {
  let marked = false;
  const mark: StorageMark = {
    isSet: () => Promise.resolve(marked),
    set: () => Promise.resolve(void (marked = true)),
    clear: () => Promise.resolve(void (marked = false)),
  };
  const { storage } = await aPhone('new');
  const life = new AbortController();
  keepMark(storage.device.membership, mark, life.signal);
  await storage.device.startAlone('Ana');
  await waitFor(() => expect(marked).toBe(true));
  await storage.device.erase();
  await waitFor(() => expect(marked).toBe(false));
  await storage.device.startAlone('Ana');
  await waitFor(() => expect(marked).toBe(true));
  await storage.syncStore.wipe();
  await waitFor(() => expect(marked).toBe(false));
  life.abort();
});
