import { describe, expect, it } from 'vitest';
import { composeRoleCards } from '../../../src/domain/card/role-card.ts';
import { coveredRoles, unstaffedRoles } from '../../../src/domain/card/covered-roles.ts';
import type { Instant, PersonId, PlanHash, RoleId } from '../../../src/domain/ids.ts';
import type { HeldAssignment } from '../../../src/domain/incident/held-roles.ts';
import type { GrantedRoles } from '../../../src/domain/incident/workers-in.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { contact, phase, role, task } from '../../support/plan-items.ts';

const nobody = { holders: [] };
const none: GrantedRoles = new Map();

describe('roles that nobody fills', () => {
  it('[CARD-20] are those without a holder in the plan', () => {
    const plan = planOf([role('lead'), role('it', nobody)]);
    expect([...unstaffedRoles(plan, [], none)]).toEqual(['it']);
  });

  it('[CARD-21] are filled by who stands assigned in the incident', () => {
    const plan = planOf([role('lead'), role('it', nobody)]);
    expect([...unstaffedRoles(plan, [assigned('it', null)], none)]).toEqual([]);
  });

  it('[CARD-22] are those too whose people stood down without relief, holders or not', () => {
    const plan = planOf([role('lead'), role('it')]);
    const ended = assigned('it', '2026-11-23T18:00:00.000Z');
    expect([...unstaffedRoles(plan, [ended], none)]).toEqual(['it']);
    expect([...unstaffedRoles(plan, [ended, assigned('it', null, 'ben')], none)]).toEqual([]);
  });

  it('[TAKE-1] are filled by who was invited with the role, until they stand down in the incident', () => {
    const plan = planOf([role('lead'), role('it', nobody)]);
    const granted: GrantedRoles = new Map([['ana' as PersonId, ['it' as RoleId]]]);
    expect([...unstaffedRoles(plan, [], granted)]).toEqual([]);
    expect([...unstaffedRoles(plan, [assigned('it', '2026-11-23T18:00:00.000Z')], granted)]).toEqual(['it']);
  });

  it('[CARD-23] are covered by the nearest superior that somebody fills', () => {
    const plan = planOf([
      role('lead'),
      role('it', nobody),
      role('disks', { ...nobody, reportsTo: 'it' }),
      role('press'),
    ]);
    expect(titles(coveredRoles(plan, [], none))).toEqual([['lead', ['it', 'disks']]]);
  });

  it('[CARD-24] are on no other card where there is no such superior', () => {
    const ring = planOf([role('a', { ...nobody, reportsTo: 'b' }), role('b', { ...nobody, reportsTo: 'a' })]);
    expect(titles(coveredRoles(ring, [], none))).toEqual([]);
    const part = planOf([role('hoster', { ...nobody, reportsTo: 'elsewhere' })]);
    expect(titles(coveredRoles(part, [], none))).toEqual([]);
  });

  it('[CARD-25] have their tasks and contacts on the superior’s card, marked, and on their own', () => {
    const plan = planOf([
      role('lead'),
      role('it', nobody),
      phase('first', 0, 240),
      task('LD-01', { owner: 'lead' }),
      task('IT-01', { dependsOn: ['LD-01'] }),
      contact('hoster', { neededBy: ['it'] }),
    ]);
    const hash = '0'.repeat(64) as PlanHash;
    const [lead, specialists] = composeRoleCards({ plan, hash, number: 1, people: new Map(), incident: null });
    expect(lead?.phases[0]?.tasks.map((each) => [each.task.id, each.standsInFor])).toEqual([
      ['LD-01', null],
      ['IT-01', 'The it'],
    ]);
    expect(lead?.contacts.map((each) => each.contact.id)).toEqual(['hoster']);
    expect(specialists?.phases[0]?.tasks.map((each) => each.task.id)).toEqual(['IT-01']);
    expect(specialists?.coveredBy).toBe('The lead');
  });
});

function titles(covered: ReturnType<typeof coveredRoles>): readonly (readonly [string, readonly string[]])[] {
  return [...covered].map(([superior, roles]) => [superior, roles.map(({ id }) => id)]);
}

function assigned(roleId: string, until: string | null, person = 'ana'): HeldAssignment {
  return {
    role: roleId as RoleId,
    person: person as PersonId,
    assignment: { since: '2026-11-23T10:05:00.000Z' as Instant, until: until as Instant | null, note: null },
  };
}
