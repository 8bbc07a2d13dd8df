import { describe, expect, it } from 'vitest';
import type { LostRecord } from '../../src/domain/ports/lost-records.ts';
import { incidentId } from '../../src/domain/incident/incident-id.ts';
import type { PersonId, PlanHash } from '../../src/domain/ids.ts';
import type { Change } from '../../src/domain/sync/protocol.ts';
import { incident, logDraft, taskDraft } from './support/drafts.ts';
import { ModelServer } from './support/model-server.ts';
import { openPhone, type Phone } from './support/open-phone.ts';
import { awaitLive, valueOf } from './support/phone-parts.ts';
import { soon } from './support/soon.ts';
import { join, syncAll } from './support/sync-round.ts';

type Status = Parameters<typeof taskDraft>[1];

async function write(phone: Phone, code: string, status: Status): Promise<void> {
  phone.clock.advance(1_000);
  const shown = valueOf(await phone.records.read('task', `${incident}/${code}`));
  valueOf(await phone.records.write([taskDraft(code, status, shown)]));
}

async function lostOn(phone: Phone): Promise<readonly LostRecord[]> {
  return awaitLive(phone.lost.all);
}

async function namesLostOn(phone: Phone): Promise<readonly string[]> {
  return (await lostOn(phone)).map(({ kind, key }) => `${kind} ${key.slice(incident.length + 1)}`);
}

async function putBackAll(phone: Phone): Promise<number> {
  phone.clock.advance(1_000);
  return valueOf(await phone.lost.putBack((await lostOn(phone)).map(({ change }) => change)));
}

async function statuses(phone: Phone) {
  const rows = await awaitLive(phone.records.watchPrefix('task', `${incident}/`));
  return Object.fromEntries(rows.map(({ key, value }) => [key.slice(incident.length + 1), value?.status]));
}

/** Ben reported two tasks and a note; the server then loses everything, and Ana's phone has been back once. */
async function lostToAll() {
  const server = new ModelServer();
  const [ana, ben, cleo] = [await openPhone(), await openPhone(), await openPhone()];
  await join(ana, server, 'ana');
  await join(ben, server, 'ben');
  await join(cleo, server, 'cleo');
  await write(ben, 'IT-01', 'done');
  await write(ben, 'IT-02', 'blocked');
  valueOf(await ben.records.write([logDraft('note', 'Ben was here', 'IT-01')]));
  for (const phone of [ben, ana, cleo]) await syncAll(phone, server);
  server.restore([], 'e_2');
  await syncAll(ana, server);
  return { server, ana, ben, cleo };
}

describe('[REL-10] what a server lost and only this phone still holds', () => {
  it('is told with what, by whom and when, in the order in which it would be sent', async () => {
    const { ana, server, ben } = await lostToAll();
    const [task, , log] = await lostOn(ana);
    expect(await namesLostOn(ana)).toEqual(['task IT-01', 'task IT-02', 'log note']);
    expect(task).toMatchObject({
      value: { status: 'done' },
      author: { person: 'ben' },
      hasOlder: false,
      tooNew: false,
    });
    expect(log?.value).toMatchObject({ text: 'Ben was here' });
    expect(server.accepted()).toHaveLength(0);
    expect(await lostOn(ben)).toEqual([]);
  });

  it('is put back as new changes of this device that keep every value, and leaves the list', async () => {
    const { ana, server } = await lostToAll();
    const lost = await lostOn(ana);
    expect(await putBackAll(ana)).toBe(3);
    expect(await lostOn(ana)).toEqual([]);
    await syncAll(ana, server);
    expect(server.winners().map(({ kind, key, value, author }) => [kind, key, value, author.person])).toEqual(
      lost.map(({ kind, key, value }) => [kind, key, value, 'ana']),
    );
    expect(await statuses(ana)).toEqual({ 'IT-01': 'done', 'IT-02': 'blocked' });
  });

  it('pressed twice, and by two coordinators one after the other, puts nothing back twice', async () => {
    const { ana, cleo, server } = await lostToAll();
    const ids = (await lostOn(ana)).map(({ change }) => change);
    const presses = await Promise.all([ana.lost.putBack(ids), ana.lost.putBack(ids)]);
    expect(new Set(presses.map(valueOf))).toEqual(new Set([0, 3]));
    await syncAll(ana, server);
    await syncAll(cleo, server);
    expect(await lostOn(cleo)).toEqual([]);
    expect(await putBackAll(cleo)).toBe(0);
    expect(valueOf(await cleo.lost.putBack(ids))).toBe(0);
    await syncAll(cleo, server);
    expect(server.accepted()).toHaveLength(3);
  });

  it('put back by two coordinators without a network in between, every record still stands once with its value', async () => {
    const { ana, cleo, server } = await lostToAll();
    const named = (records: readonly { readonly kind: string; readonly key: string; readonly value: unknown }[]) =>
      Object.fromEntries(records.map(({ kind, key, value }) => [`${kind} ${key}`, value]));
    const wanted = named(await lostOn(ana));
    await syncAll(cleo, server);
    expect([await putBackAll(ana), await putBackAll(cleo)]).toEqual([3, 3]);
    for (const phone of [ana, cleo, ana]) await syncAll(phone, server);
    expect(named(server.winners())).toEqual(wanted);
    expect([await lostOn(ana), await lostOn(cleo)]).toEqual([[], []]);
  });

  it('only what was chosen goes back; the rest stays in the list', async () => {
    const { ana, server } = await lostToAll();
    const chosen = (await lostOn(ana)).filter(({ kind }) => kind === 'log').map(({ change }) => change);
    expect(valueOf(await ana.lost.putBack(chosen))).toBe(1);
    await syncAll(ana, server);
    expect(await namesLostOn(ana)).toEqual(['task IT-01', 'task IT-02']);
    expect(server.accepted()).toHaveLength(1);
  });

  it('leaves the list when the phone that made it is back, and its author is the ancestor of what was put back', async () => {
    const { ana, ben, server } = await lostToAll();
    const tasks = (await lostOn(ana)).filter(({ kind }) => kind === 'task');
    const [first] = tasks;
    ana.clock.advance(10_000);
    valueOf(await ana.lost.putBack(first === undefined ? [] : [first.change]));
    await syncAll(ana, server);
    await syncAll(ben, server);
    await syncAll(ana, server);
    expect(await lostOn(ana)).toEqual([]);
    const winner = server.winners().find(({ key }) => key === first?.key);
    expect(winner).toMatchObject({ base: first?.change, author: { person: 'ana' }, value: { status: 'done' } });
    expect(server.accepted()).toContain(first?.change);
  });

  it('gives way to what this phone itself says later of the record, sent or not', async () => {
    const { ana } = await lostToAll();
    await write(ana, 'IT-01', 'in-progress');
    expect(await namesLostOn(ana)).toEqual(['task IT-02', 'log note']);
    expect(await putBackAll(ana)).toBe(2);
    expect(await statuses(ana)).toMatchObject({ 'IT-01': 'in-progress' });
  });

  it('yesterday’s state is told as older, and what is put back rests on it', async () => {
    const server = new ModelServer();
    const [ana, ben] = [await openPhone(), await openPhone()];
    await join(ana, server, 'ana');
    await join(ben, server, 'ben');
    await write(ben, 'IT-01', 'in-progress');
    await syncAll(ben, server);
    const yesterday = server.backup();
    await write(ben, 'IT-01', 'done');
    await syncAll(ben, server);
    await syncAll(ana, server);
    server.restore(yesterday, 'e_2');
    await syncAll(ana, server);
    expect(await lostOn(ana)).toMatchObject([{ hasOlder: true, value: { status: 'done' } }]);
    const older = server.winners()[0]?.change;
    expect(await putBackAll(ana)).toBe(1);
    await syncAll(ana, server);
    expect(server.winners()).toMatchObject([{ base: older, value: { status: 'done' } }]);
  });

  it('goes out plan versions and incidents first, whatever was written first', async () => {
    const server = new ModelServer();
    const [ana, ben] = [await openPhone(), await openPhone()];
    await join(ana, server, 'ana');
    await join(ben, server, 'ben');
    await write(ben, 'IT-01', 'done');
    valueOf(
      await ben.records.write([{ kind: 'person', key: 'ben', value: { name: 'Ben', contacts: [] }, shown: null }]),
    );
    const plan = 'a'.repeat(64) as PlanHash;
    const value = {
      ...{ plan, mode: 'incident', code: 'dakumofi', title: 'Fire', severity: 'major', zone: 'UTC' },
      ...{ startedAt: '2026-11-23T12:00:00.000Z', status: 'active', mergedInto: null },
    } as never;
    valueOf(
      await ben.records.write([
        { kind: 'incident', key: incidentId(plan, 'incident', 'dakumofi'), value, shown: null },
      ]),
    );
    await syncAll(ben, server);
    await syncAll(ana, server);
    server.restore([], 'e_2');
    await syncAll(ana, server);
    await putBackAll(ana);
    await syncAll(ana, server);
    expect(server.winners().map(({ kind }) => kind)).toEqual(['incident', 'person', 'task']);
  });

  it('a record of a kind that this app does not know is told and left for a newer one', async () => {
    const server = new ModelServer();
    const ana = await openPhone();
    await join(ana, server, 'ana');
    const stamp = '2026-11-23T12:00:00.000Z-0000-3f9ac2d1b7e84c05' as Change['stamp'];
    const made = { n: 1, key: 'a', value: 1, base: null, seen: null, stamp, wall: '2026-11-23T12:00:00.000Z', line: 1 };
    server.plant(
      { ...made, id: '01930000-0000-7000-8000-000000000001', kind: 'drone', v: 1 } as unknown as Change,
      'ben',
    );
    await syncAll(ana, server);
    server.restore([], 'e_2');
    await syncAll(ana, server);
    expect(await lostOn(ana)).toMatchObject([{ kind: 'drone', tooNew: true }]);
    expect(await putBackAll(ana)).toBe(0);
    expect(await lostOn(ana)).toHaveLength(1);
  });

  it('a grant rests on the winner of today alone, or on nothing', async () => {
    const server = new ModelServer();
    const [ana, ben] = [await openPhone(), await openPhone()];
    await join(ana, server, 'ana');
    await join(ben, server, 'ben');
    const grant = (person: string, roles: readonly string[]) =>
      ({
        kind: 'grant',
        key: person as PersonId,
        value: { access: 'coordinator', roles: roles as never },
        shown: null,
      }) as const;
    valueOf(await ben.records.write([grant('ana', ['lead']), grant('cleo', [])]));
    await syncAll(ben, server);
    await syncAll(ana, server);
    // a server set up anew knows Ana by the code she used, without the roles that she had
    const anew = new ModelServer();
    anew.restore([], 'e_2');
    const setUp = await openPhone();
    setUp.clock.advance(1_000_000);
    await join(setUp, anew, 'server');
    valueOf(await setUp.records.write([grant('ana', [])]));
    await syncAll(setUp, anew);
    server.restore(anew.backup(), 'e_2');
    await syncAll(ana, server);
    const standing = server.winners()[0]?.change;
    expect((await lostOn(ana)).map(({ key }) => key)).toEqual(['ana', 'cleo']);
    expect(await putBackAll(ana)).toBe(2);
    await syncAll(ana, server);
    expect(server.winners()).toMatchObject([
      { key: 'ana', base: standing, value: { roles: ['lead'] } },
      { key: 'cleo', base: null },
    ]);
  });

  it('a watcher hears of it as soon as it is found', async () => {
    const { server, cleo } = await lostToAll();
    const heard: number[] = [];
    const stop = cleo.lost.all.subscribe(
      (lost) => heard.push(lost.length),
      () => undefined,
    );
    await soon(() => expect(heard).toEqual([0]));
    await syncAll(cleo, server);
    await soon(() => expect(heard.at(-1)).toBe(3));
    await putBackAll(cleo);
    await soon(() => expect(heard.at(-1)).toBe(0));
    stop();
  });
});
