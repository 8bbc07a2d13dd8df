import { describe, expect, it } from 'vitest';
import { accessLevels, type AccessLevel, type Rights } from '../../../src/domain/access/access.ts';
import { incidentOf, type AccessScope } from '../../../src/domain/access/access-scope.ts';
import { rightsAt, rightsNow, withGrant } from '../../../src/domain/access/grant-history.ts';
import { mayWrite, type WriteContext } from '../../../src/domain/access/may-write.ts';
import { planFacts } from '../../../src/domain/access/plan-part.ts';
import type { DeviceId, PersonId, RoleId } from '../../../src/domain/ids.ts';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import type { PlanItem } from '../../../src/domain/plan/plan-item.ts';
import { kinds, type Kind } from '../../../src/domain/sync/kinds.ts';
import { momentAt, stampAt } from '../../../src/domain/sync/stamp.ts';
import { viewName } from '../../../src/domain/sync/view.ts';
import { incidentValue, logEntry, planVersion, samplePlan, taskProgress } from '../../support/sample-plan.ts';

const plan = planVersion();
const incident = incidentValue(plan.hash);
const device = '0123456789abcdef' as DeviceId;
const me = 'me' as PersonId;
const facts = planFacts(samplePlan as unknown as readonly PlanItem[]);
const scope: AccessScope = {
  planOf: (id) => (id === incident.id ? plan.hash : null),
  plan: (hash) => (hash === plan.hash ? facts : null),
  extraTaskRoles: (id, code) =>
    id === incident.id && code === 'X-1' ? (['hoster'] as unknown as readonly RoleId[]) : null,
};
const rights = (access: AccessLevel, ...roles: string[]): Rights => ({
  person: me,
  access,
  roles: roles as unknown as readonly RoleId[],
});
const may = (who: Rights, kind: Kind, key: string, value: Json = null, context: Partial<WriteContext> = {}) =>
  mayWrite(
    who,
    { kind, key, value, device },
    { scope, current: null, overruled: null, usedByOthers: false, ...context },
  );
const at = (rest: string) => `${incident.id}/${rest}`;

/** Who may write a record of somebody or something else than their own: c, r, o, v; every kind and every level. */
const matrix: readonly (readonly [Kind, string, Json, string])[] = [
  ['plan-item', 'shop/risk/r', {}, 'c'],
  ['plan-version', plan.hash, plan.value, 'c'],
  ['approval', `${plan.hash}/executive`, {}, 'c'],
  ['incident', incident.id, incident.value, 'c'],
  ['task', at('IT-01'), taskProgress('done'), 'cr'],
  ['step', at('IT-01/1'), {}, 'cr'],
  ['extra-task', at('X-2'), { owner: 'it', supporting: [] }, 'cr'],
  ['assignment', at('it/other'), {}, 'c'],
  ['availability', at('other'), {}, 'cr'],
  ['impact', at('ledger'), {}, 'cr'],
  ['log', at('l1'), logEntry('x', { task: 'IT-01' }), 'cr'],
  ['message', at('m1'), { status: 'draft', role: 'it' }, 'cr'],
  ['message', at('m1'), { status: 'sent', role: 'it' }, 'c'],
  ['resource', at('r1'), { status: 'requested', role: 'it' }, 'cr'],
  ['resource', at('r1'), { status: 'approved', role: 'it' }, 'c'],
  ['review', at('r1'), {}, 'c'],
  ['person', 'other', {}, 'c'],
  ['person', 'me', {}, 'crov'],
  ['contact-test', 't', {}, 'c'],
  ['contact-result', 't/me', {}, 'c'],
  ['training', 't', {}, 'c'],
  ['grant', 'other', {}, 'c'],
  ['grant', 'me', {}, 'c'],
  ['device', device, {}, 'crov'],
  ['device', 'fedcba9876543210', {}, ''],
  ['assignment', at('it/me'), {}, 'cr'],
  ['assignment', at('hoster/me'), {}, 'crv'],
  ['availability', at('me'), {}, 'crv'],
  ['task', at('HO-01'), taskProgress('done'), 'crv'],
  ['task', at('IT-02'), taskProgress('done'), 'crv'],
  ['step', at('HO-01/1'), {}, 'crv'],
  ['task', at('X-1'), taskProgress('done'), 'crv'],
  ['impact', at('machines'), {}, 'crv'],
  ['log', at('l2'), logEntry('x', { role: 'hoster' }), 'crv'],
  ['log', at('l3'), logEntry('x'), 'cr'],
  ['extra-task', at('X-3'), { owner: 'hoster', supporting: [] }, 'crv'],
  ['message', at('m2'), { status: 'draft', role: 'hoster' }, 'crv'],
  ['resource', at('r2'), { status: 'requested', role: 'hoster' }, 'crv'],
];

describe('who may write', () => {
  it('[SEC-19] every kind has a row; what the server writes itself has one of its own below', () => {
    const rows = new Set([...matrix.map(([kind]) => kind), 'conflict']);
    expect([...rows].toSorted()).toEqual(Object.keys(kinds).toSorted());
  });

  it.each(matrix)('[ACCESS] %s %s', (kind, key, value, allowed) => {
    const levels = accessLevels.filter((level) => may(rights(level, 'hoster'), kind, key, value));
    expect(levels.map((level) => level.charAt(0)).join('')).toBe(allowed);
  });

  it('[ACCESS] the commanding role has coordinator rights within its incident, an observer or another incident gives none', () => {
    const inside: readonly (readonly [Kind, string])[] = [
      ['review', at('r')],
      ['incident', incident.id],
      ['assignment', at('it/other')],
      ['message', at('m')],
    ];
    for (const [kind, key] of inside) {
      expect(may(rights('responder', 'lead'), kind, key, { status: 'closed' })).toBe(true);
      expect(may(rights('observer', 'lead'), kind, key, { status: 'closed' })).toBe(false);
      expect(
        may(rights('responder', 'lead'), kind, key.replace(incident.id, 'f'.repeat(16)), { status: 'closed' }),
      ).toBe(false);
    }
    expect(may(rights('responder', 'lead'), 'grant', 'other', {})).toBe(false);
    expect(may(rights('responder', 'lead'), 'plan-version', plan.hash, plan.value)).toBe(false);
  });

  it('[ACCESS] a vendor adds a task under a code that nobody else used, and goes on editing what is its own', () => {
    const own = { owner: 'hoster', supporting: [] };
    const vendor = rights('vendor', 'hoster');
    expect(may(vendor, 'extra-task', at('X-3'), own)).toBe(true);
    expect(may(vendor, 'extra-task', at('X-3'), own, { usedByOthers: true })).toBe(false);
    expect(may(vendor, 'extra-task', at('X-3'), own, { usedByOthers: true, current: own })).toBe(true);
    expect(may(rights('responder', 'it'), 'extra-task', at('X-3'), own, { usedByOthers: true })).toBe(true);
  });

  it('[ACCESS] activating is for the roles that the plan names: not closed, not merged, not deleted, nothing reopened', () => {
    const duty = rights('responder', 'duty');
    const unknown: Partial<WriteContext> = { scope: { ...scope, planOf: () => null } };
    expect(may(duty, 'incident', incident.id, incident.value, unknown)).toBe(true);
    expect(may(rights('responder', 'it'), 'incident', incident.id, incident.value, unknown)).toBe(false);
    expect(may(rights('observer', 'duty'), 'incident', incident.id, incident.value, unknown)).toBe(false);
    expect(
      may(duty, 'incident', incident.id, { ...incident.value, title: 'Corrected' }, { current: incident.value }),
    ).toBe(true);
    expect(may(duty, 'incident', incident.id, { ...incident.value, status: 'closed' })).toBe(false);
    expect(may(duty, 'incident', incident.id, { ...incident.value, mergedInto: 'x' })).toBe(false);
    expect(may(duty, 'incident', incident.id, null)).toBe(false);
    expect(
      may(duty, 'incident', incident.id, incident.value, { current: { ...incident.value, status: 'closed' } }),
    ).toBe(false);
  });

  it('[ACCESS] approving is for a role that one holds and that the plan names, for the sign-off of recovery within its incident', () => {
    expect(may(rights('responder', 'executive'), 'approval', `${plan.hash}/executive`)).toBe(true);
    expect(may(rights('responder', 'executive'), 'approval', at('executive'))).toBe(true);
    expect(may(rights('responder', 'it'), 'approval', `${plan.hash}/executive`)).toBe(false);
    expect(may(rights('responder', 'it'), 'approval', `${plan.hash}/it`)).toBe(false);
    expect(may(rights('responder', 'executive'), 'approval', `${'b'.repeat(64)}/executive`)).toBe(false);
    expect(may(rights('responder', 'lead'), 'approval', `${plan.hash}/lead`)).toBe(false);
    expect(may(rights('responder', 'lead'), 'approval', at('lead'))).toBe(true);
  });

  it('[ACCESS] what went past a draft or a request is changed by coordinators only, and a vendor takes no task from another role', () => {
    const responder = rights('responder');
    expect(may(responder, 'message', at('m'), { status: 'draft' }, { current: { status: 'sent' } })).toBe(false);
    expect(may(responder, 'message', at('m'), null, { current: { status: 'draft' } })).toBe(true);
    expect(may(responder, 'resource', at('r'), { status: 'requested' }, { current: { status: 'approved' } })).toBe(
      false,
    );
    const taken = may(
      rights('vendor', 'hoster'),
      'extra-task',
      at('X'),
      { owner: 'hoster', supporting: [] },
      { current: { owner: 'it', supporting: [] } },
    );
    expect(taken).toBe(false);
  });

  it('[CONFLICT] only the decision changes, by the overruled author, a coordinator or who commands', () => {
    const current: JsonObject = {
      kind: 'task',
      key: at('IT-01'),
      overruled: { change: 'x' },
      winner: { change: 'y' },
      decision: 'open',
    };
    const decided = { ...current, decision: 'kept' };
    const mine = { current, overruled: { author: me, kind: 'task', key: at('IT-01') } };
    const theirs = { current, overruled: { author: 'other' as PersonId, kind: 'task', key: at('IT-01') } };
    expect(accessLevels.map((level) => may(rights(level), 'conflict', 'x', decided, mine))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(accessLevels.map((level) => may(rights(level), 'conflict', 'x', decided, theirs))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(may(rights('responder', 'lead'), 'conflict', 'x', decided, theirs)).toBe(true);
    expect(may(rights('coordinator'), 'conflict', 'x', { ...decided, overruled: { change: 'z' } }, mine)).toBe(false);
    expect(may(rights('coordinator'), 'conflict', 'x', null, mine)).toBe(false);
    // the server lost the record: the decision of the author comes again before the conflict does
    expect(may(rights('responder'), 'conflict', 'x', decided, { ...mine, current: null })).toBe(true);
    expect(may(rights('responder'), 'conflict', 'x', decided)).toBe(false);
    expect(may(rights('coordinator'), 'conflict', 'x', decided)).toBe(false);
  });
});

describe('rights over time', () => {
  const grant = (access: AccessLevel) => ({ access, roles: [] });
  const stamp = (time: number) => stampAt(momentAt(time), device);
  const history = withGrant(
    withGrant(withGrant([], stamp(200), grant('observer')), stamp(100), grant('responder')),
    stamp(300),
    null,
  );

  it('[ACCESS] the rights at a stamp are those of the last grant before it, whatever order they arrived in', () => {
    expect([50, 100, 199, 200, 300].map((time) => rightsAt(me, history, stamp(time))?.access ?? null)).toEqual([
      null,
      'responder',
      'responder',
      'observer',
      null,
    ]);
  });

  it('[ACCESS] a grant taken away gives no rights now', () => {
    expect(rightsNow(me, history)).toBeNull();
    expect(rightsNow(me, history.slice(0, 2))).toMatchObject({ access: 'observer', person: me });
    expect(rightsNow(me, [])).toBeNull();
  });
});

describe('views', () => {
  it('[VIEW] the name changes with level, roles and what they cover, not with their order, and not for those who see all anyway', () => {
    const name = viewName(rights('responder', 'it', 'lead'), ['b', 'a']);
    expect(viewName(rights('responder', 'lead', 'it'), ['a', 'b'])).toBe(name);
    expect(viewName(rights('responder', 'it'), ['a', 'b'])).not.toBe(name);
    expect(viewName(rights('responder', 'it', 'lead'), ['a'])).not.toBe(name);
    expect(viewName(rights('vendor', 'it', 'lead'), ['a', 'b'])).not.toBe(name);
    expect(viewName(rights('coordinator', 'it'), [])).toBe(viewName(rights('coordinator'), []));
    expect(viewName(null, [])).toBe('none');
  });
});

describe('incidents of records', () => {
  it('[ACCESS] a record belongs to the incident of its key; a plan and its approval to none', () => {
    expect(incidentOf('task', at('IT-01'))).toBe(incident.id);
    expect(incidentOf('approval', at('lead'))).toBe(incident.id);
    expect(incidentOf('approval', `${plan.hash}/executive`)).toBeNull();
    expect(incidentOf('plan-item', 'shop/risk/r')).toBeNull();
    expect(incidentOf('later-kind', incident.id)).toBeNull();
  });
});
