import { describe, expect, it } from 'vitest';
import type { Instant, PersonId, RoleId } from '../../../src/domain/ids.ts';
import { heldRoles, type HeldAssignment } from '../../../src/domain/incident/held-roles.ts';
import { workersIn } from '../../../src/domain/incident/workers-in.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import type { Holder, PlanItem } from '../../../src/domain/plan/plan-item.ts';

const me = 'thandi' as PersonId;
const role = (id: string, holders: readonly Holder[] = []) =>
  ({
    section: 'role',
    id,
    order: id.charCodeAt(0),
    salt: '',
    group: 'team',
    title: id,
    mission: id,
    reportsTo: null,
    responsibilities: [],
    reporting: '',
    escalation: '',
    holders,
  }) as unknown as PlanItem;
const plan = planOf([role('a'), role('b', [{ kind: 'person', name: 'Thandi', person: me }]), role('c'), role('d')]);
const assigned = (id: string, until: string | null, person = me): HeldAssignment => ({
  role: id as RoleId,
  person,
  assignment: { since: '2026-11-23T10:00:00.000Z' as Instant, until: until as Instant | null, note: null },
});

describe('the roles somebody works in', () => {
  it('[HELD-1] come from the grant, from this incident and from the plan, in the plan’s order', () => {
    expect(heldRoles(plan, me, ['c' as RoleId], [assigned('a', null)])).toEqual(['a', 'b', 'c']);
  });

  it('[HELD-2] leave out what was handed over, what others took, and roles the plan doesn’t have', () => {
    const others = [assigned('a', '2026-11-23T11:00:00.000Z'), assigned('d', null, 'sipho' as PersonId)];
    expect(heldRoles(plan, me, ['gone' as RoleId], others)).toEqual(['b']);
  });

  it('[HELD-3] make who works in a role: those who took it first, then those invited with it or named by the plan', () => {
    const granted = new Map([['ana' as PersonId, ['a', 'b'] as RoleId[]]]);
    const assignments = [assigned('a', null, 'sipho' as PersonId), assigned('b', '2026-11-23T11:00:00.000Z')];
    expect(workersIn(plan, 'a' as RoleId, granted, assignments)).toEqual(['sipho', 'ana']);
    expect(workersIn(plan, 'b' as RoleId, granted, assignments)).toEqual([me, 'ana']);
    expect(workersIn(plan, 'd' as RoleId, granted, assignments)).toEqual([]);
  });
});
