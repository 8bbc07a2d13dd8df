import { afterEach, describe, expect, it } from 'vitest';
import { incident, logDraft, taskDraft } from './support/drafts.ts';
import { failAfter } from './support/failing-disk.ts';
import { ModelServer } from './support/model-server.ts';
import { openPhone, type Phone } from './support/open-phone.ts';
import { awaitLive, valueOf } from './support/phone-parts.ts';
import { join, syncAll } from './support/sync-round.ts';

const most = { changes: 500, bytes: 1e6 };
let restoreDisk = (): void => undefined;
afterEach(() => restoreDisk());

/** All rows of all tables: what is on disk. */
async function dump(disk: IDBFactory, name: string): Promise<string> {
  const request = <T>(asked: IDBRequest<T>) =>
    new Promise<T>((resolve) => (asked.onsuccess = () => resolve(asked.result)));
  const database = await request(disk.open(name));
  const rows: unknown[] = [];
  for (const table of database.objectStoreNames)
    rows.push(table, await request(database.transaction(table).objectStore(table).getAll()));
  database.close();
  return JSON.stringify(rows);
}

/** Breaks `work` at its first write, its second, … until it succeeds; each time the disk must be as before. */
async function breakEverywhere(
  phone: Phone,
  name: string,
  work: () => Promise<{ readonly ok: boolean }>,
): Promise<number> {
  for (let writes = 0; ; writes += 1) {
    const before = await dump(phone.disk, phone.name);
    restoreDisk = failAfter(writes, name);
    const result = await work();
    restoreDisk();
    if (result.ok) return writes;
    expect(await dump(phone.disk, phone.name), `after ${String(writes)} writes`).toBe(before);
  }
}

describe('a crash between any two writes leaves nothing half', () => {
  it('[REL-27] [REL-28] of what a person wrote', async () => {
    const phone = await openPhone();
    await join(phone, new ModelServer(), 'ana');
    valueOf(await phone.records.write([taskDraft('IT-01', 'in-progress')]));
    const writes = await breakEverywhere(phone, 'QuotaExceededError', async () => {
      const result = await phone.records.write([taskDraft('IT-01', 'done'), logDraft('a', 'done')]);
      if (!result.ok) expect(result.error).toEqual({ tag: 'storage-full' });
      return result;
    });
    expect(writes).toBeGreaterThan(3);
    expect(valueOf(await phone.syncStore.prepare(most))?.body.changes.map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  it('[REL-9] [REL-28] of outcomes, page and cursor', async () => {
    const server = new ModelServer();
    const [ana, ben] = [await openPhone(), await openPhone()];
    await join(ana, server, 'ana');
    await join(ben, server, 'ben');
    valueOf(await ben.records.write([taskDraft('IT-01', 'done'), taskDraft('IT-02', 'done')]));
    await syncAll(ben, server);
    valueOf(await ana.records.write([taskDraft('IT-02', 'blocked')]));
    const sent = valueOf(await ana.syncStore.prepare(most));
    const reply = server.handle(sent!);
    if ('code' in reply) throw new Error(reply.code);
    const writes = await breakEverywhere(ana, 'QuotaExceededError', () => ana.syncStore.apply(sent!, reply));
    expect(writes).toBeGreaterThan(4);
    await syncAll(ana, server);
    expect(await awaitLive(ana.records.watchPrefix('task', ''))).toHaveLength(2);
    expect(server.accepted()).toHaveLength(3);
  });

  it('[REL-9] [REL-28] of a change-over to a new replica', async () => {
    const server = new ModelServer();
    const [ana, ben] = [await openPhone(), await openPhone()];
    await join(ana, server, 'ana');
    await join(ben, server, 'ben');
    valueOf(await ben.records.write([taskDraft('IT-01', 'done')]));
    await syncAll(ben, server);
    valueOf(await ana.records.write([taskDraft('IT-02', 'done')]));
    await syncAll(ana, server);
    server.restore([], 'e_2');
    const stale = valueOf(await ana.syncStore.prepare(most));
    const changed = server.handle(stale!);
    if (!('code' in changed)) throw new Error('no other past');
    await breakEverywhere(ana, 'QuotaExceededError', () => ana.syncStore.historyChanged(stale!, changed));
    const sent = valueOf(await ana.syncStore.prepare(most));
    const reply = server.handle(sent!);
    if ('code' in reply) throw new Error(reply.code);
    await breakEverywhere(ana, 'QuotaExceededError', () => ana.syncStore.apply(sent!, reply));
    await syncAll(ana, server);
    expect((await awaitLive(ana.records.watchPrefix('task', ''))).map(({ key }) => key)).toEqual([`${incident}/IT-02`]);
  });

  it('[REL-27] [REL-17] of joining and of a new identity', async () => {
    const phone = await openPhone();
    valueOf(await phone.device.startAlone('Ana'));
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    const key = valueOf(await phone.syncStore.key());
    const reply = (device: string) =>
      ({
        device: device as never,
        person: 'ana' as never,
        workspace: { id: 'w1', name: '' },
        access: 'coordinator',
        roles: [],
      }) as const;
    await breakEverywhere(phone, 'QuotaExceededError', () =>
      phone.syncStore.adopt('https://x.example', reply(key!.device)),
    );
    const next = valueOf(await phone.syncStore.createNextKey());
    await breakEverywhere(phone, 'QuotaExceededError', () => phone.syncStore.reissue(next, reply(next.device)));
    expect(valueOf(await phone.syncStore.prepare(most))?.body.changes.map(({ n }) => n)).toEqual([1, 2]);
  });
});
