import type { Storage } from '../support/open-storage.ts';
import { incident, logDraft, taskDraft } from '../storage/support/drafts.ts';
import { ModelServer } from '../storage/support/model-server.ts';
import { awaitLive, valueOf } from '../storage/support/phone-parts.ts';
import { join, syncAll, syncOnce } from '../storage/support/sync-round.ts';

/** Opens the storage of that name, anew each time: as another tab, or after a restart. */
export type StorageUnderTest = { open(name: string): Promise<Storage> };

/** One guarantee of the ports in src/domain/ports; `holds` throws where it does not. */
export type StorageCase = { readonly name: string; readonly holds: (underTest: StorageUnderTest) => Promise<void> };

/**
 * What every storage of a phone must hold, on IndexedDB's stand-in and on a browser's own. It knows no test runner, so that it
 * runs inside a page too. Numbers are those of reliability.md.
 */
export const storageContract: readonly StorageCase[] = [
  {
    name: 'what was saved is there after a restart, with its place in the outbox',
    async holds({ open }) {
      const before = await member(open, 'restart');
      const saved = valueOf(await before.records.write([taskDraft('IT-01', 'done'), logDraft('a', 'done', 'IT-01')]));
      before.close();
      const after = await open('restart');
      same(await statuses(after), { 'IT-01': 'done' });
      same(
        (await sentBy(after)).map(({ id, n }) => [id, n]),
        saved.map(({ change, n }) => [change, n]),
      );
      same((await awaitLive(after.records.watchTaskLog(`${incident}/IT-01`))).length, 1);
    },
  },
  {
    name: 'the device key signs after a restart',
    async holds({ open }) {
      const before = await open('key');
      const made = valueOf(await before.syncStore.createKey());
      before.close();
      const key = valueOf(await (await open('key')).syncStore.key());
      same([key?.device, key?.weak], [made.device, false]);
      const signature = (await key?.sign('holdfast')) as BufferSource;
      const publicKey = await crypto.subtle.importKey(
        'jwk',
        { ...made.publicKey },
        { name: 'ECDSA', namedCurve: 'P-256' },
        false,
        ['verify'],
      );
      const message = new TextEncoder().encode('holdfast');
      same(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, signature, message), true);
    },
  },
  {
    name: '[REL-20] two tabs share one counter and hear of each other',
    async holds({ open }) {
      const one = await member(open, 'tabs');
      const two = await open('tabs');
      const all = awaitLive(two.records.watchPrefix('task', `${incident}/`), (rows) => rows.length === 12);
      const writes = Array.from({ length: 12 }, (_, at) =>
        (at % 2 === 0 ? one : two).records.write([taskDraft(`T-${String(at)}`, 'done')]),
      );
      const counters = (await Promise.all(writes)).flatMap((each) => valueOf(each).map(({ n }) => n));
      same(
        [...counters].sort((a, b) => a - b),
        Array.from({ length: 12 }, (_, at) => at + 1),
      );
      await all;
    },
  },
  {
    name: 'a prefix comes in key order, the last keys greatest first, across what is pulled and what is unsent',
    async holds({ open }) {
      const server = new ModelServer();
      const [one, two] = [await open('order-1'), await open('order-2')];
      await join(one, server, 'ana');
      await join(two, server, 'ben');
      for (const id of ['b', 'd', 'f']) valueOf(await two.records.write([logDraft(id, id)]));
      await syncAll(two, server);
      await syncAll(one, server);
      for (const id of ['e', 'a', 'g']) valueOf(await one.records.write([logDraft(id, id)]));
      const texts = (rows: readonly { readonly value: { readonly text: string } | null }[]) =>
        rows.map(({ value }) => value?.text).join('');
      same(texts(await awaitLive(one.records.watchPrefix('log', ''))), 'abdefg');
      same(texts(await awaitLive(one.records.watchPrefix('log', '', { last: 4 }))), 'gfed');
    },
  },
  {
    name: '[REL-14] a lost reply sends the same again, and a repeated one changes nothing',
    async holds({ open }) {
      const server = new ModelServer();
      const phone = await open('lost');
      await join(phone, server, 'ana');
      valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
      const sent = valueOf(await phone.syncStore.prepare(most));
      if (sent === null) throw new Error('not a member');
      server.handle(sent);
      const reply = server.handle(sent);
      if ('code' in reply) throw new Error(reply.code);
      same(valueOf(await phone.syncStore.apply(sent, reply)).tag, 'stored');
      same(valueOf(await phone.syncStore.apply(sent, reply)).tag, 'dropped');
      same([server.accepted().length, (await sentBy(phone)).length], [1, 0]);
    },
  },
  {
    name: '[REL-10] a server put back to yesterday gets everything again, and the screen changes over once',
    async holds({ open }) {
      const server = new ModelServer();
      const phone = await open('past');
      await join(phone, server, 'ana');
      valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
      await syncAll(phone, server);
      server.restore([], 'e_2');
      valueOf(await phone.records.write([taskDraft('IT-02', 'done')]));
      same(await syncOnce(phone, server), 'history-changed');
      await syncAll(phone, server);
      same(await statuses(phone), { 'IT-01': 'done', 'IT-02': 'done' });
      same(server.accepted().length, 2);
    },
  },
  {
    name: '[REL-10] what others wrote and the server lost is kept aside over a restart, and goes back as new changes once',
    async holds({ open }) {
      const server = new ModelServer();
      const [one, two] = [await open('lost-1'), await open('lost-2')];
      await join(one, server, 'ana');
      await join(two, server, 'ben');
      valueOf(await two.records.write([taskDraft('IT-01', 'done'), logDraft('a', 'done', 'IT-01')]));
      await syncAll(two, server);
      await syncAll(one, server);
      server.restore([], 'e_2');
      await syncAll(one, server);
      one.close();
      const after = await open('lost-1');
      const lost = await awaitLive(after.lost.all, (rows) => rows.length > 0);
      same(
        lost.map(({ kind, author }) => [kind, author.person]),
        [
          ['task', 'ben'],
          ['log', 'ben'],
        ],
      );
      const ids = lost.map(({ change }) => change);
      same(valueOf(await after.lost.putBack(ids)), 2);
      same(valueOf(await after.lost.putBack(ids)), 0);
      await syncAll(after, server);
      same(await statuses(after), { 'IT-01': 'done' });
      same(server.accepted().length, 2);
    },
  },
  {
    name: 'a backup file brings everything to another phone',
    async holds({ open }) {
      const one = await member(open, 'backup-1');
      valueOf(await one.records.write([taskDraft('IT-01', 'done'), logDraft('a', 'päck ✓')]));
      const two = await open('backup-2');
      same(valueOf(await two.device.restoreBackup(valueOf(await one.device.exportBackup()))), {
        changes: 2,
        records: 0,
      });
      same(await statuses(two), { 'IT-01': 'done' });
    },
  },
  {
    name: 'a wipe leaves nothing, in any tab',
    async holds({ open }) {
      const one = await member(open, 'wipe');
      const two = await open('wipe');
      valueOf(await one.records.write([taskDraft('IT-01', 'done')]));
      await awaitLive(two.records.watchPrefix('task', ''), (rows) => rows.length === 1);
      const gone = awaitLive(two.device.membership, ({ state }) => state === 'wiped');
      await one.syncStore.wipe();
      await gone;
      same(await statuses(two), {});
      same(valueOf(await two.syncStore.key()), null);
    },
  },
];

const most = { changes: 500, bytes: 1e6 };

async function member(open: StorageUnderTest['open'], name: string): Promise<Storage> {
  const storage = await open(name);
  await join(storage, new ModelServer(), 'ana');
  return storage;
}

async function statuses({ records }: Storage): Promise<Record<string, unknown>> {
  const rows = await awaitLive(records.watchPrefix('task', `${incident}/`));
  return Object.fromEntries(rows.map(({ key, value }) => [key.slice(incident.length + 1), value?.status]));
}

async function sentBy({ syncStore }: Storage) {
  return valueOf(await syncStore.prepare(most))?.body.changes ?? [];
}

function same(found: unknown, wanted: unknown): void {
  const [text, expected] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (text !== expected) throw new Error(`${text} instead of ${expected}`);
}
