import { describe, expect, it } from 'vitest';
import type { SyncReply } from '../../src/domain/sync/protocol.ts';
import type { PreparedRequest } from '../../src/domain/ports/sync-store.ts';
import { day } from '../../src/domain/time.ts';
import { incident, logDraft, taskDraft } from './support/drafts.ts';
import { ModelServer } from './support/model-server.ts';
import { openMember, openPhone, type Phone } from './support/open-phone.ts';
import { awaitLive, follow, valueOf } from './support/phone-parts.ts';
import { soon } from './support/soon.ts';
import { join, syncAll, syncOnce } from './support/sync-round.ts';

const most = { changes: 500, bytes: 1e6 };

async function prepared(phone: Phone, limit = most): Promise<PreparedRequest> {
  const sent = valueOf(await phone.syncStore.prepare(limit));
  if (sent === null) throw new Error('not a member');
  return sent;
}

function replyTo(server: ModelServer, sent: PreparedRequest): SyncReply {
  const reply = server.handle(sent);
  if ('code' in reply) throw new Error(reply.code);
  return reply;
}

async function statusOf(phone: Phone, code = 'IT-01') {
  const shown = valueOf(await phone.records.read('task', `${incident}/${code}`));
  return shown === null ? null : { status: shown.value?.status, unsent: shown.unsent };
}

async function write(phone: Phone, code: string, status: Parameters<typeof taskDraft>[1]): Promise<void> {
  phone.clock.advance(1_000);
  const shown = valueOf(await phone.records.read('task', `${incident}/${code}`));
  valueOf(await phone.records.write([taskDraft(code, status, shown)]));
}

async function twoPhones() {
  const server = new ModelServer();
  const [ana, ben] = [await openPhone(), await openPhone()];
  await join(ana, server, 'ana');
  await join(ben, server, 'ben');
  return { server, ana, ben };
}

describe('prepare', () => {
  it('[PUSH] gives nothing while the device has no server, and all it has afterwards', async () => {
    const phone = await openPhone();
    valueOf(await phone.device.startAlone('Ana'));
    await write(phone, 'IT-01', 'done');
    expect(valueOf(await phone.syncStore.prepare(most))).toBeNull();
    const server = new ModelServer();
    await join(phone, server, valueOf(await phone.syncStore.person()) ?? '');
    await syncAll(phone, server);
    expect(server.accepted()).toHaveLength(2);
    expect(await statusOf(phone)).toEqual({ status: 'done', unsent: false });
  });

  it('[PUSH] fills by bytes and by number, oldest first, and lets one large change go alone', async () => {
    const phone = await openMember();
    valueOf(await phone.records.write([logDraft('a', 'x'.repeat(4_000)), logDraft('b', 'x'), logDraft('c', 'x')]));
    expect((await prepared(phone, { changes: 2, bytes: 1e6 })).body.changes.map(({ n }) => n)).toEqual([1, 2]);
    const small = await prepared(phone, { changes: 500, bytes: 500 });
    expect(small.body.changes.map(({ n }) => n)).toEqual([1]);
    expect(small.remaining).toBe(2);
    expect(small.body.last).toBe(false);
  });

  it('[PUSH] asks for few records beside changes, so that verdicts come first, and for a whole page without', async () => {
    const { server, ana } = await twoPhones();
    await write(ana, 'IT-01', 'done');
    expect((await prepared(ana)).body.limit).toBe(100);
    await syncAll(ana, server);
    expect((await prepared(ana)).body.limit).toBe(500);
  });
});

describe('overlay', () => {
  it('[ORDER] shows the own change over the pulled record until that has it in its past', async () => {
    const { server, ana, ben } = await twoPhones();
    await write(ana, 'IT-01', 'in-progress');
    await syncAll(ana, server);
    await syncAll(ben, server);
    await write(ana, 'IT-01', 'done');
    ben.clock.advance(60_000);
    await write(ben, 'IT-01', 'blocked');
    await syncAll(ben, server);
    expect(await statusOf(ana)).toEqual({ status: 'done', unsent: true });
    const sent = await prepared(ana);
    const reply = replyTo(server, sent);
    const withoutPage = { ...reply, records: [], cursor: sent.body.cursor, more: true };
    valueOf(await ana.syncStore.apply(sent, withoutPage));
    expect(reply.outcomes[0]?.outcome).toBe('superseded');
    expect(await statusOf(ana), 'judged, but the winner has not been pulled').toEqual({
      status: 'done',
      unsent: false,
    });
    await syncAll(ana, server);
    expect(await statusOf(ana)).toEqual({ status: 'blocked', unsent: false });
  });

  it('[ORDER] goes back to what stood before when the newest change is refused, and keeps it with its reason', async () => {
    const { server, ana } = await twoPhones();
    await write(ana, 'IT-01', 'in-progress');
    await syncAll(ana, server);
    server.refuses = () => ({ code: 'forbidden', message: 'not yours' });
    await write(ana, 'IT-01', 'done');
    await syncAll(ana, server);
    expect(await statusOf(ana)).toEqual({ status: 'in-progress', unsent: false });
    const [refused] = await awaitLive(ana.device.refused, (list) => list.length === 1);
    expect(refused).toMatchObject({ kind: 'task', reason: { code: 'forbidden' }, value: { status: 'done' } });
    valueOf(await ana.device.giveUp(refused?.change as never));
    expect(await awaitLive(ana.device.refused, (list) => list.length === 0)).toEqual([]);
  });

  it('[ORDER] shows the older unsent change when the newer one is refused', async () => {
    const { server, ana } = await twoPhones();
    await write(ana, 'IT-01', 'in-progress');
    await write(ana, 'IT-01', 'done');
    const sent = await prepared(ana);
    const reply = replyTo(server, sent);
    const outcomes = [
      { ...reply.outcomes[0]! },
      {
        ...reply.outcomes[1]!,
        outcome: 'refused' as const,
        seq: null,
        reason: { code: 'stale' as const, message: '' },
      },
    ];
    valueOf(await ana.syncStore.apply(sent, { ...reply, outcomes, records: [], cursor: 0, more: true }));
    expect(await statusOf(ana)).toEqual({ status: 'in-progress', unsent: false });
  });

  it('[REL-34] shows a record of a newer app read-only and writes nothing over it', async () => {
    const { server, ana } = await twoPhones();
    const other = await openMember('ben');
    await write(other, 'IT-01', 'done');
    const change = (await prepared(other)).body.changes[0]!;
    server.plant({ ...change, v: 9 }, 'ben');
    await syncAll(ana, server);
    expect(valueOf(await ana.records.read('task', `${incident}/IT-01`))?.readOnly).toBe(true);
    expect(await ana.records.write([taskDraft('IT-01', 'blocked')])).toMatchObject({ error: { tag: 'read-only' } });
  });

  it('[REC-2] keeps a record that it can’t read as it came, leaves it out, counts it and writes nothing over it', async () => {
    const { server, ana } = await twoPhones();
    const other = await openMember('ben');
    await write(other, 'IT-01', 'done');
    await write(other, 'IT-02', 'done');
    const [first, second] = (await prepared(other)).body.changes;
    server.plant({ ...first!, value: { status: 'half-done', since: 1 } }, 'ben');
    server.plant(second!, 'ben');
    await syncAll(ana, server);
    const [tasks, count] = [follow(ana.records.watchPrefix('task', `${incident}/`)), follow(ana.records.unreadable)];
    await soon(() => expect(tasks.values.at(-1)?.map(({ key }) => key)).toEqual([`${incident}/IT-02`]));
    await soon(() => expect(count.values.at(-1)).toBe(1));
    expect(valueOf(await ana.records.read('task', `${incident}/IT-01`))).toBeNull();
    expect(await ana.records.write([taskDraft('IT-01', 'blocked')])).toMatchObject({ error: { tag: 'read-only' } });
    const kept = await valueOf(await ana.device.exportBackup()).text();
    expect(kept).toContain('half-done');
    tasks.stop();
    await soon(() => expect(count.values.at(-1)).toBe(0));
    count.stop();
  });

  it('[REL-34] stores a kind it does not know, unread', async () => {
    const { server, ana } = await twoPhones();
    const other = await openMember('ben');
    await write(other, 'IT-01', 'done');
    server.plant({ ...(await prepared(other)).body.changes[0]!, kind: 'drone', key: 'x' }, 'ben');
    await syncAll(ana, server);
    expect((await prepared(ana)).body.cursor).toBe(1);
    const file = await valueOf(await ana.device.exportBackup()).text();
    expect(file).toContain('"drone"');
  });
});

describe('apply', () => {
  it('[REL-14] changes nothing when the same reply comes twice', async () => {
    const { server, ana } = await twoPhones();
    await write(ana, 'IT-01', 'done');
    const sent = await prepared(ana);
    const reply = replyTo(server, sent);
    expect(valueOf(await ana.syncStore.apply(sent, reply)).tag).toBe('stored');
    const before = await prepared(ana);
    expect(valueOf(await ana.syncStore.apply(sent, reply)).tag).toBe('dropped');
    expect(await prepared(ana)).toEqual(before);
  });

  it('[REL-14] a reply lost ten times in a row sends the same changes again and counts them once', async () => {
    const { server, ana } = await twoPhones();
    await write(ana, 'IT-01', 'done');
    for (let lost = 0; lost < 10; lost += 1) replyTo(server, await prepared(ana));
    await syncAll(ana, server);
    expect(server.accepted()).toHaveLength(1);
    expect((await prepared(ana)).body.changes).toEqual([]);
  });

  it('[REL-20] drops the reply of a request that another tab was quicker than', async () => {
    const { server, ana, ben } = await twoPhones();
    await write(ben, 'IT-02', 'done');
    await syncAll(ben, server);
    const tab = await openPhone(ana);
    const slow = await prepared(ana);
    const slowReply = replyTo(server, slow);
    await syncAll(tab, server);
    await write(ben, 'IT-02', 'blocked');
    await syncAll(ben, server);
    await syncAll(tab, server);
    expect(valueOf(await ana.syncStore.apply(slow, slowReply)).tag).toBe('dropped');
    expect(await statusOf(ana, 'IT-02')).toEqual({ status: 'blocked', unsent: false });
  });

  it('[REL-16] one bad change among a hundred does not stand in the way of the others', async () => {
    const { server, ana } = await twoPhones();
    for (let at = 0; at < 100; at += 1) valueOf(await ana.records.write([taskDraft(`T-${String(at)}`, 'done')]));
    server.refuses = ({ key }) => (key.endsWith('T-50') ? { code: 'invalid', message: 'bad' } : null);
    await syncAll(ana, server);
    expect(server.accepted()).toHaveLength(99);
    expect(await awaitLive(ana.syncStore.unsent, ({ refused }) => refused === 1)).toMatchObject({ unsent: 0 });
  });

  it('[REL-5] keeps the order of hundreds of changes made in one frozen millisecond', async () => {
    const { server, ana } = await twoPhones();
    const drafts = Array.from({ length: 600 }, (_, at) => logDraft(`e-${String(at).padStart(5, '0')}`, 'x'));
    for (let at = 0; at < drafts.length; at += 200) valueOf(await ana.records.write(drafts.slice(at, at + 200)));
    await syncAll(ana, server);
    const stamps = server.winners().map(({ stamp }) => stamp);
    expect(new Set(stamps).size).toBe(600);
    expect([...stamps].sort()).toEqual(stamps);
  });

  it('[SYNC-TRUTH] tells when everything is sent, and how far the first fill is', async () => {
    const { server, ana, ben } = await twoPhones();
    for (let at = 0; at < 30; at += 1) valueOf(await ben.records.write([taskDraft(`T-${String(at)}`, 'done')]));
    await syncAll(ben, server);
    server.pageSize = 10;
    const counts = follow(ana.syncStore.unsent);
    await syncOnce(ana, server);
    expect(await awaitLive(ana.syncStore.unsent, ({ filling }) => filling === 10)).toMatchObject({ unsent: 0 });
    await syncAll(ana, server);
    const last = await awaitLive(ana.syncStore.unsent, ({ filling }) => filling === null);
    expect(last.lastSentAt).not.toBeNull();
    counts.stop();
  });

  it('[REL-4] raises the line when the measured offset moves by over 60 s, and only then', async () => {
    const phone = await openMember();
    for (const offset of [5_000, 50_000, -50_000]) valueOf(await phone.syncStore.observeOffset(offset));
    expect((await prepared(phone)).body.line).toBe(1);
    valueOf(await phone.syncStore.observeOffset(-70_000));
    expect((await prepared(phone)).body.line).toBe(2);
  });

  it('[ORDER] never makes a stamp behind one that it has seen', async () => {
    const { server, ana, ben } = await twoPhones();
    ben.clock.wall += 50_000;
    server.now += 50_000;
    await write(ben, 'IT-01', 'done');
    await syncAll(ben, server);
    await syncAll(ana, server);
    const seen = server.winners()[0]!.stamp;
    await write(ana, 'IT-02', 'done');
    expect((await prepared(ana)).body.changes[0]!.stamp > seen).toBe(true);
  });
});

describe('retention', () => {
  it('[OUTBOX] removes a settled entry only when a backup holds it, 90 days have passed and it is not the newest of its record', async () => {
    const { server, ana } = await twoPhones();
    await write(ana, 'IT-01', 'in-progress');
    await write(ana, 'IT-01', 'done');
    await syncAll(ana, server);
    const kept = async () =>
      (await valueOf(await ana.device.exportBackup()).text())
        .split('\n')
        .filter((line) => line.startsWith('{"entry":"change"')).length;
    server.now += 100 * day;
    await syncAll(ana, server);
    expect(await kept(), 'no backup').toBe(2);
    server.safeSeq = 2;
    server.now += 2 * day;
    await syncAll(ana, server);
    expect(await kept(), 'the newest stays').toBe(1);
    expect(await statusOf(ana)).toEqual({ status: 'done', unsent: false });
  });

  it('[OUTBOX] keeps everything for 90 days even if a backup holds it', async () => {
    const { server, ana } = await twoPhones();
    server.safeSeq = 100;
    await write(ana, 'IT-01', 'in-progress');
    await write(ana, 'IT-01', 'done');
    await syncAll(ana, server);
    server.now += 89 * day;
    await syncAll(ana, server);
    expect((await valueOf(await ana.device.exportBackup()).text()).match(/"entry":"change"/g)).toHaveLength(2);
  });
});
