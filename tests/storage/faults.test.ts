import { afterEach, describe, expect, it, vi } from 'vitest';
import { IDBDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { openStorage } from '../support/open-storage.ts';
import { openSyncStorage } from '../../src/storage/open-sync-storage.ts';
import type { StorageMark } from '../../src/storage/storage-mark.ts';
import { incident, logDraft, taskDraft } from './support/drafts.ts';
import { failAfter } from './support/failing-disk.ts';
import { breakConnections, commitWordsLost, healConnections, loseCommitWord } from './support/flaky-connections.ts';
import { ModelServer } from './support/model-server.ts';
import { openMember, openPhone } from './support/open-phone.ts';
import { soon } from './support/soon.ts';
import { awaitLive, follow, seededRandom, TestClock, valueOf } from './support/phone-parts.ts';
import { join, syncAll } from './support/sync-round.ts';

let undo = (): void => undefined;
afterEach(() => {
  undo();
  undo = () => undefined;
  healConnections();
});

function opening(disk: IDBFactory, name = 'holdfast', mark?: StorageMark) {
  return openStorage({
    ...(mark === undefined ? {} : { mark }),
    name,
    clock: new TestClock(),
    random: seededRandom(1),
    indexedDb: { indexedDB: disk, IDBKeyRange },
  });
}

describe('opening', () => {
  it('[REL-32] says that there is no IndexedDB', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const opened = await openStorage({ name: 'x', clock: new TestClock(), random: seededRandom(1) });
    expect(opened).toEqual({ ok: false, error: { tag: 'storage-unavailable' } });
  });

  it('[REL-32] says that a private browser refuses to open it', async () => {
    const disk = new IDBFactory();
    disk.open = () => {
      throw new DOMException('not here', 'SecurityError');
    };
    expect(await opening(disk)).toEqual({ ok: false, error: { tag: 'storage-unavailable' } });
  });

  it('[REL-30] never takes a database that was lost for a new one', async () => {
    const disk = new IDBFactory();
    let isSet = true;
    const mark = { isSet: async () => isSet, set: async () => undefined, clear: async () => undefined };
    const lost = { ok: false, error: { tag: 'storage-evicted' } };
    for (let tries = 0; tries < 2; tries += 1) expect(await opening(disk, 'holdfast', mark)).toEqual(lost);
    isSet = false;
    const begun = valueOf(await opening(disk, 'holdfast', mark));
    begun.close();
    isSet = true;
    valueOf(await opening(disk, 'holdfast', mark));
  });

  it('[REL-30] is for a page alone to begin with: a service worker leaves an empty database empty', async () => {
    const disk = new IDBFactory();
    const worker = await openSyncStorage({
      name: 'holdfast',
      clock: new TestClock(),
      random: seededRandom(1),
      indexedDb: { indexedDB: disk, IDBKeyRange },
    });
    expect(worker).toEqual({ ok: false, error: { tag: 'storage-evicted' } });
    const mark = { isSet: async () => true, set: async () => undefined, clear: async () => undefined };
    expect(await opening(disk, 'holdfast', mark)).toEqual(worker);
  });

  it('[REL-31] leaves a newer database alone', async () => {
    const disk = new IDBFactory();
    const newer = await new Promise<IDBDatabase>((resolve) => {
      const asked = disk.open('holdfast', 9_990);
      asked.onupgradeneeded = () => asked.result.createObjectStore('future');
      asked.onsuccess = () => resolve(asked.result);
    });
    newer.close();
    expect(await opening(disk)).toEqual({ ok: false, error: { tag: 'storage-newer' } });
    const [kept] = await disk.databases();
    expect(kept?.version).toBe(9_990);
  });

  it('[REL-31] says that another tab holds an older version open', { timeout: 10_000 }, async () => {
    const disk = new IDBFactory();
    await new Promise<IDBDatabase>((resolve) => {
      const asked = disk.open('holdfast', 1);
      asked.onsuccess = () => resolve(asked.result);
    });
    expect(await opening(disk)).toEqual({ ok: false, error: { tag: 'storage-blocked' } });
  });

  it('[REL-31] makes way for a newer app in another tab, and writes nothing to its database', async () => {
    const phone = await openMember();
    const watch = follow(phone.records.watch('task', `${incident}/IT-01`));
    await soon(() => expect(watch.values).toHaveLength(1));
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = phone.disk.open(phone.name, 9_990);
      asked.onsuccess = () => resolve(asked.result);
      asked.onblocked = () => reject(new Error('blocked'));
    });
    newer.close();
    expect(await phone.records.write([taskDraft('IT-01', 'done')])).toEqual({
      ok: false,
      error: { tag: 'storage-newer' },
    });
    await soon(() => expect(watch.faults).toEqual([{ tag: 'storage-newer' }]));
  });
});

describe('[REL-29] a dropped connection', () => {
  it('is reopened up to three times, without the person noticing', async () => {
    const phone = await openMember();
    breakConnections(3);
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    expect(valueOf(await phone.syncStore.prepare({ changes: 9, bytes: 1e6 }))?.body.changes).toHaveLength(1);
  });

  it('is told after three attempts, and the next attempt begins anew', async () => {
    const phone = await openMember();
    breakConnections(1_000);
    expect(await phone.records.write([taskDraft('IT-01', 'done')])).toEqual({
      ok: false,
      error: { tag: 'storage-lost' },
    });
    healConnections();
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
  });

  it.each([2, 3, 4, 5, 6, 7])(
    'works again after %i drops in a row, those while it was being reopened included',
    async (drops) => {
      const phone = await openMember();
      breakConnections(drops);
      const under = [
        phone.records.write([taskDraft('IT-01', 'done')]),
        phone.records.read('task', `${incident}/IT-01`),
        phone.syncStore.prepare({ changes: 9, bytes: 1e6 }),
      ];
      for (const { ok: done, ...rest } of await Promise.all(under))
        if (!done) expect(rest).toEqual({ error: { tag: 'storage-lost' } });
      healConnections();
      valueOf(await phone.records.write([taskDraft('IT-02', 'done')]));
      expect(valueOf(await phone.syncStore.prepare({ changes: 9, bytes: 1e6 }))?.body.changes.at(-1)?.key).toBe(
        `${incident}/IT-02`,
      );
    },
  );

  it('does not leave a live read without an answer that begins while others find it dropped', async () => {
    const phone = await openMember();
    for (let drops = 1; drops <= 4; drops += 1) {
      breakConnections(drops);
      const writing = phone.records.write([taskDraft('IT-01', 'done')]);
      const reads = [follow(phone.syncStore.unsent), follow(phone.device.membership), follow(phone.syncStore.unsent)];
      await writing;
      await soon(() => expect(reads.every(({ values, faults }) => values.length + faults.length > 0)).toBe(true));
      healConnections();
      for (const { stop } of reads) stop();
    }
  });

  it('never shows an empty plan: a watch keeps what it had and tells the fault', async () => {
    const phone = await openMember();
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    const watch = follow(phone.records.watchPrefix('task', ''));
    await soon(() => expect(watch.values).toHaveLength(1));
    breakConnections(1_000);
    const other = follow(phone.records.watchPrefix('task', '', { tombstones: true }));
    await soon(() => expect(other.faults).toEqual([{ tag: 'storage-lost' }]));
    expect(watch.values.map((rows) => rows.length)).toEqual([1]);
    expect(other.values).toEqual([]);
  });

  it('[REL-30] takes a database that came back empty for deleted, not for new: said at once, to who reads and to who writes', async () => {
    const phone = await openMember();
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    breakConnections(1, () => {
      (phone.disk as unknown as { _databases: Map<string, unknown> })._databases.delete(phone.name);
    });
    expect(await phone.records.read('task', `${incident}/IT-01`)).toEqual({
      ok: false,
      error: { tag: 'storage-evicted' },
    });
  });

  it('does not save twice when only the word of the commit was lost', async () => {
    const phone = await openMember();
    loseCommitWord();
    const saved = valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    expect(commitWordsLost()).toBe(1);
    expect(saved).toHaveLength(1);
    expect(
      valueOf(await phone.syncStore.prepare({ changes: 9, bytes: 1e6 }))?.body.changes.map(({ id }) => id),
    ).toEqual([saved[0]?.change]);
  });

  it('[REL-29] says what a hand-over brought although the word of its commit was lost', async () => {
    const server = new ModelServer();
    const [ana, ben] = [await openPhone(), await openPhone()];
    await join(ana, server, 'ana');
    await join(ben, server, 'ben');
    valueOf(await ana.records.write([taskDraft('IT-01', 'done'), logDraft('a', 'done')]));
    const { text } = valueOf(await (await ana.handOver()).pack());
    const handOver = await ben.handOver();
    loseCommitWord();
    expect(valueOf(await handOver.take(text, 'camera'))).toMatchObject({ changes: 2, news: 2 });
    expect(commitWordsLost()).toBe(1);
    expect(await awaitLive(ben.syncStore.unsent)).toMatchObject({ carried: 2 });
  });

  it('[REL-29] says what a backup file brought although the word of its commit was lost', async () => {
    const phone = await openMember();
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    const file = valueOf(await phone.device.exportBackup());
    const other = await openMember();
    loseCommitWord();
    expect(valueOf(await other.device.restoreBackup(file))).toEqual({ changes: 1, records: 0 });
    expect(commitWordsLost()).toBe(1);
  });

  it('[REL-29] says what was put back although the word of its commit was lost', async () => {
    const server = new ModelServer();
    const [ana, ben] = [await openPhone(), await openPhone()];
    await join(ana, server, 'ana');
    await join(ben, server, 'ben');
    valueOf(await ben.records.write([taskDraft('IT-01', 'done')]));
    for (const phone of [ben, ana]) await syncAll(phone, server);
    server.restore([], 'e_2');
    await syncAll(ana, server);
    const lost = (await awaitLive(ana.lost.all)).map(({ change }) => change);
    ana.clock.advance(1_000);
    loseCommitWord();
    expect(valueOf(await ana.lost.putBack(lost))).toBe(1);
    expect(commitWordsLost()).toBe(1);
    await syncAll(ana, server);
    expect(server.accepted()).toHaveLength(1);
  });
});

describe('[REL-28] a full disk', () => {
  it('is told for settings and start too', async () => {
    const phone = await openPhone();
    undo = failAfter(0, 'QuotaExceededError');
    expect(await phone.device.setSetting('theme', 'dark')).toEqual({ ok: false, error: { tag: 'storage-full' } });
    expect(await phone.device.startAlone('Ana')).toEqual({ ok: false, error: { tag: 'storage-full' } });
  });

  it('leaves a database that it could not make unmade: the next opening begins anew', async () => {
    const disk = new IDBFactory();
    const { createObjectStore } = IDBDatabase.prototype;
    IDBDatabase.prototype.createObjectStore = () => {
      throw new DOMException('injected', 'QuotaExceededError');
    };
    undo = () => {
      IDBDatabase.prototype.createObjectStore = createObjectStore;
    };
    expect(await opening(disk)).toEqual({ ok: false, error: { tag: 'storage-full' } });
    undo();
    const opened = valueOf(await opening(disk));
    expect(await opened.device.startAlone('Ana')).toMatchObject({ ok: true });
  });
});
