import { describe, expect, it } from 'vitest';
import type { PreparedRequest } from '../../src/domain/ports/sync-store.ts';
import { incident, taskDraft, logDraft } from './support/drafts.ts';
import { ModelServer } from './support/model-server.ts';
import { openPhone, type Phone } from './support/open-phone.ts';
import { awaitLive, follow, valueOf } from './support/phone-parts.ts';
import { join, syncAll, syncOnce } from './support/sync-round.ts';

const most = { changes: 500, bytes: 1e6 };

async function prepared(phone: Phone, limit = most): Promise<PreparedRequest> {
  const sent = valueOf(await phone.syncStore.prepare(limit));
  if (sent === null) throw new Error('not a member');
  return sent;
}

async function statuses(phone: Phone) {
  const rows = await awaitLive(phone.records.watchPrefix('task', `${incident}/`));
  return Object.fromEntries(rows.map(({ key, value }) => [key.slice(incident.length + 1), value?.status]));
}

async function write(phone: Phone, code: string, status: Parameters<typeof taskDraft>[1]): Promise<void> {
  phone.clock.advance(1_000);
  const shown = valueOf(await phone.records.read('task', `${incident}/${code}`));
  valueOf(await phone.records.write([taskDraft(code, status, shown)]));
}

async function asideOf(phone: Phone): Promise<readonly string[]> {
  const file = await valueOf(await phone.device.exportBackup()).text();
  return file.split('\n').filter((line) => line.startsWith('{"entry":"aside"'));
}

async function threeTasks() {
  const server = new ModelServer();
  const [ana, ben] = [await openPhone(), await openPhone()];
  await join(ana, server, 'ana');
  await join(ben, server, 'ben');
  for (const code of ['IT-01', 'IT-02', 'IT-03']) await write(ben, code, 'in-progress');
  await syncAll(ben, server);
  await syncAll(ana, server);
  return { server, ana, ben };
}

describe('a new view', () => {
  it('[VIEW] is pulled into a second replica, and shown only when it is whole', async () => {
    const { server, ana } = await threeTasks();
    server.view = 'responder';
    server.pageSize = 1;
    const watch = follow(ana.records.watchPrefix('task', `${incident}/`));
    expect(await syncOnce(ana, server)).toMatchObject({ more: true });
    expect(await syncOnce(ana, server)).toMatchObject({ more: true });
    expect(Object.keys(await statuses(ana))).toHaveLength(3);
    expect(watch.values.every((rows) => rows.length === 3)).toBe(true);
    await syncAll(ana, server);
    expect(Object.keys(await statuses(ana))).toHaveLength(3);
    expect((await prepared(ana)).body.view).toBe('responder');
    expect(watch.values.every((rows) => rows.length === 3)).toBe(true);
    watch.stop();
  });

  it('[VIEW] takes away what the device may no longer see, and leaves the outbox alone', async () => {
    const { server, ana } = await threeTasks();
    await write(ana, 'IT-09', 'done');
    server.view = 'vendor';
    const all = server.winners.bind(server);
    server.winners = () => all().filter(({ key }) => !key.endsWith('IT-02'));
    await syncAll(ana, server);
    expect(await statuses(ana)).toEqual({ 'IT-01': 'in-progress', 'IT-03': 'in-progress', 'IT-09': 'done' });
  });

  it('[VIEW] writes during the fill are kept, shown and sent', async () => {
    const { server, ana } = await threeTasks();
    server.view = 'responder';
    server.pageSize = 1;
    await syncOnce(ana, server);
    await write(ana, 'IT-02', 'done');
    expect((await statuses(ana))['IT-02']).toBe('done');
    await syncAll(ana, server);
    expect((await statuses(ana))['IT-02']).toBe('done');
    expect(server.winners().find(({ key }) => key.endsWith('IT-02'))?.value).toMatchObject({ status: 'done' });
  });

  it('[VIEW] deletes the old replica afterwards', async () => {
    const { server, ana } = await threeTasks();
    server.view = 'responder';
    await syncAll(ana, server);
    const file = await valueOf(await ana.device.exportBackup()).text();
    expect(file.match(/"entry":"record"/g)).toHaveLength(3);
    const tab = await openPhone(ana);
    expect(Object.keys(await statuses(tab))).toHaveLength(3);
  });
});

describe('[REL-10] a server with another past', () => {
  it('gets everything again with the stamps it had, refused changes included, before anything newer', async () => {
    const { server, ana } = await threeTasks();
    const yesterday = server.backup();
    await write(ana, 'IT-01', 'done');
    await syncAll(ana, server);
    server.refuses = ({ key }) => (key.endsWith('IT-02') ? { code: 'forbidden', message: '' } : null);
    await write(ana, 'IT-02', 'done');
    await syncAll(ana, server);
    const given = server.winners().find(({ key }) => key.endsWith('IT-01'))?.stamp;
    server.restore(yesterday, 'e_2');
    await write(ana, 'IT-03', 'done');
    expect(await syncOnce(ana, server)).toBe('history-changed');
    const again = await prepared(ana);
    expect(again.body).toMatchObject({ epoch: 'e_2', cursor: 0 });
    expect(again.body.changes.map(({ key, given: stamp }) => [key.slice(-5), stamp !== undefined])).toEqual([
      ['IT-01', true],
      ['IT-02', true],
    ]);
    expect(again.body.changes[0]?.given).toBe(given);
    expect(again.remaining).toBe(1);
    server.refuses = () => null;
    await syncAll(ana, server);
    expect(await statuses(ana)).toEqual({ 'IT-01': 'done', 'IT-02': 'done', 'IT-03': 'done' });
    expect(server.winners().find(({ key }) => key.endsWith('IT-01'))?.stamp).toBe(given);
  });

  it('does not change the screen meanwhile: what had been overruled does not come back', async () => {
    const { server, ana, ben } = await threeTasks();
    await write(ana, 'IT-01', 'done');
    await syncAll(ana, server);
    ben.clock.advance(100_000);
    await syncAll(ben, server);
    await write(ben, 'IT-01', 'blocked');
    await syncAll(ben, server);
    await syncAll(ana, server);
    expect((await statuses(ana))['IT-01']).toBe('blocked');
    server.restore(server.backup(), 'e_2');
    server.pageSize = 1;
    const watch = follow(ana.records.watch('task', `${incident}/IT-01`));
    expect(await syncOnce(ana, server)).toBe('history-changed');
    await syncOnce(ana, server);
    await syncAll(ana, server);
    await awaitLive(ana.records.watch('task', `${incident}/IT-01`));
    expect(watch.values.map((shown) => shown?.value?.status)).toEqual(watch.values.map(() => 'blocked'));
    watch.stop();
  });

  it('shows a new change at once although the old replica has a greater seq', async () => {
    const { server, ana, ben } = await threeTasks();
    const first = server.backup();
    for (const code of ['IT-04', 'IT-05', 'IT-06', 'IT-07', 'IT-08']) await write(ben, code, 'done');
    await syncAll(ben, server);
    for (let at = 0; at < 5; at += 1) await write(ana, 'IT-02', at % 2 === 0 ? 'blocked' : 'in-progress');
    await syncAll(ana, server);
    server.restore(first, 'e_2');
    server.pageSize = 1;
    await syncOnce(ana, server);
    await syncOnce(ana, server);
    await write(ana, 'IT-02', 'done');
    expect(await syncOnce(ana, server)).toMatchObject({ more: true });
    expect(valueOf(await ana.records.read('task', `${incident}/IT-02`))).toMatchObject({
      value: { status: 'done' },
      unsent: false,
    });
    await syncAll(ana, server);
    expect((await statuses(ana))['IT-02']).toBe('done');
  });

  it('is noticed by its head too, where the epoch is the same', async () => {
    const { server, ana } = await threeTasks();
    const yesterday = server.backup();
    await write(ana, 'IT-01', 'done');
    await syncAll(ana, server);
    server.restore(yesterday, null);
    expect(await syncOnce(ana, server)).toBe('history-changed');
    await syncAll(ana, server);
    expect((await statuses(ana))['IT-01']).toBe('done');
    expect(server.accepted()).toHaveLength(4);
  });

  it('keeps aside what others wrote and it lost, but not what this phone sends again', async () => {
    const { server, ana, ben } = await threeTasks();
    const yesterday = server.backup();
    await write(ben, 'IT-07', 'done');
    await syncAll(ben, server);
    await write(ana, 'IT-08', 'done');
    await syncAll(ana, server);
    server.restore(yesterday, 'e_2');
    await syncAll(ana, server);
    const aside = await asideOf(ana);
    expect(aside).toHaveLength(1);
    expect(aside[0]).toContain('IT-07');
    expect(Object.keys(await statuses(ana)).sort()).toEqual(['IT-01', 'IT-02', 'IT-03', 'IT-08']);
  });

  it('switches only after a verdict for every change sent again', async () => {
    const { server, ana } = await threeTasks();
    for (let at = 0; at < 5; at += 1) valueOf(await ana.records.write([logDraft(`n-${String(at)}`, 'x')]));
    await syncAll(ana, server);
    server.restore([], 'e_2');
    await syncOnce(ana, server);
    await syncOnce(ana, server, { changes: 2, bytes: 1e6 });
    expect(Object.keys(await statuses(ana)), 'the old replica').toHaveLength(3);
    await syncAll(ana, server, { changes: 2, bytes: 1e6 });
    expect(Object.keys(await statuses(ana))).toHaveLength(0);
    expect(await awaitLive(ana.records.watchPrefix('log', ''))).toHaveLength(5);
  });

  it('[REL-11] a workspace begun anew elsewhere gets all that the phone made', async () => {
    const { server, ana } = await threeTasks();
    await write(ana, 'IT-05', 'done');
    await syncAll(ana, server);
    const other = new ModelServer();
    other.epoch = 'e_other';
    const key = valueOf(await ana.syncStore.key());
    valueOf(
      await ana.syncStore.adopt('https://new.example', {
        ...{ device: key?.device as never, person: 'ana' as never, access: 'coordinator', roles: [] },
        workspace: { id: 'w2', name: 'New' },
      }),
    );
    await syncAll(ana, other);
    expect(other.accepted()).toHaveLength(1);
    expect(await statuses(ana)).toEqual({ 'IT-05': 'done' });
    expect(await asideOf(ana)).toHaveLength(3);
  });
});
