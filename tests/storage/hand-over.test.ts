import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedText, type HandOver as HandOverFile } from '../../src/domain/sync/bundle.ts';
import { deviceId } from '../../src/domain/sync/device-id.ts';
import type { TakeFault } from '../../src/domain/ports/hand-over.ts';
import { openSyncStorage } from '../../src/storage/open-sync-storage.ts';
import { IDBKeyRange } from 'fake-indexeddb';
import { hour, minute } from '../../src/domain/time.ts';
import { incident, logDraft, taskDraft } from './support/drafts.ts';
import { failAfter } from './support/failing-disk.ts';
import { ModelServer } from './support/model-server.ts';
import { openPhone, type Phone } from './support/open-phone.ts';
import { awaitLive, enrolled, seededRandom, server as origin, valueOf } from './support/phone-parts.ts';
import { join, syncAll } from './support/sync-round.ts';

const most = { changes: 500, bytes: 1e6 };

/** Two members; Ana has started a task and noted something, with no server in reach. */
async function twoPhones() {
  const server = new ModelServer();
  const [ana, ben] = [await openPhone(), await openPhone()];
  await join(ana, server, 'ana');
  await join(ben, server, 'ben');
  valueOf(await ana.records.write([taskDraft('IT-01', 'in-progress'), logDraft('a', 'started', 'IT-01')]));
  return { server, ana, ben };
}

async function packed(phone: Phone): Promise<string> {
  return valueOf(await (await phone.handOver()).pack()).text;
}

async function take(phone: Phone, text: string, way: 'camera' | 'file' = 'camera') {
  return valueOf(await (await phone.handOver()).take(text, way));
}

async function refusal(phone: Phone, text: string): Promise<TakeFault['tag'] | 'taken'> {
  const handOver = await phone.handOver();
  const [inspected, taken] = [await handOver.inspect(text, 'file'), await handOver.take(text, 'file')];
  if (inspected.ok || taken.ok) return 'taken';
  expect(taken.error).toEqual(inspected.error);
  return taken.error.tag;
}

async function task(phone: Phone, code: string) {
  return valueOf(await phone.records.read('task', `${incident}/${code}`));
}

async function held(phone: Phone) {
  return await awaitLive((await phone.handOver()).held);
}

/** What a service worker of the phone opens. */
async function workerOf({ name, clock, disk }: Phone) {
  const indexedDb = { indexedDB: disk, IDBKeyRange };
  return valueOf(await openSyncStorage({ name, clock, random: seededRandom(99), indexedDb }));
}

async function relayedOf(phone: Phone) {
  return valueOf(await phone.syncStore.prepare(most))?.body.relayed ?? [];
}

describe('a hand-over', () => {
  it('[BUNDLE-20] reads "not yet on the server" on both phones, the author stays, and taking twice changes nothing', async () => {
    const { ana, ben } = await twoPhones();
    const text = await packed(ana);
    const inspected = valueOf(await (await ben.handOver()).inspect(text, 'camera'));
    expect(await task(ben, 'IT-01')).toBeNull();
    expect(await take(ben, text)).toEqual(inspected);
    expect(inspected).toMatchObject({ changes: 2, news: 2, from: [{ person: 'ana', changes: 2, news: 2 }] });
    expect(inspected.from[0]?.kinds).toEqual(new Map(Object.entries({ task: 1, log: 1 })));
    const [there, here] = [await task(ana, 'IT-01'), await task(ben, 'IT-01')];
    expect(here).toMatchObject({ unsent: true, change: there?.change, author: there?.author, value: there?.value });
    expect(there?.unsent).toBe(true);
    expect(await awaitLive(ben.records.watchTaskLog(`${incident}/IT-01`))).toHaveLength(1);
    expect(await take(ben, text)).toMatchObject({ changes: 2, news: 0 });
    expect(await held(ben)).toMatchObject({ own: 0, carried: [{ person: 'ana', waiting: 2, declined: [] }] });
    expect(await awaitLive(ben.syncStore.unsent)).toMatchObject({ unsent: 0, carried: 2 });
    expect((await packed(ana)).length).toBe(text.length);
  });

  it('[REL-15] is on the server once, whoever comes there first, and leaves nothing behind', async () => {
    for (const order of ['author first', 'relay first', 'relay only'] as const) {
      const { server, ana, ben } = await twoPhones();
      await take(ben, await packed(ana));
      if (order === 'author first') await syncAll(ana, server);
      await syncAll(ben, server);
      if (order === 'relay first') await syncAll(ana, server);
      expect(server.accepted(), order).toHaveLength(2);
      expect(server.winners().map(({ author }) => author.person)).toEqual(['ana', 'ana']);
      expect(await task(ben, 'IT-01')).toMatchObject({ unsent: false, author: { person: 'ana' } });
      expect(await task(ana, 'IT-01')).toMatchObject({ unsent: order === 'relay only' });
      expect((await held(ben)).carried).toEqual([]);
      expect(await awaitLive(ben.syncStore.unsent)).toMatchObject({ carried: 0 });
      expect(await relayedOf(ben)).toEqual([]);
    }
  });

  it('[BUNDLE-21] goes from phone to phone to phone as its author signed it, only older', async () => {
    const { server, ana, ben } = await twoPhones();
    const cleo = await openPhone();
    await join(cleo, server, 'cleo');
    await take(ben, await packed(ana));
    ben.clock.advance(hour);
    valueOf(await ben.records.write([taskDraft('IT-01', 'done', await task(ben, 'IT-01'))]));
    await take(cleo, await packed(ben));
    cleo.clock.advance(minute);
    expect(await task(cleo, 'IT-01')).toMatchObject({
      value: { status: 'done' },
      author: { person: 'ben' },
      unsent: true,
    });
    const [first, second] = await relayedOf(ben).then(async ([own]) => [own, ...(await relayedOf(cleo))]);
    expect(second).toEqual({ ...first, age: hour + minute });
    await syncAll(cleo, server);
    expect(server.accepted()).toHaveLength(3);
    expect(await task(cleo, 'IT-01')).toMatchObject({ value: { status: 'done' }, unsent: false });
    expect((await held(cleo)).carried).toEqual([]);
  });

  it('[BUNDLE-22] does not come back to its author as somebody else’s', async () => {
    const { ana, ben } = await twoPhones();
    await take(ben, await packed(ana));
    expect(await take(ana, await packed(ben))).toMatchObject({ changes: 2, news: 0 });
    expect((await held(ana)).carried).toEqual([]);
    expect(await awaitLive(ana.syncStore.unsent)).toMatchObject({ unsent: 2, carried: 0 });
  });

  it('[BUNDLE-23] takes nothing that was altered, is of another workspace, or is something else', async () => {
    const { ana, ben } = await twoPhones();
    const text = await packed(ana);
    const handOver = JSON.parse(text) as HandOverFile;
    const edited = (edit: (bundle: HandOverFile['bundles'][number]) => object) =>
      JSON.stringify({ ...handOver, bundles: handOver.bundles.map(edit) });
    expect(await refusal(ben, text.replace('started', 'stopped'))).toBe('not-signed');
    expect(
      await refusal(
        ben,
        edited((bundle) => ({ ...bundle, person: 'eve' })),
      ),
    ).toBe('not-signed');
    expect(
      await refusal(
        ben,
        edited((bundle) => ({ ...bundle, changes: bundle.changes.slice(1) })),
      ),
    ).toBe('not-signed');
    expect(
      await refusal(
        ben,
        edited((bundle) => ({ ...bundle, signature: 'A'.repeat(86) })),
      ),
    ).toBe('not-signed');
    expect(
      await refusal(
        ben,
        edited((bundle) => ({ ...bundle, device: '0123456789abcdef' })),
      ),
    ).toBe('not-a-hand-over');
    expect(await refusal(ben, JSON.stringify({ ...handOver, workspace: 'w2' }))).toBe('other-workspace');
    expect(await refusal(ben, JSON.stringify({ ...handOver, format: 'holdfast-bundle/2' }))).toBe('hand-over-newer');
    for (const other of ['', '{', 'null', '[]', text.slice(0, -1)])
      expect(await refusal(ben, other)).toBe('not-a-hand-over');
    expect(await task(ben, 'IT-01')).toBeNull();
    expect((await held(ben)).carried).toEqual([]);
  });

  it('[SEC-20] a phone that may see a part only carries nobody else’s work, and can give its own', async () => {
    const { ana } = await twoPhones();
    const vendor = await openPhone();
    const key = valueOf(await vendor.syncStore.createKey());
    valueOf(await vendor.syncStore.adopt(origin, { ...enrolled(key.device, 'hoster'), access: 'vendor' }));
    expect(await refusal(vendor, await packed(ana))).toBe('part-only');
    valueOf(await vendor.records.write([taskDraft('HO-01', 'done')]));
    expect(await take(ana, await packed(vendor))).toMatchObject({ news: 1, from: [{ person: 'hoster' }] });
  });

  it('[BUNDLE-24] needs a server that both belong to', async () => {
    const { ana } = await twoPhones();
    const stranger = await openPhone();
    expect(await refusal(stranger, await packed(ana))).toBe('not-joined');
    valueOf(await stranger.device.startAlone('Sam'));
    expect(await (await stranger.handOver()).pack()).toEqual({ ok: false, error: { tag: 'not-joined' } });
  });

  it('[REL-28] is taken whole or not at all', async () => {
    const { ana, ben } = await twoPhones();
    const text = await packed(ana);
    for (let writes = 0; writes < 4; writes += 1) {
      const undo = failAfter(writes, 'QuotaExceededError');
      const taken = await (await ben.handOver()).take(text, 'file');
      undo();
      expect(taken).toEqual({ ok: false, error: { tag: 'storage-full' } });
      expect(await task(ben, 'IT-01')).toBeNull();
      expect((await held(ben)).carried).toEqual([]);
    }
    expect(await take(ben, text)).toMatchObject({ news: 2 });
  });

  it('[BUNDLE-25] what the server refused is kept with its reason until it is given up', async () => {
    const { server, ana, ben } = await twoPhones();
    await take(ben, await packed(ana));
    server.refuses = ({ kind }) => (kind === 'task' ? { code: 'forbidden', message: 'not yours' } : null);
    await syncAll(ben, server);
    expect(await task(ben, 'IT-01')).toBeNull();
    const [carried] = (await held(ben)).carried;
    expect(carried).toMatchObject({ waiting: 0, declined: [{ kind: 'task', reason: { message: 'not yours' } }] });
    expect(await relayedOf(ben)).toEqual([]);
    expect(await awaitLive(ben.device.refused)).toEqual([]);
    valueOf(await (await ben.handOver()).forget(carried?.bundle ?? ''));
    expect((await held(ben)).carried).toEqual([]);
  });

  it('[REL-10] a server with another past is brought it again', async () => {
    const { server, ana, ben } = await twoPhones();
    const before = server.backup();
    await take(ben, await packed(ana));
    await syncAll(ben, server);
    server.restore(before, 'e_2');
    await syncAll(ben, server);
    await syncAll(ana, server);
    expect(server.accepted()).toHaveLength(2);
    expect(await task(ben, 'IT-01')).toBeNull();
    await syncAll(ben, server);
    expect(await task(ben, 'IT-01')).toMatchObject({ unsent: false });
  });

  it('[REL-10] what is carried goes aside at a server set up anew, is put back once, and is not stuck', async () => {
    const { ana, ben } = await twoPhones();
    ana.clock.advance(2 * hour);
    valueOf(await ana.records.write([taskDraft('IT-01', 'blocked', await task(ana, 'IT-01'))]));
    valueOf(await ana.records.write([taskDraft('IT-01', 'done', await task(ana, 'IT-01'))]));
    await take(ben, await packed(ana));
    ben.clock.advance(hour);
    const anew = new ModelServer();
    await join(ben, anew, 'ben', 'anew');
    await syncAll(ben, anew);
    expect((await held(ben)).carried).toEqual([]);
    expect(await awaitLive(ben.syncStore.unsent)).toMatchObject({ unsent: 0, carried: 0 });
    expect(await task(ben, 'IT-01')).toBeNull();
    const lost = await awaitLive(ben.lost.all);
    expect(lost).toMatchObject([
      { kind: 'log', author: { person: 'ana' } },
      { kind: 'task', value: { status: 'done' }, author: { person: 'ana' } },
    ]);
    expect(valueOf(await ben.lost.putBack(lost.map(({ change }) => change)))).toBe(2);
    await syncAll(ben, anew);
    expect(anew.accepted()).toHaveLength(2);
    expect(await awaitLive(ben.lost.all)).toEqual([]);
    await join(ana, anew, 'ana', 'anew');
    for (const phone of [ana, ben]) await syncAll(phone, anew);
    for (const phone of [ana, ben]) expect(await task(phone, 'IT-01')).toMatchObject({ value: { status: 'done' } });
    expect(await awaitLive(ben.lost.all)).toEqual([]);
  });

  it('[BUNDLE-25] what was refused is still told at a server set up anew, until it is given up', async () => {
    const { server, ana, ben } = await twoPhones();
    await take(ben, await packed(ana));
    server.refuses = ({ kind }) => (kind === 'task' ? { code: 'forbidden', message: 'not yours' } : null);
    await syncAll(ben, server);
    const anew = new ModelServer();
    await join(ben, anew, 'ben', 'anew');
    await syncAll(ben, anew);
    const [carried] = (await held(ben)).carried;
    expect(carried).toMatchObject({ waiting: 0, declined: [{ kind: 'task' }] });
    expect((await awaitLive(ben.lost.all)).map(({ kind }) => kind)).toEqual(['log']);
    valueOf(await (await ben.handOver()).forget(carried?.bundle ?? ''));
    expect((await held(ben)).carried).toEqual([]);
  });

  it('[BUNDLE-26] what others changed meanwhile is not hidden by what an older hand-over says', async () => {
    const { server, ana, ben } = await twoPhones();
    const text = await packed(ana);
    await syncAll(ana, server);
    ben.clock.advance(hour);
    await syncAll(ben, server);
    valueOf(await ben.records.write([taskDraft('IT-01', 'done', await task(ben, 'IT-01'))]));
    await syncAll(ben, server);
    await take(ben, text, 'file');
    expect(await task(ben, 'IT-01')).toMatchObject({ value: { status: 'done' }, unsent: false });
    await syncAll(ben, server);
    expect((await held(ben)).carried).toEqual([]);
    expect(await task(ben, 'IT-01')).toMatchObject({ value: { status: 'done' }, unsent: false });
  });

  it('[BUNDLE-18] a file counts as old as it lay about, and as old as can be after a jump of this clock', async () => {
    const { ana, ben } = await twoPhones();
    const text = await packed(ana);
    ben.clock.advance(2 * hour);
    await take(ben, text, 'file');
    ben.clock.advance(minute);
    expect((await relayedOf(ben))[0]?.age).toBe(2 * hour + minute);
    ben.clock.wall -= hour;
    expect((await relayedOf(ben))[0]?.age).toBe(ben.clock.wall);
  });

  it('[BUNDLE-14] leaves on the phone what not everybody may read, and says so', async () => {
    const { ana, ben } = await twoPhones();
    valueOf(
      await ana.records.write([{ kind: 'grant', key: 'ben', value: { access: 'observer', roles: [] }, shown: null }]),
    );
    expect(await held(ana)).toMatchObject({ own: 2, keptBack: 1 });
    await take(ben, await packed(ana));
    expect(await awaitLive(ben.records.watchPrefix('grant', ''))).toEqual([]);
  });

  it('[BUNDLE-27] is in the backup file, and sent from the phone that it is brought back on', async () => {
    const { server, ana, ben } = await twoPhones();
    await take(ben, await packed(ana));
    valueOf(await ben.records.write([logDraft('b', 'mine')]));
    const file = valueOf(await ben.device.exportBackup());
    const again = await openPhone();
    expect(valueOf(await again.device.restoreBackup(file))).toEqual({ changes: 1, records: 0 });
    expect(await task(again, 'IT-01')).toMatchObject({ unsent: true, author: { person: 'ana' } });
    await join(again, server, 'ben');
    await syncAll(again, server);
    expect(new Set(server.winners().map(({ author }) => author.person))).toEqual(new Set(['ana', 'ben']));
    expect(server.accepted()).toHaveLength(3);
    const altered = new Blob([(await file.text()).replace('started', 'stopped')]);
    expect(await (await openPhone()).device.restoreBackup(altered)).toMatchObject({
      ok: false,
      error: { tag: 'not-a-backup' },
    });
  });

  it('[SEC-22] shows nothing that no phone hands over, nor anything as this phone’s own, whoever signed it', async () => {
    const { ana, ben } = await twoPhones();
    const own = valueOf(await ben.syncStore.key())?.device;
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const key = { kty: 'EC', crv: 'P-256', x, y } as const;
    const handOver = JSON.parse(await packed(ana)) as HandOverFile;
    const [{ changes: [task0, log0], ...bundle } = { changes: [] }] = handOver.bundles;
    if (task0 === undefined || log0 === undefined || own === undefined) throw new Error('nothing was handed over');
    const device = deviceId(key);
    const stampOf = (of: string) => `${task0.stamp.slice(0, -16)}${of}`;
    const id = (at: number) => `${task0.id.slice(0, -1)}${String(at)}`;
    const grant = { kind: 'grant', key: 'ben', value: { access: 'observer', roles: [] } };
    const rest = {
      ...bundle,
      ...{ device, publicKey: key, signature: undefined, age: undefined },
      changes: [
        { ...log0, id: id(1), n: 1, key: `${incident}/forged`, stamp: stampOf(device) },
        { ...log0, ...grant, id: id(2), n: 2, stamp: stampOf(device) },
        { ...task0, id: id(3), n: 1, stamp: stampOf(own) },
      ],
    };
    const signature = sign('sha256', Buffer.from(signedText(rest)), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const forged = { ...rest, age: 0, signature: signature.toString('base64url') };
    const taken = await take(ben, JSON.stringify({ ...handOver, bundles: [forged] }));
    expect(taken.from[0]?.kinds).toEqual(new Map(Object.entries({ log: 1, task: 1 })));
    expect(valueOf(await ben.records.read('grant', 'ben'))).toBeNull();
    expect(await task(ben, 'IT-01')).toBeNull();
    valueOf(await ben.records.write([taskDraft('IT-02', 'done')]));
    expect(valueOf(await ben.syncStore.prepare(most))?.body.changes.map(({ n, kind }) => [n, kind])).toEqual([
      [1, 'task'],
    ]);
    expect((await relayedOf(ben)).map(({ changes }) => changes.length)).toEqual([3]);
  });

  it('[SEC-8] is gone with everything else when the device is wiped', async () => {
    const { ana, ben } = await twoPhones();
    await take(ben, await packed(ana));
    await ben.syncStore.wipe();
    expect((await held(ben)).carried).toEqual([]);
    expect(await task(ben, 'IT-01')).toBeNull();
  });

  it('[BUNDLE-28] the service worker sends this device’s own work and leaves the rest to a page', async () => {
    const { server, ana, ben } = await twoPhones();
    await take(ben, await packed(ana));
    valueOf(await ben.records.write([logDraft('b', 'mine')]));
    const worker = await workerOf(ben);
    await syncAll(worker, server);
    expect(server.accepted()).toHaveLength(1);
    expect(await task(ben, 'IT-01')).toMatchObject({ unsent: true });
    await syncAll(ben, server);
    expect(server.accepted()).toHaveLength(3);
    worker.close();
  });

  it('[LEAVER] the service worker calls no push the last one while work of others waits here for a page', async () => {
    const { server, ana, ben } = await twoPhones();
    await take(ben, await packed(ana));
    const worker = await workerOf(ben);
    const isLast = async () => valueOf(await worker.syncStore.prepare(most))?.body.last;
    expect(await isLast()).toBe(false);
    await syncAll(ben, server);
    expect(await isLast()).toBe(true);
    worker.close();
  });

  it('[BUNDLE-29] many changes go in several requests, and none is cut', async () => {
    const { server, ana, ben } = await twoPhones();
    valueOf(await ana.records.write(Array.from({ length: 700 }, (_, at) => logDraft(`n${String(at)}`, 'x'))));
    await take(ben, await packed(ana));
    const first = valueOf(await ben.syncStore.prepare(most));
    expect(first?.body.relayed?.map(({ changes }) => changes.length)).toEqual([250, 250]);
    expect(first?.remaining).toBe(202);
    await syncAll(ben, server, { changes: 100, bytes: 1e6 });
    expect(server.accepted()).toHaveLength(702);
    expect((await held(ben)).carried).toEqual([]);
  });
});
