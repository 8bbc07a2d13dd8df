import { describe, expect, it } from 'vitest';
import { accessLevels, type AccessLevel, type Rights } from '../../../src/domain/access/access.ts';
import { incidentOf, type AccessScope } from '../../../src/domain/access/access-scope.ts';
import { maySee, valueSeen } from '../../../src/domain/access/may-see.ts';
import { planFacts, vendorCopy } from '../../../src/domain/access/plan-part.ts';
import type { DeviceId, PersonId, RoleId } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import { itemHash, planHash } from '../../../src/domain/plan/plan-hash.ts';
import type { PlanItem, PlanVersion } from '../../../src/domain/plan/plan-item.ts';
import { canary, incidentValue, logEntry, planVersion, samplePlan, taskProgress } from '../../support/sample-plan.ts';

const plan = planVersion();
const incident = incidentValue(plan.hash);
const me = 'me' as PersonId;
const other = 'other' as PersonId;
const device = '0123456789abcdef' as DeviceId;
const facts = planFacts(samplePlan as unknown as readonly PlanItem[]);
const scope: AccessScope = {
  planOf: (id) => (id === incident.id ? plan.hash : null),
  plan: (hash) => (hash === plan.hash ? facts : null),
  extraTaskRoles: (_id, code) => (code === 'X-1' ? (['hoster'] as unknown as readonly RoleId[]) : null),
};
const rights = (access: AccessLevel, ...roles: string[]): Rights => ({
  person: me,
  access,
  roles: roles as unknown as readonly RoleId[],
});
const sees = (
  who: Rights | null,
  kind: string,
  key: string,
  value: Json,
  author: PersonId = other,
  about: PersonId | null = null,
) =>
  maySee(
    who,
    device,
    {
      kind,
      key,
      value: () => value,
      author: { person: author, device: 'fedcba9876543210' as DeviceId },
      about,
      incident: incidentOf(kind, key),
    },
    scope,
  );
const at = (rest: string) => `${incident.id}/${rest}`;

/** Who sees a record by another person: c, r, o, v. */
const matrix: readonly (readonly [string, string, Json, string])[] = [
  ['plan-item', 'shop/risk/r', {}, 'c'],
  ['plan-version', plan.hash, plan.value, 'crov'],
  ['plan-version', 'b'.repeat(64), {}, 'cro'],
  ['incident', incident.id, incident.value, 'crov'],
  ['incident', 'f'.repeat(16), incident.value, 'cro'],
  ['approval', at('hoster'), {}, 'crov'],
  ['approval', at('it'), {}, 'cro'],
  ['task', at('IT-01'), taskProgress('done'), 'cro'],
  ['task', at('IT-02'), taskProgress('done'), 'crov'],
  ['task', at('HO-01'), null, 'crov'],
  ['task', at('X-1'), taskProgress('done'), 'crov'],
  ['task', at('X-2'), taskProgress('done'), 'cro'],
  ['step', at('IT-01/1'), {}, 'cro'],
  ['step', at('HO-01/1'), {}, 'crov'],
  ['extra-task', at('X-1'), { owner: 'hoster', supporting: [] }, 'crov'],
  ['extra-task', at('X-2'), { owner: 'it', supporting: [] }, 'cro'],
  ['extra-task', at('X-2'), null, 'crov'],
  ['assignment', at('hoster/other'), {}, 'crov'],
  ['assignment', at('it/other'), {}, 'cro'],
  ['availability', at('other'), {}, 'cro'],
  ['availability', at('me'), {}, 'crov'],
  ['impact', at('machines'), {}, 'crov'],
  ['impact', at('ledger'), {}, 'cro'],
  ['log', at('l'), logEntry('x'), 'cro'],
  ['log', at('l'), logEntry('x', { task: 'IT-01' }), 'cro'],
  ['log', at('l'), logEntry('x', { task: 'IT-02' }), 'crov'],
  ['log', at('l'), logEntry('x', { role: 'hoster' }), 'crov'],
  ['message', at('m'), { role: 'it' }, 'cro'],
  ['message', at('m'), { role: 'hoster' }, 'crov'],
  ['resource', at('r'), {}, 'cro'],
  ['review', at('r'), {}, 'cro'],
  ['person', 'other', {}, 'cro'],
  ['person', 'me', {}, 'crov'],
  ['contact-test', 't', {}, 'cro'],
  ['contact-result', 't/me', {}, 'cro'],
  ['training', 't', {}, 'cro'],
  ['grant', 'other', {}, 'c'],
  ['grant', 'me', {}, 'crov'],
  ['device', 'fedcba9876543210', {}, 'c'],
  ['device', device, {}, 'crov'],
  ['conflict', 'x', {}, 'c'],
  ['later-kind', 'x', {}, 'cro'],
];

describe('who may see', () => {
  it.each(matrix)('[ACCESS] %s %s %o', (kind, key, value, allowed) => {
    const levels = accessLevels.filter((level) => sees(rights(level, 'hoster'), kind, key, value));
    expect(levels.map((level) => level.charAt(0)).join('')).toBe(allowed);
    expect(sees(null, kind, key, value)).toBe(false);
  });

  it("[ACCESS] what one wrote oneself one sees: readiness of every own phone, a vendor's log entries", () => {
    for (const level of accessLevels) {
      expect(sees(rights(level), 'device', 'fedcba9876543210', {}, me)).toBe(true);
      expect(sees(rights(level), 'log', at('l'), logEntry('x'), me)).toBe(true);
    }
  });

  it('[CONFLICT] a conflict is seen by its author, its deletion too, by coordinators and by who commands its incident', () => {
    const conflict = (who: Rights, about: PersonId, inIncident: boolean) =>
      maySee(
        who,
        device,
        {
          kind: 'conflict',
          key: 'x',
          value: () => null,
          author: { person: null, device },
          about,
          incident: inIncident ? incident.id : null,
        },
        scope,
      );
    for (const level of accessLevels) expect(conflict(rights(level), me, true)).toBe(true);
    expect(conflict(rights('responder'), other, true)).toBe(false);
    expect(conflict(rights('responder', 'lead'), other, true)).toBe(true);
    expect(conflict(rights('responder', 'lead'), other, false)).toBe(false);
    expect(conflict(rights('observer', 'lead'), other, true)).toBe(false);
  });
});

describe("a vendor's copy of a plan", () => {
  const whole = plan.value as unknown as PlanVersion;
  const hoster = ['hoster'] as unknown as readonly RoleId[];

  it('[SEC-20] holds the items of its own roles, nothing planted in others, and verifies under the same hash', () => {
    const copy = vendorCopy(whole, hoster);
    expect(copy.items.map(({ id }) => id)).toEqual(['team', 'hoster', 'first', 'IT-02', 'HO-01', 'machines']);
    expect(JSON.stringify(copy)).not.toContain(canary);
    expect(planHash(copy)).toBe(plan.hash);
    expect(copy.withheld).toHaveLength(samplePlan.length - 6);
    expect(copy.withheld).toContain(itemHash(samplePlan[0] ?? {}));
  });

  it('[SEC-20] a copy of a copy withholds what the first had withheld', () => {
    const twice = vendorCopy(vendorCopy(whole, hoster), ['nobody'] as unknown as readonly RoleId[]);
    expect(twice.items).toEqual([]);
    expect(planHash(twice)).toBe(plan.hash);
  });

  it('[ACCESS] everybody else gets the plan as it was published', () => {
    for (const level of ['coordinator', 'responder', 'observer'] as const)
      expect(valueSeen(rights(level), 'plan-version', plan.value)).toBe(plan.value);
    expect(valueSeen(rights('vendor', 'hoster'), 'plan-version', plan.value)).not.toEqual(plan.value);
    expect(valueSeen(rights('vendor', 'hoster'), 'plan-version', null)).toBeNull();
    expect(valueSeen(rights('vendor', 'hoster'), 'task', { a: 1 })).toEqual({ a: 1 });
  });
});
