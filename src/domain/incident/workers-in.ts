import type { PersonId, RoleId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import { heldRoles, type HeldAssignment } from './held-roles.ts';

/** Roles of the grants, by person. */
export type GrantedRoles = ReadonlyMap<PersonId, readonly RoleId[]>;

/** Everybody who works in a role, by the rule of `heldRoles`; those who took it in this incident first, in the order in which they did. */
export function workersIn(
  plan: Plan,
  role: RoleId,
  granted: GrantedRoles,
  assignments: readonly HeldAssignment[],
): readonly PersonId[] {
  const since = (person: PersonId) =>
    assignments.find((each) => each.role === role && each.person === person && each.assignment.until === null)
      ?.assignment.since ?? '~';
  const named = (plan.roleById.get(role)?.holders ?? []).flatMap((holder) =>
    holder.kind === 'person' && holder.person !== undefined ? [holder.person] : [],
  );
  const known = new Set([...assignments.map(({ person }) => person), ...named, ...granted.keys()]);
  return [...known]
    .filter((person) => heldRoles(plan, person, granted.get(person) ?? [], assignments).includes(role))
    .sort((a, b) => (since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : 0));
}
