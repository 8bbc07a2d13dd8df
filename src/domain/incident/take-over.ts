import type { Instant, PersonId, RoleId } from '../ids.ts';
import { standingAssignments, type HeldAssignment } from './held-roles.ts';

/**
 * Who took a role that others work in, without anybody having said that they work as a team: all of them, in the order in which they
 * took it. Empty where one works alone, and where a team was agreed on after the last one came. Nobody is put out by another's
 * taking over, since two who cannot hear each other must both be able to (issue: hand-over).
 */
export function takenByMore(assignments: readonly HeldAssignment[], role: RoleId): readonly HeldAssignment[] {
  const standing = standingAssignments(assignments)
    .filter((each) => each.role === role)
    .sort((a, b) => (a.assignment.since < b.assignment.since ? -1 : 1));
  const last = standing.at(-1);
  if (standing.length < 2 || last === undefined) return [];
  const agreed = standing.some(({ assignment }) => (assignment.teamAt ?? '') >= last.assignment.since);
  return agreed ? [] : standing;
}

/**
 * Roles that somebody handed over to this person and nobody else has taken since; the latest hand-over first. When the giver took it does
 * not count: a clock that was put right in between may say that this was later.
 */
export function offeredRoles(assignments: readonly HeldAssignment[], person: PersonId): readonly HeldAssignment[] {
  const isTakenSince = (given: HeldAssignment, at: Instant) =>
    assignments.some((each) => each !== given && each.role === given.role && each.assignment.since >= at);
  return assignments
    .filter((each) => {
      const { to, until } = each.assignment;
      return to === person && until !== null && !isTakenSince(each, until);
    })
    .sort((a, b) => ((a.assignment.until ?? '') < (b.assignment.until ?? '') ? 1 : -1));
}
