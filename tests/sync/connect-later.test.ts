import { describe, expect, it } from 'vitest';
import { builtInPlan } from '../../src/app/built-in-plan.ts';
import type { Kind } from '../../src/domain/sync/kinds.ts';
import type { Shown } from '../../src/domain/ports/records.ts';
import { instant } from '../../src/domain/time.ts';
import { activate, publishVersion } from '../../src/parts/activation.ts';
import { newLogEntry } from '../../src/parts/new-log-entry.ts';
import { systemRandomness } from '../../src/sync/system-clock.ts';
import { awaitLive, valueOf } from '../storage/support/phone-parts.ts';
import { setupCode } from '../support/running-server.ts';
import { invited, isSent, joined, openRealPhone, realServer, until, type RealPhone } from './support/real-phones.ts';

/** What a person does on a device without a server: publishes the plan, activates it, works and writes. */
async function workedAlone(origin: string) {
  const lone = await openRealPhone(origin);
  valueOf(await lone.phone.device.startAlone('Thandi'));
  const membership = await awaitLive(lone.phone.device.membership);
  if (membership.state !== 'alone') throw new Error(membership.state);
  const { person } = membership;
  const plan = await builtInPlan();
  const now = Date.now() - 60_000;
  const { id, drafts } = activate(
    {
      plan: plan.hash,
      mode: 'incident',
      code: 'dakumofi',
      title: 'Warehouse fire',
      severity: 'major',
      zone: 'Africa/Johannesburg',
      startedAt: instant(now),
      by: person,
    },
    now,
    systemRandomness,
  );
  const at = instant(now);
  const task = { status: 'done', reason: null, startedAt: at, endedAt: at, by: person } as const;
  valueOf(await lone.phone.records.write([publishVersion(plan, person), ...drafts]));
  valueOf(
    await lone.phone.records.write([
      { kind: 'task', key: `${id}/IT-01`, value: task, shown: null },
      {
        kind: 'assignment',
        key: `${id}/it-specialists/${person}`,
        value: { since: at, until: null, note: null },
        shown: null,
      },
      newLogEntry(id, { type: 'note', text: 'Written alone', at, by: person }, now, systemRandomness),
    ]),
  );
  return { lone, person, plan, id };
}

const all = <K extends Kind>({ phone }: RealPhone, kind: K): Promise<readonly Shown<K>[]> =>
  awaitLive(phone.records.watchPrefix(kind, ''));

const refusedOf = ({ phone }: RealPhone) => awaitLive(phone.device.refused);

describe('a device that started alone is connected to a server later', () => {
  it('[ALONE-1] with the set-up code it becomes the coordinator’s and everything of it reaches others', async () => {
    const server = await realServer();
    const { lone, person, plan, id } = await workedAlone(server.origin);
    const reply = valueOf(await lone.sync.join(setupCode, null, 'Phone'));
    expect(reply).toMatchObject({ access: 'coordinator', person });
    await until(() => isSent(lone));
    expect(await refusedOf(lone)).toEqual([]);

    const ben = await invited(server, lone, 'Ben');
    await until(async () => (await all(ben, 'log')).length === 2 && (await all(ben, 'plan-version')).length === 1);
    expect((await all(ben, 'plan-version'))[0]?.key).toBe(plan.hash);
    expect((await all(ben, 'incident')).map(({ key }) => key)).toEqual([id]);
    expect((await all(ben, 'task')).map(({ key, author }) => [key, author.person])).toEqual([[`${id}/IT-01`, person]]);
    expect((await all(ben, 'assignment')).map(({ key }) => key)).toEqual([`${id}/it-specialists/${person}`]);
    const known = await all(ben, 'person');
    expect(known.find(({ key }) => key === person)?.value?.name).toBe('Thandi');
  });

  it('[ALONE-2] with a coordinator’s invitation its person becomes the invited one, in keys and in values', async () => {
    const server = await realServer();
    const ana = await joined(server, setupCode, 'Ana');
    const { lone, person, id } = await workedAlone(server.origin);
    const invite = valueOf(
      await ana.sync.server.invite({
        person: { name: 'Thandi Mokoena' },
        access: 'coordinator',
        roles: [],
        expiresInDays: 1,
      }),
    );
    expect(valueOf(await lone.sync.join(invite.url, null, 'Phone')).person).toBe(invite.person);
    await until(() => isSent(lone));
    expect(await refusedOf(lone)).toEqual([]);
    await until(async () => (await all(ana, 'log')).length === 2 && (await all(ana, 'assignment')).length === 1);
    expect((await all(ana, 'assignment'))[0]?.key).toBe(`${id}/it-specialists/${invite.person}`);
    expect((await all(ana, 'task'))[0]).toMatchObject({
      value: { by: invite.person },
      author: { person: invite.person },
    });
    const everything = await Promise.all(
      (['incident', 'log', 'task', 'assignment', 'person', 'plan-version'] as const).map((kind) => all(ana, kind)),
    );
    expect(JSON.stringify(everything)).not.toContain(person);
  });

  it('[ALONE-3] with a responder’s invitation it sends all it has, and keeps what was refused with the reason', async () => {
    const server = await realServer();
    const ana = await joined(server, setupCode, 'Ana');
    const { lone } = await workedAlone(server.origin);
    const invite = valueOf(
      await ana.sync.server.invite({ person: { name: 'Thandi' }, access: 'responder', roles: [], expiresInDays: 1 }),
    );
    valueOf(await lone.sync.join(invite.code, null, 'Phone'));
    await until(() => isSent(lone));
    const refused = await refusedOf(lone);
    expect(refused.map(({ kind, reason }) => [kind, reason.code])).toEqual([
      ['plan-version', 'forbidden'],
      ['incident', 'forbidden'],
    ]);
    await until(async () => (await all(ana, 'log')).length === 2);
    expect(await all(ana, 'task')).toHaveLength(1);
    expect(await all(lone, 'log')).toHaveLength(2);
  });

  it('[ALONE-4] a wrong code leaves it as it was, and the right one still works', async () => {
    const server = await realServer();
    const { lone, person } = await workedAlone(server.origin);
    expect(await lone.sync.join('7K3MAAAABBBBCCCC', null, 'Phone')).toMatchObject({ error: { tag: 'code-refused' } });
    expect(await awaitLive(lone.phone.device.membership)).toMatchObject({ state: 'alone', person });
    valueOf(await lone.sync.join(setupCode, null, 'Phone'));
    await until(() => isSent(lone));
  });
});
