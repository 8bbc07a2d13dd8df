import { describe, expect, it } from 'vitest';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { deviceId } from '../../src/domain/sync/device-id.ts';
import { openStorage } from '../support/open-storage.ts';
import { readPersistence, requestPersistence } from '../../src/storage/persistence.ts';
import { taskDraft } from './support/drafts.ts';
import { ModelServer } from './support/model-server.ts';
import { openMember, openPhone, type Phone } from './support/open-phone.ts';
import { awaitLive, seededRandom, TestClock, valueOf } from './support/phone-parts.ts';
import { join, syncAll } from './support/sync-round.ts';

/** A browser that gives a stored key back as something that can't sign. */
function withoutStoredKeys(): Crypto {
  const { subtle } = globalThis.crypto;
  const sign: SubtleCrypto['sign'] = (algorithm, key, message) =>
    readable.has(key)
      ? subtle.sign(algorithm, key, message)
      : Promise.reject(new DOMException('unusable', 'InvalidAccessError'));
  const readable = new WeakSet<CryptoKey>();
  const importKey = async (...args: Parameters<SubtleCrypto['importKey']>) => {
    const key = await subtle.importKey(...args);
    readable.add(key);
    return key;
  };
  const bound = {
    generateKey: subtle.generateKey.bind(subtle),
    exportKey: subtle.exportKey.bind(subtle),
    verify: subtle.verify.bind(subtle),
    sign,
    importKey,
  };
  return { subtle: bound } as unknown as Crypto;
}

async function storedKey({ disk, name }: Phone): Promise<{ readonly privateKey: CryptoKey }> {
  const request = <T>(asked: IDBRequest<T>) =>
    new Promise<T>((resolve) => {
      asked.onsuccess = () => resolve(asked.result);
    });
  const database = await request(disk.open(name));
  const rows = await request(database.transaction('keys').objectStore('keys').getAll());
  database.close();
  expect(rows).toHaveLength(1);
  return rows[0] as { readonly privateKey: CryptoKey };
}

describe('the device key', () => {
  it('[KEY] is proven by a round trip, can be used after a restart and can not be read out', async () => {
    const phone = await openPhone();
    const made = valueOf(await phone.syncStore.createKey());
    const again = await openPhone(phone);
    const key = valueOf(await again.syncStore.key());
    expect(key).toMatchObject({ device: deviceId(made.publicKey), weak: false, publicKey: made.publicKey });
    const signature = await key!.sign('holdfast');
    expect(signature).toHaveLength(64);
    const publicKey = await crypto.subtle.importKey(
      'jwk',
      { ...made.publicKey },
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const holds = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      publicKey,
      signature as BufferSource,
      new TextEncoder().encode('holdfast'),
    );
    expect(holds).toBe(true);
    const row = await storedKey(phone);
    await expect(crypto.subtle.exportKey('jwk', row.privateKey)).rejects.toThrow();
  });

  it('[KEY] is the same for two tabs that make it at once', async () => {
    const phone = await openPhone();
    const tab = await openPhone(phone);
    const keys = await Promise.all([
      phone.syncStore.createKey(),
      tab.syncStore.createKey(),
      phone.syncStore.createKey(),
    ]);
    expect(new Set(keys.map((key) => valueOf(key).device)).size).toBe(1);
  });

  it('[KEY] falls back to a readable key, flagged weak, where a stored one does not work', async () => {
    const options = {
      name: 'x',
      clock: new TestClock(),
      random: seededRandom(7),
      indexedDb: { indexedDB: new IDBFactory(), IDBKeyRange },
    };
    const storage = valueOf(await openStorage({ ...options, crypto: withoutStoredKeys() }));
    const key = valueOf(await storage.syncStore.createKey());
    expect(key.weak).toBe(true);
    expect(await key.sign('x')).toHaveLength(64);
    valueOf(
      await storage.syncStore.adopt('https://x.example', {
        device: key.device,
        person: 'ana' as never,
        workspace: { id: 'w', name: '' },
        access: 'observer',
        roles: [],
      }),
    );
    expect(await awaitLive(storage.device.membership)).toMatchObject({ state: 'member', weakKey: true });
    const after = valueOf(await openStorage(options));
    expect(await valueOf(await after.syncStore.key())?.sign('x')).toHaveLength(64);
  });
});

describe('membership', () => {
  it('[MEMBER] begins new, works alone, and keeps its person when it joins with a setup code', async () => {
    const phone = await openPhone();
    expect(await awaitLive(phone.device.membership)).toEqual({ state: 'new' });
    valueOf(await phone.device.startAlone('Ana'));
    valueOf(await phone.device.startAlone('Somebody else'));
    const alone = await awaitLive(phone.device.membership, ({ state }) => state === 'alone');
    const people = await awaitLive(phone.records.watchPrefix('person', ''));
    expect(people.map(({ key, value }) => [key, value?.name])).toEqual([
      ['person' in alone ? alone.person : '', 'Ana'],
    ]);
  });

  it('[MEMBER] maps the local person to the invite’s in everything unsent', async () => {
    const phone = await openPhone();
    valueOf(await phone.device.startAlone('Ana'));
    const local = valueOf(await phone.syncStore.person())!;
    const draft = taskDraft('IT-01', 'done');
    valueOf(await phone.records.write([{ ...draft, value: { ...draft.value!, by: local } }]));
    const key = valueOf(await phone.syncStore.key())!;
    valueOf(
      await phone.syncStore.adopt('https://x.example', {
        device: key.device,
        person: 'p-7' as never,
        workspace: { id: 'w', name: '' },
        access: 'responder',
        roles: [],
      }),
    );
    const sent = valueOf(await phone.syncStore.prepare({ changes: 9, bytes: 1e6 }))!;
    expect(JSON.stringify(sent)).not.toContain(local);
    expect(sent.body.changes.map(({ key: name, value }) => [name, (value as { by?: string }).by])).toEqual([
      ['p-7', undefined],
      [draft.key, 'p-7'],
    ]);
    expect(await awaitLive(phone.records.watch('person', 'p-7'))).toMatchObject({ author: { person: 'p-7' } });
  });

  it('[SEC-8] tells whoever presses in the moment after a wipe that it was not saved', async () => {
    const phone = await openMember();
    await phone.syncStore.wipe();
    expect(await phone.records.write([taskDraft('IT-01', 'done')])).toEqual({ ok: false, error: { tag: 'no-author' } });
    expect(await phone.lost.putBack([])).toEqual({ ok: true, value: 0 });
    expect(await awaitLive(phone.records.watchPrefix('task', ''))).toEqual([]);
  });

  it('[SEC-8] is wiped to nothing, in every tab, and can begin anew', async () => {
    const phone = await openMember();
    const tab = await openPhone(phone);
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    valueOf(await phone.device.setSetting('theme', 'dark'));
    const rows = tab.records.watchPrefix('task', '');
    await awaitLive(rows, (list) => list.length === 1);
    const gone = awaitLive(rows, (list) => list.length === 0);
    await phone.syncStore.wipe();
    await gone;
    expect(await awaitLive(tab.device.membership)).toEqual({ state: 'wiped' });
    expect(valueOf(await phone.syncStore.key())).toBeNull();
    expect(await awaitLive(phone.device.setting('theme'))).toBeNull();
    expect(valueOf(await phone.syncStore.prepare({ changes: 1, bytes: 1 }))).toBeNull();
    valueOf(await tab.device.startAlone('Ana'));
    expect(await awaitLive(phone.device.membership, ({ state }) => state === 'alone')).toMatchObject({
      state: 'alone',
    });
  });
});

describe('settings', () => {
  it('[SETTINGS] are kept, changed and taken away', async () => {
    const phone = await openPhone();
    const theme = phone.device.setting('theme');
    expect(await awaitLive(theme)).toBeNull();
    valueOf(await phone.device.setSetting('theme', 'dark'));
    expect(await awaitLive(theme, (value) => value !== null)).toBe('dark');
    valueOf(await phone.device.setSetting('theme', null));
    expect(await awaitLive(theme, (value) => value === null)).toBeNull();
  });
});

describe('persistence', () => {
  it('[SETTINGS] says what the browser says, and nothing where it does not', async () => {
    const says = {
      persisted: async () => true,
      persist: async () => true,
      estimate: async () => ({ usage: 7, quota: 9 }),
    };
    expect(await readPersistence(says)).toEqual({ persisted: true, usedBytes: 7, quotaBytes: 9 });
    expect(await requestPersistence(says)).toBe(true);
    expect(await readPersistence({})).toEqual({ persisted: null, usedBytes: null, quotaBytes: null });
    expect(await requestPersistence({ persist: () => Promise.reject(new Error('no')) })).toBeNull();
  });
});

describe('refused changes', () => {
  async function refusedOnce() {
    const server = new ModelServer();
    const phone = await openPhone();
    await join(phone, server, 'ana');
    server.refuses = ({ kind }) => (kind === 'task' ? { code: 'forbidden', message: 'observer' } : null);
    const [saved] = valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    await syncAll(phone, server);
    if (saved === undefined) throw new Error('nothing saved');
    return { server, phone, change: saved.change, key: taskDraft('IT-01', 'done').key };
  }
  const idsOf = async (phone: Phone) => (await awaitLive(phone.device.refused)).map(({ change }) => change);

  it('[REFUSED-12] given up leaves the list and is never sent; taken back it is on it again', async () => {
    const { server, phone, change } = await refusedOnce();
    expect(await idsOf(phone)).toEqual([change]);
    valueOf(await phone.device.giveUp(change));
    expect(await idsOf(phone)).toEqual([]);
    server.refuses = () => null;
    await syncAll(phone, server);
    expect(server.accepted()).not.toContain(change);
    valueOf(await phone.device.takeBack(change));
    expect(await idsOf(phone)).toEqual([change]);
  });

  it('[REFUSED-13] tried again it counts as unsent, stands over nothing until it is judged, and then stands or is refused anew', async () => {
    const { server, phone, change, key } = await refusedOnce();
    valueOf(await phone.device.tryAgain(change));
    expect(await awaitLive(phone.syncStore.unsent)).toMatchObject({ unsent: 1, refused: 0 });
    expect(valueOf(await phone.records.read('task', key))).toBeNull();
    await syncAll(phone, server);
    expect(await idsOf(phone)).toEqual([change]);
    server.refuses = () => null;
    valueOf(await phone.device.tryAgain(change));
    await syncAll(phone, server);
    expect(await idsOf(phone)).toEqual([]);
    expect(valueOf(await phone.records.read('task', key))).toMatchObject({ change, value: { status: 'done' } });
  });

  it('[REFUSED-14] tells what became of each own change of a record', async () => {
    const { server, phone, change, key } = await refusedOnce();
    server.refuses = () => null;
    valueOf(await phone.records.write([taskDraft('IT-01', 'in-progress')]));
    await syncAll(phone, server);
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    const own = await awaitLive(phone.device.ownChanges('task', key));
    expect(own.map(({ fate, stamp }) => [fate, stamp !== null])).toEqual([
      ['refused', false],
      ['sent', true],
      ['to-send', false],
    ]);
    valueOf(await phone.device.giveUp(change));
    expect((await awaitLive(phone.device.ownChanges('task', key)))[0]?.fate).toBe('given-up');
  });
});
