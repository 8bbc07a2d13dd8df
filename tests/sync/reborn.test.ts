import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessLevel } from '../../src/domain/access/access.ts';
import type { IncidentId, PersonId, RoleId, TaskCode } from '../../src/domain/ids.ts';
import { planHash } from '../../src/domain/plan/plan-hash.ts';
import type { PlanVersion } from '../../src/domain/plan/plan-item.ts';
import type { LostRecord } from '../../src/domain/ports/lost-records.ts';
import type { Draft } from '../../src/domain/ports/records.ts';
import { kinds, type Kind } from '../../src/domain/sync/kinds.ts';
import { instant } from '../../src/domain/time.ts';
import { goesEarly } from '../../src/features/lost/lost-groups.ts';
import { activate, publishVersion } from '../../src/parts/activation.ts';
import { systemRandomness } from '../../src/sync/system-clock.ts';
import { awaitLive, valueOf } from '../storage/support/phone-parts.ts';
import { buildServerProcess } from '../sync-server/support/server-process.ts';
import { setupCode } from '../support/running-server.ts';
import { addressOf } from './support/address-of.ts';
import { mortalServer, type MortalServer } from './support/mortal-server.ts';
import { isSent, openRealPhone, until, type RealPhone } from './support/real-phones.ts';

/*
 * The server's machine is lost; phones with the app's own storage and engine bring back what they hold.
 */

beforeAll(buildServerProcess, 120_000);
const options = { timeout: 300_000 };

async function join(phone: RealPhone, code: string, name: string | null = null): Promise<void> {
  valueOf(await phone.sync.join(code, name, `phone of ${name ?? 'somebody'}`));
  await until(() => isSent(phone) && phone.sync.status.get().filling === null);
}

async function inviteOf(
  by: RealPhone,
  person: { readonly name: string } | { readonly id: PersonId },
  access: AccessLevel,
  roles: readonly string[] = [],
): Promise<string> {
  const request = { person, access, roles: roles as readonly RoleId[], expiresInDays: 7 };
  return valueOf(await by.sync.server.invite(request)).url;
}

async function personOf({ phone }: RealPhone): Promise<PersonId> {
  return valueOf(await phone.syncStore.person()) as PersonId;
}

async function write(phone: RealPhone, drafts: readonly Draft[]): Promise<readonly string[]> {
  const saved = valueOf(await phone.phone.records.write(drafts));
  phone.sync.nudge('wrote');
  return saved.map(({ change }) => change);
}

/** As the checklist does it: the status, and the log entry that tells of it. */
async function tick(
  phone: RealPhone,
  incident: IncidentId,
  code: string,
  status: 'done' | 'in-progress' = 'done',
): Promise<readonly string[]> {
  const [now, by] = [instant(Date.now()), await personOf(phone)];
  const shown = valueOf(await phone.phone.records.read('task', `${incident}/${code}`));
  const entry = { type: 'status', at: now, text: '', role: null, by, transcribedBy: null, medium: 'app' } as const;
  const value = { status, reason: null, startedAt: null, endedAt: status === 'done' ? now : null, by } as const;
  const log = { ...entry, task: code as TaskCode, from: 'not-started', to: status } as const;
  const key = `${incident}/${code}`;
  return write(phone, [
    { kind: 'task', key, value, shown: shown === null ? null : { change: shown.change, stamp: shown.stamp } },
    { kind: 'log', key: `${incident}/${crypto.randomUUID()}`, value: log, shown: null },
  ]);
}

type Told = { readonly kind: string; readonly key: string; readonly value: unknown; readonly person: string | null };

/** Everything that a phone shows, of every kind, by name. */
async function shownBy({ phone }: RealPhone): Promise<ReadonlyMap<string, Told & { readonly change: string }>> {
  const all = new Map<string, Told & { readonly change: string }>();
  for (const kind of Object.keys(kinds) as Kind[]) {
    for (const { key, value, author, change } of await awaitLive(phone.records.watchPrefix(kind, '')))
      all.set(`${kind} ${key}`, { kind, key, value, person: author.person, change });
  }
  return all;
}

async function shownTheSame(...phones: readonly RealPhone[]): Promise<boolean> {
  const shown = await Promise.all(phones.map(shownBy));
  // grants are their person's and the coordinators' to see
  const texts = shown.map((each) => JSON.stringify([...each].filter(([, { kind }]) => kind !== 'grant')));
  return texts.every((text) => text === texts[0]);
}

async function lostOn({ phone }: RealPhone): Promise<readonly LostRecord[]> {
  return awaitLive(phone.lost.all);
}

async function putBack(phone: RealPhone, chosen: (record: LostRecord) => boolean = () => true): Promise<number> {
  const changes = (await lostOn(phone)).filter(chosen).map(({ change }) => change);
  const count = valueOf(await phone.phone.lost.putBack(changes));
  phone.sync.nudge('wrote');
  await until(() => isSent(phone));
  return count;
}

/** The journal's entries of a record: who made each change, oldest first. */
async function journalOf(by: RealPhone, kind: string, key: string): Promise<readonly string[]> {
  return valueOf(await by.sync.server.history(kind, key)).map(({ change }) => change.id);
}

/** Ana set the server up, published the built-in plan, activated it, and invited Ben, a responder; both have ticked. */
async function atWork(server: MortalServer, anaOptions: Parameters<typeof openRealPhone>[1] = {}) {
  const ana = await openRealPhone(server.origin, anaOptions);
  await join(ana, setupCode, 'Ana');
  const file = new URL('../../src/app/plans/online-marketplace-recovery.json', import.meta.url);
  const { format: _, ...version } = JSON.parse(await readFile(file, 'utf8')) as PlanVersion & {
    readonly format: string;
  };
  const plan = { ...version, hash: planHash(version) };
  const [by, now] = [await personOf(ana), Date.now()];
  const about = {
    title: 'Warehouse fire',
    severity: 'major',
    zone: 'Africa/Johannesburg',
    startedAt: instant(now),
    by,
  } as const;
  const { id, drafts } = activate(
    { plan: plan.hash, mode: 'incident', code: 'dakumofi', ...about },
    now,
    systemRandomness,
  );
  await write(ana, [publishVersion(plan, by), ...drafts]);
  const ben = await openRealPhone(server.origin);
  await join(ben, await inviteOf(ana, { name: 'Ben' }, 'responder', ['it-specialists']));
  await tick(ana, id, 'CMD-01');
  await tick(ben, id, 'IT-01');
  await until(() => isSent(ana) && isSent(ben));
  await until(() => shownTheSame(ana, ben));
  return { ana, ben, incident: id, plan };
}

async function offline(...phones: readonly RealPhone[]): Promise<void> {
  for (const phone of phones) phone.sync.nudge('asked');
  await until(() => phones.every(({ sync }) => sync.status.get().connection === 'offline'));
}

describe('[REL-10] yesterday’s backup is restored', () => {
  it('today’s work of everybody comes back once, the revoked stay out, invitations are void', options, async () => {
    const server = await mortalServer();
    const { ana, ben, incident } = await atWork(server);
    const cleo = await openRealPhone(server.origin);
    await join(cleo, await inviteOf(ana, { name: 'Cleo' }, 'responder'));
    await server.backUp();
    const open = await inviteOf(ana, { name: 'Eve' }, 'responder');
    await tick(ben, incident, 'IT-02');
    const twice = await tick(ana, incident, 'IT-01');
    const dora = await openRealPhone(server.origin);
    await join(dora, await inviteOf(ana, { name: 'Dora' }, 'responder', ['it-specialists']));
    const byDora = await tick(dora, incident, 'IT-03');
    await until(() => isSent(dora) && isSent(ben) && isSent(ana));
    await until(() => shownTheSame(ana, ben, dora));
    const lostKey = valueOf(await cleo.phone.syncStore.key())?.device ?? '';
    await cleo.stop();
    valueOf(await ana.sync.server.revoke(lostKey, 'lost'));
    const before = await shownBy(ana);

    await server.burn(true);
    await offline(ana, ben, dora);
    const unsent = await tick(ben, incident, 'IT-04');
    await server.restore();
    await server.start();
    for (const phone of [ana, ben, dora]) phone.sync.nudge('asked');
    await until(() => isSent(ana) && isSent(ben));
    await until(() => dora.sync.status.get().connection === 'needs-code');
    // Dora joined today: she, her access and what she did are what nobody else can send
    await until(async () => (await lostOn(ana)).length === 6);
    expect((await lostOn(ana)).map(({ kind }) => kind)).toEqual(['person', 'person', 'grant', 'grant', 'task', 'log']);
    expect(await putBack(ana)).toBe(6);
    const eve = await openRealPhone(server.origin);
    expect(await eve.sync.join(open, null, 'x')).toEqual({ ok: false, error: { tag: 'code-refused' } });
    await join(dora, await inviteOf(ana, { id: await personOf(dora) }, 'responder', ['it-specialists']));
    await until(() => shownTheSame(ana, ben, dora));

    const after = await shownBy(ana);
    for (const [name, { value }] of before) expect([name, after.get(name)?.value]).toEqual([name, value]);
    expect([...after.keys()].filter((name) => !before.has(name)).length).toBe(unsent.length);
    expect([...after.values()].filter(({ kind }) => kind === 'conflict')).toEqual([]);
    expect(await journalOf(ana, 'task', `${incident}/IT-01`)).toEqual([expect.any(String), twice[0]]);
    expect(await journalOf(ana, 'task', `${incident}/IT-04`)).toEqual([unsent[0]]);
    // hers and the one that was put back, which rests on hers
    expect(await journalOf(ana, 'task', `${incident}/IT-03`)).toEqual(expect.arrayContaining([byDora[0]]));
    const cleosKey = valueOf(await ana.sync.server.devices()).find(({ id }) => id === lostKey);
    expect(cleosKey?.revoked).toBe('lost');
    for (const phone of [ana, ben, dora]) expect(phone.sync.status.get().refused).toBe(0);
  });

  it('two coordinators put the same back at the same moment: nothing is doubled', options, async () => {
    const server = await mortalServer();
    const { ana, ben, incident } = await atWork(server);
    const finn = await openRealPhone(server.origin);
    await join(finn, await inviteOf(ana, { name: 'Finn' }, 'coordinator'));
    await server.backUp();
    await tick(ben, incident, 'IT-02');
    await until(() => isSent(ben));
    await until(() => shownTheSame(ana, finn, ben));
    const before = await shownBy(ana);
    await server.burn(true);
    await offline(ana, finn, ben);
    await ben.stop();
    await server.restore();
    await server.start();
    for (const phone of [ana, finn]) phone.sync.nudge('asked');
    await until(async () => (await lostOn(ana)).length === 2 && (await lostOn(finn)).length === 2);
    const both = (await lostOn(ana)).map(({ change }) => change);
    for (const { phone } of [ana, finn]) expect(valueOf(await phone.lost.putBack(both))).toBe(2);
    for (const phone of [ana, finn]) phone.sync.nudge('wrote');
    await until(() => isSent(ana) && isSent(finn));
    await until(() => shownTheSame(ana, finn));
    const after = await shownBy(ana);
    const told = [...after.values()].filter(({ kind }) => kind !== 'conflict');
    expect(told.map(({ value }) => value)).toEqual([...before.values()].map(({ value }) => value));
    // the later press stands; the server tells the other coordinator so, with the same value on both sides
    expect([...after.values()].filter(({ kind }) => kind === 'conflict')).toMatchObject([
      { value: { kind: 'task', overruled: { value: { status: 'done' } }, winner: { value: { status: 'done' } } } },
    ]);
  });

  it('[REL-14] replies that are lost ten times while all is sent again double nothing', options, async () => {
    let lost = Number.POSITIVE_INFINITY;
    const losing: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!addressOf(input).endsWith('/api/sync') || response.status !== 200 || lost >= 10) return response;
      lost += 1;
      await response.arrayBuffer();
      throw new TypeError('the reply was lost');
    };
    const server = await mortalServer();
    const { ana, ben, incident } = await atWork(server, { fetch: losing });
    await server.backUp();
    const codes = ['CMD-02', 'CMD-03', 'CMD-04'];
    const made: (string | undefined)[] = [];
    for (const code of codes) made.push((await tick(ana, incident, code))[0]);
    await until(() => isSent(ana));
    await server.burn(true);
    await offline(ana, ben);
    await server.restore();
    await server.start();
    lost = 0;
    while (lost < 10 || !isSent(ana)) {
      ana.sync.nudge('asked');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    ben.sync.nudge('asked');
    await until(() => isSent(ben));
    await until(() => shownTheSame(ana, ben));
    for (const [at, code] of codes.entries())
      expect(await journalOf(ana, 'task', `${incident}/${code}`)).toEqual([made[at]]);
    expect([await lostOn(ana), await lostOn(ben)]).toEqual([[], []]);
  });
});

describe('[REL-11] the server is gone without a backup', () => {
  it('a coordinator’s phone begins it anew under its old key, and the others come back into it', options, async () => {
    const server = await mortalServer();
    const { ana, ben, incident, plan } = await atWork(server);
    const cleo = await openRealPhone(server.origin);
    await join(cleo, await inviteOf(ana, { name: 'Cleo' }, 'responder', ['communications']));
    await inviteOf(ana, { id: await personOf(ana) }, 'coordinator', ['incident-commander']);
    await tick(cleo, incident, 'IT-03');
    await until(() => isSent(cleo));
    await tick(ben, incident, 'IT-05', 'in-progress');
    await until(() => isSent(ben));
    await until(() => shownTheSame(ana, ben, cleo));
    const before = await shownBy(ana);
    expect(before.size).toBe(17);
    const devices = await Promise.all(
      [ana, ben].map(async ({ phone }) => valueOf(await phone.syncStore.key())?.device),
    );

    await server.burn(false);
    await offline(ana, ben, cleo);
    const unsent = await tick(ben, incident, 'IT-02');
    // begun before the fire, finished during it: what stands on Ana's phone is older than what Ben will send
    await tick(ben, incident, 'IT-05');
    await server.start();
    for (const phone of [ana, ben]) phone.sync.nudge('asked');
    await until(() => ben.sync.status.get().connection === 'needs-code');
    await until(() => ana.sync.status.get().connection === 'needs-code');
    expect(await shownBy(ana)).toEqual(before);
    await join(ana, setupCode, null);
    await until(async () => (await lostOn(ana)).length > 0);
    const [first] = await lostOn(ana);
    expect(first?.kind).toBe('person');
    // people and access, Ana's own roles too, and the log entries of others: as the screen proposes it
    expect(await putBack(ana, goesEarly)).toBe(9);
    expect((await lostOn(ana)).map(({ kind }) => kind)).toEqual(['task', 'task', 'task']);
    // the plan and the incident are Ana's own and came by her outbox
    expect([...(await shownBy(ana)).values()].map(({ kind }) => kind)).toContain('plan-version');
    await join(ben, await inviteOf(ana, { id: await personOf(ben) }, 'responder', ['it-specialists']));
    await until(async () => (await lostOn(ana)).length === 1);
    expect(await putBack(ana)).toBe(1);
    await until(() => shownTheSame(ana, ben));
    // Cleo's phone never comes back: what she did stands all the same, under her name
    const after = await shownBy(ana);
    const moved = `task ${incident}/IT-05`;
    for (const [name, { value }] of before)
      if (name !== moved) expect([name, after.get(name)?.value]).toEqual([name, value]);
    expect(after.get(moved)).toMatchObject({ person: await personOf(ben), value: { status: 'done' } });
    expect([...after.keys()].filter((name) => !before.has(name)).length).toBe(unsent.length + 1);
    expect([...after.values()].filter(({ kind }) => kind === 'conflict')).toEqual([]);
    expect(after.get(`task ${incident}/IT-03`)).toMatchObject({
      person: await personOf(ana),
      value: { by: await personOf(cleo) },
    });
    expect(after.get(`plan-version ${plan.hash}`)?.change).toBe(before.get(`plan-version ${plan.hash}`)?.change);
    expect(valueOf(await ana.sync.server.devices()).map(({ id }) => id)).toEqual(devices);
    for (const phone of [ana, ben]) expect([phone.sync.status.get().refused, await lostOn(phone)]).toEqual([0, []]);
  });
});
