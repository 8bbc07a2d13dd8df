import { describe, expect, it } from 'vitest';
import type { DeviceId, Instant, PersonId } from '../../../src/domain/ids.ts';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import type { PlanItem } from '../../../src/domain/plan/plan-item.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { aboutWords, detailWords, saysWords, type Wording } from '../../../src/domain/sync/change-words.ts';
import type { Conflict } from '../../../src/domain/sync/conflict.ts';
import { conflictSentences, inDecidingOrder, mayRestore } from '../../../src/domain/sync/conflict-decisions.ts';
import { kinds, type Kind } from '../../../src/domain/sync/kinds.ts';
import { mayHelpAgain, refusedActs } from '../../../src/domain/sync/refused-acts.ts';
import { restoredInLog } from '../../../src/domain/sync/restored-log.ts';
import { refusalCodes } from '../../../src/domain/sync/protocol.ts';
import type { ChangeId } from '../../../src/domain/ids.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const incident = '00112233445566aa';
const at = (clock: string) => `2026-11-23T${clock}:00.000Z` as Instant;
const plan = planOf(samplePlan as unknown as readonly PlanItem[]);
const names: Readonly<Record<string, string>> = { ana: 'Ana', ben: 'Ben' };
const wording: Wording = {
  zone: 'UTC',
  now: Date.parse(at('15:00')),
  plan,
  nameOf: (person) => (person === null ? 'somebody' : (names[person] ?? 'somebody not known here')),
};
const [task] = plan.tasks;
const [role] = plan.roles;
const [system] = plan.systems;
const code = task?.id ?? '';

const progress = (status: string, more: JsonObject = {}): Json => ({
  ...{ status, reason: null, startedAt: null, endedAt: null, by: null },
  ...more,
});
const says = (kind: string, value: Json, other?: Json) =>
  saysWords({ kind, key: `${incident}/x`, value, at: at('14:05') }, wording, other);
const about = (kind: string, key: string, value: Json = null) => aboutWords({ kind, key, value }, wording);

describe('a change in words', () => {
  it('[WORDS-1] a task: its word with the time it names, else that of the report, and the reason', () => {
    expect(says('task', progress('done', { endedAt: at('14:02') }))).toBe('done 14:02');
    expect(says('task', progress('blocked', { reason: 'no key' }))).toBe('blocked 14:05: no key');
    expect(about('task', `${incident}/${code}`)).toBe(code);
    expect(detailWords({ kind: 'task', key: `${incident}/${code}` }, wording)).toBe(task?.title);
  });

  it('[WORDS-2] names people, roles and systems, and their ids in words where the plan isn’t at hand', () => {
    expect(about('assignment', `${incident}/${role?.id ?? ''}/ben`)).toBe(`Ben as ${role?.title ?? ''}`);
    expect(about('impact', `${incident}/${system?.id ?? ''}`)).toBe(system?.name);
    expect(
      aboutWords({ kind: 'impact', key: `${incident}/order-database`, value: null }, { ...wording, plan: null }),
    ).toBe('order database');
    expect(about('person', 'ana')).toBe('the contacts of Ana');
    expect(about('grant', 'ana')).toBe('the access of Ana');
    expect(about('contact-result', 't/ben')).toBe('the call to Ben');
    expect(about('contact-result', 't/~00aa')).toBe('the call to a holder of the plan');
    expect(about('training', 't', { title: 'Fire drill' })).toBe('the training “Fire drill”');
    expect(says('contact-result', { result: 'message-left', at: at('14:02'), note: 'on holiday' })).toBe(
      'message left 14:02: on holiday',
    );
    expect(says('training', { people: ['ana', 'ben'], incident: 'a1' })).toBe('people: Ana, Ben');
  });

  it('[WORDS-3] has words for every kind of record, for a removal, and for what it does not know', () => {
    for (const kind of Object.keys(kinds) as Kind[]) {
      const key = kinds[kind].key.map((_, place) => (place === 0 ? incident : `s${String(place)}`)).join('/');
      for (const value of [{}, { by: 'ana' }, null] as Json[]) {
        expect(aboutWords({ kind, key, value }, wording), kind).toMatch(/\S/);
        expect(saysWords({ kind, key, value, at: at('14:05') }, wording), kind).toMatch(/\S/);
      }
    }
    expect(says('task', null)).toBe('removed');
    expect(about('situation-report', 'a/b')).toBe('the situation report');
    expect(says('situation-report', { a: 1 })).toBe('something');
  });

  it('[WORDS-4] of many fields only those that differ are named, a few, and in words', () => {
    const ours = { title: 'Fire', severity: 'severe', startedAt: at('10:00'), status: 'active', mergedInto: null };
    expect(says('incident', ours, { ...ours, title: 'Fire in hall 2', severity: 'minor' })).toBe(
      'title: Fire; severity: severe',
    );
    expect(says('incident', ours, { ...ours, status: 'closed', closedAt: at('12:00') })).toBe(
      'status: active; closed at: nothing',
    );
    expect(says('grant', { access: 'responder', roles: [role?.id ?? ''] }, { access: 'observer', roles: [] })).toBe(
      `access: responder; roles: ${role?.title ?? ''}`,
    );
    expect(says('incident', ours, ours)).toBe('the same');
    const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, 'x']));
    expect(says('review', many)).toBe('a: x; b: x; c: x; d: x; 2 more');
  });

  it('[WORDS-6] shows no id where a name is known: holders, roles, tasks with their titles, items of the draft', () => {
    const holders = [
      { kind: 'person', name: 'Ana', person: 'ana', contact: 'ana-duty' },
      { kind: 'department', name: 'Facilities' },
    ];
    expect(says('plan-item', { section: 'role', holders })).toBe('holders: Ana, Facilities');
    expect(
      says('plan-item', { person: 'ben', owner: role?.id ?? '', dependsOn: [code], phase: task?.phase ?? '' }),
    ).toBe(
      `person: Ben; owner: ${role?.title ?? ''}; depends on: ${code} ${task?.title ?? ''}; phase: ${plan.phases[0]?.title ?? ''}`,
    );
    expect(says('incident', { declaredBy: 'ana', plan: 'a1b2' })).toBe('declared by: Ana');
    expect(about('plan-item', `p/task/${code}`, { title: 'Restore it' })).toBe(
      `the task ${code} “Restore it” in the plan’s draft`,
    );
    expect(about('plan-item', 'p/contact/ana-duty', { name: 'Duty desk' })).toBe(
      'the contact “Duty desk” in the plan’s draft',
    );
    expect(about('extra-task', `${incident}/X-01`, { title: 'Find a pump' })).toBe('the added task X-01 “Find a pump”');
  });
});

const side = (person: string | null, value: Json, clock: string): Conflict['winner'] => ({
  change: `change-${person ?? 'server'}`,
  value,
  stamp: `${at(clock)}-0000-${'1'.repeat(16)}`,
  author: { person, device: '1'.repeat(16) },
  at: at(clock),
});
const conflict: Conflict = {
  kind: 'task',
  key: `${incident}/IT-03`,
  overruled: side('ben', progress('done', { endedAt: at('14:02') }), '14:02'),
  winner: side('ana', progress('blocked'), '14:05'),
  decision: 'open',
};

describe('a conflict in words', () => {
  const told = (part: Partial<Conflict>, me: string) =>
    conflictSentences({ ...conflict, ...part }, me as PersonId, wording).overruled;

  it('[WORDS-5] says whose change lost against whose, `Your` only to its author', () => {
    expect(told({}, 'ben')).toBe('Your “done 14:02” on IT-03 was overruled by Ana’s “blocked 14:05”.');
    expect(told({}, 'ana')).toBe('Ben’s “done 14:02” on IT-03 was overruled by your “blocked 14:05”.');
    expect(told({ winner: side(null, null, '14:05') }, 'ben')).toBe(
      'Your “done 14:02” on IT-03 was overruled by the server’s “removed”.',
    );
  });

  it('[DECIDE-1] lists open ones first, the latest on top', () => {
    const shown = (name: string, clock: string, decision: Conflict['decision']) => ({
      name,
      value: { ...conflict, decision, winner: side('ana', null, clock) },
    });
    const { open, decided } = inDecidingOrder([
      shown('a', '14:01', 'open'),
      shown('b', '14:03', 'kept'),
      shown('c', '14:02', 'open'),
    ]);
    expect(open.map(({ name }) => name)).toEqual(['c', 'a']);
    expect(decided.map(({ name }) => name)).toEqual(['b']);
  });

  it('[DECIDE-3] where both said the same there is nothing to decide', () => {
    const value = { name: 'Ana', contacts: [] };
    const turned = { contacts: [], name: 'Ana' };
    const same = { ...conflict, overruled: side('ana', value, '14:01'), winner: side(null, turned, '14:02') };
    const other = { ...same, winner: side(null, { ...value, name: 'Ann' }, '14:02') };
    expect(inDecidingOrder([{ value: same }, { value: other }]).open).toEqual([{ value: other }]);
  });

  it('[DECIDE-2] offers a restore only where the server would take it', () => {
    const by = (access: 'coordinator' | 'responder' | 'observer') =>
      ({ person: 'ben', device: '1'.repeat(16), access }) as Parameters<typeof mayRestore>[1];
    expect(mayRestore({ kind: 'task', key: 'a/b' }, by('responder'))).toBe(true);
    expect(mayRestore({ kind: 'task', key: 'a/b' }, by('observer'))).toBe(false);
    expect(mayRestore({ kind: 'grant', key: 'ana' }, by('responder'))).toBe(false);
    expect(mayRestore({ kind: 'grant', key: 'ana' }, by('coordinator'))).toBe(true);
    expect(mayRestore({ kind: 'person', key: 'ben' }, by('observer'))).toBe(true);
    expect(mayRestore({ kind: 'person', key: 'ana' }, by('responder'))).toBe(false);
    for (const kind of ['conflict', 'log', 'plan-version', 'unknown'])
      expect(mayRestore({ kind, key: 'a/b' }, by('coordinator')), kind).toBe(false);
  });

  it('[DECIDE-3] a restored report leaves its line in the log, as the report itself did; other kinds none', () => {
    const restored = { key: `${incident}/${code}`, text: 'Restored.', by: 'ben' as PersonId, at: at('15:00'), plan };
    const [from, to] = [progress('blocked'), progress('done', { reason: 'seen' })];
    expect(restoredInLog({ ...restored, kind: 'task', from, to })).toMatchObject({
      incident,
      entry: { type: 'status', task: code, role: task?.owner, from: 'blocked', to: 'done', reason: 'seen' },
    });
    expect(restoredInLog({ ...restored, kind: 'task', from: null, to })?.entry.from).toBe('not-started');
    const impact = { ...restored, kind: 'impact', key: `${incident}/${system?.id ?? ''}`, from: null };
    expect(restoredInLog({ ...impact, to: { impact: 'down' } })?.entry).toMatchObject({
      type: 'note',
      text: `${system?.name ?? ''}: down. Restored.`,
    });
    expect(restoredInLog({ ...restored, kind: 'assignment', from, to })).toBeNull();
  });
});

describe('refused changes', () => {
  const change = (n: number, kind: string, key: string, value: Json, second = 0) => ({
    change: `c${String(n)}` as ChangeId,
    n,
    kind,
    key: `${incident}/${key}`,
    value,
    wall: `2026-11-23T14:05:0${String(second)}.000Z` as Instant,
    author: { person: null, device: '3f9ac2d1b7e84c05' as DeviceId },
    reason: { code: 'forbidden', message: '' } as const,
  });

  it('[REFUSED-10] a report and its line in the log are one; another’s line, or a later note, is not', () => {
    const status = (of: string): Json => ({ type: 'status', task: of });
    const acts = refusedActs([
      change(4, 'log', 'y', status('IT-02'), 4),
      change(1, 'task', 'IT-01', progress('done')),
      change(2, 'log', 'x', status('IT-01')),
      change(3, 'task', 'IT-02', progress('done')),
      change(5, 'impact', 'orders', {}, 5),
      change(6, 'log', 'z', { type: 'note', task: null }, 5),
    ]);
    expect(acts.map(({ changes }) => changes.map(({ n }) => n))).toEqual([[5, 6], [4], [3], [1, 2]]);
  });

  it('[REFUSED-11] trying again is offered where rights or a server may have changed, and nowhere else', () => {
    expect(refusalCodes.filter(mayHelpAgain)).toEqual(['unknown-kind', 'unsupported', 'forbidden']);
  });
});
