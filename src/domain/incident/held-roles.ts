import type { PersonId, RoleId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { Assignment } from './incident.ts';

export type HeldAssignment = { readonly role: RoleId; readonly person: PersonId; readonly assignment: Assignment };

/** Assignments that stand: not ended. The latest `since` of a role and person is the one there is, as keys are unique. */
export function standingAssignments(assignments: readonly HeldAssignment[]): readonly HeldAssignment[] {
  return assignments.filter(({ assignment }) => assignment.until === null);
}

/**
 * The roles that a person works in: those of the grant, those taken in this incident, and those where the plan names the
 * person as a holder; in the plan's order, without roles that the plan doesn't have. It shows what is whose, and gives no
 * rights (protocol.md: rights come from the grant).
 */
export function heldRoles(
  plan: Plan,
  person: PersonId,
  granted: readonly RoleId[],
  assignments: readonly HeldAssignment[],
): readonly RoleId[] {
  const taken = new Set([
    ...granted,
    ...standingAssignments(assignments).flatMap((each) => (each.person === person ? [each.role] : [])),
  ]);
  return plan.roles
    .filter(
      (role) =>
        taken.has(role.id) || role.holders.some((holder) => holder.kind === 'person' && holder.person === person),
    )
    .map((role) => role.id);
}
