import { afterEach, describe, expect, it } from 'vitest';
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { declareVersions } from '../../src/storage/migrations.ts';
import { openSyncStorage } from '../../src/storage/open-sync-storage.ts';
import { readStanding, tryPassphrase } from '../../src/storage/open-seal.ts';
import { readableFields, rowCipher } from '../../src/storage/row-cipher.ts';
import type { Sealing } from '../../src/storage/sealing.ts';
import { changePassphrase, emptySealed, turnSealOff, unsealEmptied } from '../../src/storage/turn-seal.ts';
import { openStorage } from '../support/open-storage.ts';
import { copyDisk } from './support/copy-disk.ts';
import { logDraft, taskDraft } from './support/drafts.ts';
import { failAfter } from './support/failing-disk.ts';
import { ModelServer } from './support/model-server.ts';
import { openPhone, type Phone } from './support/open-phone.ts';
import { awaitLive, follow, noon, seededRandom, valueOf } from './support/phone-parts.ts';
import { choose, passphrase, placeOf, rawRows, unlock, unlockAndFinish } from './support/sealed-phone.ts';
import { soon } from './support/soon.ts';
import { join, syncAll } from './support/sync-round.ts';

let restoreDisk = (): void => undefined;
afterEach(() => restoreDisk());

const canary = 'Kanarienvogel';
let slow = 0;
/** A device that is so slow that it bears the least rounds only. */
const parts = { clock: { now: () => noon, monotonic: () => (slow += 10_000) }, random: seededRandom(5) };

/** A member's phone with own and pulled work, settings and a row in the log for each of `entries`. */
async function workedOn(entries = 2): Promise<Phone> {
  const server = new ModelServer();
  const [ana, ben] = [await openPhone(), await openPhone()];
  await join(ana, server, 'ana');
  await join(ben, server, 'ben');
  valueOf(await ben.records.write([logDraft('ben', `${canary} pulled`), taskDraft('IT-02', 'blocked', null, canary)]));
  await syncAll(ben, server);
  await syncAll(ana, server);
  valueOf(await ana.records.write([taskDraft('IT-01', 'done', null, canary)]));
  for (let at = 0; at < entries; at += 50)
    valueOf(
      await ana.records.write(
        Array.from({ length: Math.min(50, entries - at) }, (_, each) => logDraft(`l${String(at + each)}`, canary)),
      ),
    );
  valueOf(await ana.device.setSetting('unfinished', canary));
  return ana;
}

/** All that a person would miss. */
async function everything({ records, device, syncStore }: Phone): Promise<unknown> {
  return {
    membership: await awaitLive(device.membership),
    tasks: await awaitLive(records.watchPrefix('task', '')),
    log: await awaitLive(records.watchPrefix('log', '')),
    unfinished: await awaitLive(device.setting('unfinished')),
    outbox: valueOf(await syncStore.prepare({ changes: 1000, bytes: 1e7 }))?.body.changes,
    key: valueOf(await syncStore.key())?.device,
  };
}

async function reopened(phone: Phone, sealing?: Sealing): Promise<Phone> {
  phone.close();
  return openPhone({ ...phone, ...(sealing === undefined ? {} : { sealing }) });
}

/** As on a phone whose person turned it on, and came back with the passphrase. */
async function sealedPhone(entries?: number): Promise<Phone> {
  const phone = await workedOn(entries);
  await choose(placeOf(phone));
  return reopened(phone, await unlockAndFinish(placeOf(phone)));
}

/** Whatever lies there, as a person reads it who has a copy of the files. */
async function onDisk(phone: Phone): Promise<string> {
  return JSON.stringify(await rawRows(placeOf(phone)), (_, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
  );
}

describe('what lies on the disk', () => {
  it('[SEAL-2] names nothing of what people wrote or are called, before and after further work', async () => {
    const plain = await workedOn();
    expect(await onDisk(plain)).toContain(canary);
    const phone = await sealedPhone();
    valueOf(await phone.records.write([logDraft('later', `${canary} later`)]));
    valueOf(await phone.device.setSetting('theme', canary));
    const lies = await onDisk(phone);
    for (const word of [canary, 'Marketplace', 'plan.example', 'coordinator', 'in-progress', 'blocked'])
      expect(lies).not.toContain(word);
    expect(await awaitLive(phone.records.watchPrefix('log', ''))).toHaveLength(4);
  });

  it('[SEAL-2] is of each row what indexes need, and one sealed text', async () => {
    const phone = await sealedPhone();
    const { keys: _, seal: header, ...tables } = await rawRows(placeOf(phone));
    expect(header).toMatchObject([{ state: 'sealed' }]);
    for (const [table, rows] of Object.entries(tables))
      for (const row of rows) {
        const { sealed, ...readable } = row as { readonly sealed?: Uint8Array };
        expect(sealed?.length, table).toBeGreaterThan(40);
        for (const name of Object.keys(readable)) expect(readableFields[table as 'own']).toContain(name);
      }
  });

  it('[SEAL-2] leaves readable what the database is keyed by, and nothing but that, the device key apart', () => {
    const dexie = new Dexie('schema', { indexedDB: new IDBFactory(), IDBKeyRange });
    declareVersions(dexie);
    const keyed = Object.fromEntries(
      dexie.tables.map(({ name, schema }) => [
        name,
        [...new Set([schema.primKey, ...schema.indexes].flatMap(({ keyPath }) => keyPath ?? []))].toSorted(),
      ]),
    );
    const { keys: _, ...readable } = readableFields;
    for (const [table, fields] of Object.entries(readable)) expect(fields.toSorted(), table).toEqual(keyed[table]);
  });

  it('[SEAL-2] seals a device key that a script can read, and leaves one that none can', () => {
    const { seal, open } = rowCipher(seededRandom(1).bytes(32));
    const row = { slot: 'live', device: 'd', publicKey: { x: 'x' }, privateKey: { d: canary }, weak: true };
    const sealed = seal('keys', row);
    expect(JSON.stringify(sealed)).not.toContain(canary);
    expect(open('keys', sealed)).toEqual(row);
    const kept = { ...row, privateKey: {}, weak: false };
    expect(seal('keys', kept)).toBe(kept);
  });

  it('[SEAL-3] does not open under another key, in another table or under another name', () => {
    const { seal, open } = rowCipher(seededRandom(1).bytes(32));
    const sealed = seal('settings', { name: 'theme', value: 'dark' });
    expect(open('settings', sealed)).toEqual({ name: 'theme', value: 'dark' });
    expect(() => open('settings', { ...sealed, name: 'life' })).toThrow('can not be opened');
    expect(() => open('own', sealed)).toThrow('can not be opened');
    expect(() => rowCipher(seededRandom(2).bytes(32)).open('settings', sealed)).toThrow('can not be opened');
  });

  it('[SEAL-3] gives every row back as it was, whatever it says', () => {
    const { seal, open } = rowCipher(seededRandom(1).bytes(32));
    const value = JSON.parse(
      '{"__proto__":{"a":1},"text":"\\ud800 🐦 \\u0000","deep":[{"n":-0.5,"none":null}]}',
    ) as object;
    const row = { replica: 1, kind: 'log', key: 'a/b', task: 'a/IT-01', value };
    const back = open('records', structuredClone(seal('records', row)));
    expect(JSON.stringify(back)).toBe(JSON.stringify(row));
    expect(({} as { readonly a?: number }).a).toBeUndefined();
  });
});

describe('turning it on and off', () => {
  it('[SEAL-4] loses nothing, and goes both ways again and again', async () => {
    let phone = await workedOn(230);
    const before = await everything(phone);
    for (let times = 0; times < 2; times += 1) {
      await choose(placeOf(phone));
      phone = await reopened(phone, await unlockAndFinish(placeOf(phone)));
      expect(await everything(phone)).toEqual(before);
      expect(await onDisk(phone)).not.toContain(canary);
      valueOf(await turnSealOff(placeOf(phone)));
      phone = await reopened(phone, await unlockAndFinish(placeOf(phone)));
      expect(await everything(phone)).toEqual(before);
      const standing = valueOf(await readStanding(placeOf(phone)));
      if (standing.tag !== 'off') throw new Error(standing.tag);
      phone = await reopened(phone, standing.sealing);
      expect(await everything(phone)).toEqual(before);
      expect(await onDisk(phone)).not.toContain('"sealed":');
    }
  });

  it.each([
    ['on', false],
    ['off', true],
  ])(
    '[SEAL-5] [REL-27] [REL-28] broken off anywhere while it is turned %s it loses nothing, and ends later',
    async (_, off) => {
      const phone = off ? await sealedPhone(120) : await workedOn(120);
      const before = await everything(phone);
      if (off) valueOf(await turnSealOff(placeOf(phone)));
      else await choose(placeOf(phone));
      phone.close();
      let done = false;
      for (let writes = 0; !done; writes += writes < 6 ? 1 : 23) {
        const disk = new IDBFactory();
        await copyDisk(phone.disk, disk, phone.name);
        const copy = { ...phone, disk };
        restoreDisk = failAfter(writes, writes % 2 === 0 ? 'QuotaExceededError' : 'UnknownError');
        const { finish } = await unlock(placeOf(copy));
        const finished = await finish?.(() => undefined);
        restoreDisk();
        done = finished?.ok === true;
        // the person opens it again, works on, and comes back once more
        const between = await openPhone({ ...copy, sealing: (await unlock(placeOf(copy))).sealing });
        expect(await everything(between), `after ${String(writes)} writes`).toEqual(before);
        valueOf(await between.records.write([taskDraft('IT-09', 'done')]));
        const after = await reopened(between, await unlockAndFinish(placeOf(copy)));
        expect(await awaitLive(after.records.watchPrefix('task', ''))).toHaveLength(3);
        if (off) expect(await onDisk(after)).not.toContain('"sealed":');
        else expect(await onDisk(after)).not.toContain(canary);
        after.close();
      }
    },
  );

  it('[SEAL-5] a passphrase that was set and never given again seals nothing, and can be taken back without it', async () => {
    const phone = await workedOn();
    const before = await everything(phone);
    await choose(placeOf(phone));
    expect(await onDisk(phone)).toContain(canary);
    expect(valueOf(await readStanding(placeOf(phone)))).toMatchObject({ tag: 'locked', header: { state: 'chosen' } });
    valueOf(await turnSealOff(placeOf(phone)));
    const standing = valueOf(await readStanding(placeOf(phone)));
    if (standing.tag !== 'off') throw new Error(standing.tag);
    expect(await everything(await reopened(phone, standing.sealing))).toEqual(before);
  });

  it('[SEAL-6] puts every other tab out before it begins, and lets in none that does not know of it', async () => {
    const phone = await workedOn();
    const other = await openPhone(phone);
    const seen = follow(other.records.watchPrefix('task', ''));
    await soon(() => expect(seen.values.at(-1)).toHaveLength(2));
    await choose(placeOf(phone));
    await soon(() => expect(seen.faults).toEqual([{ tag: 'storage-newer' }]));
    expect(await other.records.write([taskDraft('IT-03', 'done')])).toMatchObject({ ok: false });
    const options = { name: phone.name, ...parts, indexedDb: placeOf(phone).indexedDb };
    const refused = { ok: false, error: { tag: 'storage-newer' } };
    expect(await openStorage(options)).toEqual(refused);
    const lies = await onDisk(phone);
    // the service worker, which never has a key
    expect(await openSyncStorage(options)).toEqual(refused);
    expect(await onDisk(phone)).toBe(lies);
  });

  it('[SEAL-6] two tabs may be opened with it, see each other, and both end what was begun', async () => {
    const phone = await workedOn(120);
    await choose(placeOf(phone));
    const [one, two] = [await unlock(placeOf(phone)), await unlock(placeOf(phone))];
    const tab = await openPhone({ ...phone, sealing: two.sealing });
    const seen = follow(tab.records.watchPrefix('task', ''));
    const ended = [one, two].map(async ({ finish }) => (await finish?.(() => undefined))?.ok);
    const other = await openPhone({ ...phone, sealing: one.sealing });
    valueOf(await other.records.write([taskDraft('IT-07', 'done', null, canary)]));
    expect(await Promise.all(ended)).toEqual([true, true]);
    await soon(() => expect(seen.values.at(-1)).toHaveLength(3));
    expect(await onDisk(phone)).not.toContain(canary);
  });

  it('[SEAL-6] what was opened before another change of the seal neither writes nor ends anything after it', async () => {
    const phone = await workedOn();
    const before = await everything(phone);
    await choose(placeOf(phone));
    const old = await unlock(placeOf(phone));
    valueOf(await turnSealOff(placeOf(phone)));
    await unlockAndFinish(placeOf(phone));
    await choose(placeOf(phone));
    expect(await old.finish?.(() => undefined)).toEqual({ ok: false, error: { tag: 'storage-lost' } });
    const options = { name: phone.name, ...parts, indexedDb: placeOf(phone).indexedDb, sealing: old.sealing };
    expect(await openStorage(options)).toEqual({ ok: false, error: { tag: 'storage-newer' } });
    expect(await everything(await reopened(phone, await unlockAndFinish(placeOf(phone))))).toEqual(before);
  });

  it('[SEAL-6] waits for a tab that lets go late', async () => {
    const phone = await workedOn();
    phone.close();
    const slowTab = await new Promise<IDBDatabase>((resolve) => {
      const asked = phone.disk.open(phone.name);
      asked.onsuccess = () => resolve(asked.result);
    });
    setTimeout(() => slowTab.close(), 300);
    await choose(placeOf(phone));
    expect(valueOf(await readStanding(placeOf(phone)))).toMatchObject({ tag: 'locked', header: { state: 'chosen' } });
  });

  it('[SEAL-6] says that another tab is in the way, and then changes nothing later either', async () => {
    const phone = await workedOn();
    phone.close();
    const stubborn = await new Promise<IDBDatabase>((resolve) => {
      const asked = phone.disk.open(phone.name);
      asked.onsuccess = () => resolve(asked.result);
    });
    expect(await turnSealOff(placeOf(phone))).toEqual({ ok: false, error: { tag: 'storage-blocked' } });
    stubborn.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(valueOf(await readStanding(placeOf(phone)))).toEqual({ tag: 'none' });
    (await openPhone(phone)).close();
  }, 10_000);
});

describe('the passphrase', () => {
  it('[SEAL-7] given to a database that is gone says that it is gone', async () => {
    const phone = await workedOn();
    const tried = await tryPassphrase(placeOf(phone), passphrase, noon);
    expect(tried).toEqual({ ok: false, error: { tag: 'storage-evicted' } });
  });

  it('[SEAL-7] a wrong one opens nothing, makes one wait ever longer, also after a restart, and deletes nothing', async () => {
    const phone = await sealedPhone();
    const before = await everything(phone);
    const place = placeOf(phone);
    for (let tries = 0; tries < 4; tries += 1)
      expect(valueOf(await tryPassphrase(place, 'not it', noon))).toEqual({ opened: false, wait: 0 });
    expect(valueOf(await tryPassphrase(place, 'not it', noon))).toEqual({ opened: false, wait: 15_000 });
    expect(valueOf(await tryPassphrase(place, passphrase, noon + 5_000))).toEqual({ opened: false, wait: 10_000 });
    expect(valueOf(await tryPassphrase(place, 'not it', noon + 15_000))).toEqual({ opened: false, wait: 30_000 });
    const opened = valueOf(await tryPassphrase(place, passphrase, noon + 45_000));
    if (!opened.opened) throw new Error('not opened');
    expect(await everything(await reopened(phone, opened.unsealed.sealing))).toEqual(before);
    expect(valueOf(await tryPassphrase(place, 'not it', noon))).toEqual({ opened: false, wait: 0 });
  });

  it('[SEAL-7] opens where nothing can be written any more', async () => {
    const phone = await sealedPhone();
    restoreDisk = failAfter(0, 'QuotaExceededError');
    const { sealing } = await unlock(placeOf(phone));
    const reading = await reopened(phone, sealing);
    expect(await awaitLive(reading.records.watchPrefix('task', ''))).toHaveLength(2);
  });

  it('[SEAL-7] is the same, however a keyboard composes its letters', async () => {
    const phone = await workedOn();
    await choose(placeOf(phone), 'f\u00fcnf graue Reiher');
    await unlock(placeOf(phone), 'fu\u0308nf graue Reiher');
  });

  it('[SEAL-8] is changed without touching a row, under a page that is at work', async () => {
    const phone = await sealedPhone();
    const before = await everything(phone);
    const { seal: _, ...rows } = await rawRows(placeOf(phone));
    const wrong = valueOf(await changePassphrase(placeOf(phone), parts, 'not it', 'six'));
    expect(wrong).toEqual({ changed: false, wait: 0 });
    valueOf(await changePassphrase(placeOf(phone), parts, passphrase, 'six white swans at dusk'));
    const { seal: __, ...after } = await rawRows(placeOf(phone));
    expect(after).toEqual(rows);
    expect(valueOf(await tryPassphrase(placeOf(phone), passphrase, noon))).toMatchObject({ opened: false });
    const { sealing } = await unlock(placeOf(phone), 'six white swans at dusk');
    valueOf(await phone.records.write([logDraft('on', 'and on')]));
    expect(await everything(await reopened(phone, sealing))).not.toEqual(before);
  });
});

describe('a sealed phone', () => {
  it('[SEAL-9] syncs, saves a file, and passes its own test', async () => {
    const server = new ModelServer();
    let phone = await openPhone();
    await join(phone, server, 'ana');
    await choose(placeOf(phone));
    phone = await reopened(phone, await unlockAndFinish(placeOf(phone)));
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    await syncAll(phone, server);
    expect(server.accepted()).toHaveLength(1);
    expect(await phone.prove()).toEqual({ write: 'good', key: 'good' });
    const file = valueOf(await phone.device.exportBackup());
    expect(await file.text()).toContain('IT-01');
    const fresh = await openPhone();
    expect(valueOf(await fresh.device.restoreBackup(file))).toMatchObject({ changes: 1 });
  });

  it('[SEAL-10] is emptied without its passphrase, seal and key gone with the rest', async () => {
    const phone = await sealedPhone();
    valueOf(await emptySealed(placeOf(phone), { state: 'new' }));
    const standing = valueOf(await readStanding(placeOf(phone)));
    if (standing.tag !== 'off') throw new Error(standing.tag);
    const after = await reopened(phone, standing.sealing);
    expect(await awaitLive(after.device.membership)).toEqual({ state: 'new' });
    expect(valueOf(await after.syncStore.key())).toBeNull();
    valueOf(await after.device.startAlone('Ben'));
    valueOf(await after.records.write([taskDraft('IT-01', 'done')]));
  });

  it('[SEAL-10] that was erased or wiped while open loses its seal too, but never one that holds anything', async () => {
    const phone = await sealedPhone();
    const before = await everything(phone);
    valueOf(await unsealEmptied(placeOf(phone), { state: 'new' }));
    const opened = await reopened(phone, (await unlock(placeOf(phone))).sealing);
    expect(await everything(opened)).toEqual(before);
    await opened.syncStore.wipe();
    expect(await awaitLive(opened.device.membership)).toEqual({ state: 'wiped' });
    expect(valueOf(await readStanding(placeOf(phone)))).toEqual({ tag: 'emptied' });
    valueOf(await unsealEmptied(placeOf(phone), { state: 'wiped' }));
    const standing = valueOf(await readStanding(placeOf(phone)));
    if (standing.tag !== 'off') throw new Error(standing.tag);
    const after = await reopened(phone, standing.sealing);
    expect(await awaitLive(after.device.membership)).toEqual({ state: 'wiped' });
  });

  it('[SEAL-11] takes an app that was not released with seals for a newer one, and leaves that alone', async () => {
    const phone = await workedOn();
    expect(valueOf(await readStanding(placeOf(phone)))).toEqual({ tag: 'none' });
    expect(await readStanding({ ...placeOf(phone), name: 'never' })).toMatchObject({ ok: false });
    expect((await phone.disk.databases()).map(({ name }) => name)).not.toContain('never');
  });
});
