import type { RoleId } from '../ids.ts';
import { standingAssignments, type HeldAssignment } from '../incident/held-roles.ts';
import type { GrantedRoles } from '../incident/workers-in.ts';
import type { Role } from '../plan/plan-item.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * Roles that nobody fills: the plan names no holder, nobody was invited with it as far as is known here, and nobody stands
 * assigned. Who was assigned in the incident and stood down without relief leaves the role empty too, whatever the plan says.
 */
export function unstaffedRoles(
  plan: Plan,
  assignments: readonly HeldAssignment[],
  granted: GrantedRoles,
): ReadonlySet<RoleId> {
  const ended = new Set(
    assignments.flatMap((each) => (each.assignment.until === null ? [] : [`${each.person} ${each.role}`])),
  );
  const standing = new Set([
    ...standingAssignments(assignments).map(({ role }) => role),
    ...[...granted].flatMap(([person, roles]) => roles.filter((role) => !ended.has(`${person} ${role}`))),
  ]);
  const stoodDown = new Set(assignments.map(({ role }) => role).filter((role) => !standing.has(role)));
  const isEmpty = (role: Role) => !standing.has(role.id) && (role.holders.length === 0 || stoodDown.has(role.id));
  return new Set(plan.roles.filter(isEmpty).map(({ id }) => id));
}

/**
 * Unstaffed roles by the role whose card lists their tasks: the nearest staffed superior (product.md, The role card), each list
 * in the plan's order. A role without one, as in a vendor's copy, is on no other card; a ring of superiors ends the walk.
 */
export function coveredRoles(
  plan: Plan,
  assignments: readonly HeldAssignment[],
  granted: GrantedRoles,
): ReadonlyMap<RoleId, readonly Role[]> {
  const unstaffed = unstaffedRoles(plan, assignments, granted);
  const covered = new Map<RoleId, Role[]>();
  for (const role of plan.roles) {
    const superior = unstaffed.has(role.id) ? staffedSuperior(plan, role, unstaffed) : null;
    if (superior !== null) covered.set(superior, [...(covered.get(superior) ?? []), role]);
  }
  return covered;
}

function staffedSuperior(plan: Plan, role: Role, unstaffed: ReadonlySet<RoleId>): RoleId | null {
  const passed = new Set<RoleId>();
  let at = role.reportsTo;
  while (at !== null && unstaffed.has(at) && !passed.has(at)) {
    passed.add(at);
    at = plan.roleById.get(at)?.reportsTo ?? null;
  }
  return at !== null && !unstaffed.has(at) && plan.roleById.has(at) ? at : null;
}
