import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Sealing } from '../../../src/storage/sealing.ts';
import { openStorage, type Storage } from '../../support/open-storage.ts';
import { enrolled, seededRandom, server, TestClock, valueOf } from './phone-parts.ts';

export type Phone = Storage & {
  readonly clock: TestClock;
  readonly disk: IDBFactory;
  readonly name: string;
  readonly seed: number;
};

let seeds = 1;

/** Opens a phone's storage; `disk` of another phone opens a second tab of it. */
export async function openPhone(
  like: Partial<Pick<Phone, 'clock' | 'disk' | 'name'>> & { readonly sealing?: Sealing } = {},
): Promise<Phone> {
  const seed = (seeds += 1);
  const { clock = new TestClock(), disk = new IDBFactory(), name = `phone-${String(seed)}`, sealing } = like;
  const indexedDb = { indexedDB: disk, IDBKeyRange };
  const storage = valueOf(await openStorage({ name, clock, random: seededRandom(seed), indexedDb, sealing }));
  return { ...storage, clock, disk, name, seed };
}

/** A phone that joined the workspace as a coordinator. */
export async function openMember(person = 'ana'): Promise<Phone> {
  const phone = await openPhone();
  const key = valueOf(await phone.syncStore.createKey());
  valueOf(await phone.syncStore.adopt(server, enrolled(key.device, person)));
  return phone;
}
