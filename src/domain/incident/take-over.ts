import type { Instant, PersonId, RoleId } from '../ids.ts';
import { instant, minute, type Millis } from '../time.ts';
import { standingAssignments, type HeldAssignment } from './held-roles.ts';

/** How far a clock may be ahead; what is later still was written by one that is wrong. */
const slack: Millis = 5 * minute;

/**
 * Who took a role that others work in, without anybody having said that they work as a team: all of them, in the order in which they
 * took it. Empty where one works alone, and where a team was agreed on after the last one came. Nobody is put out by another's
 * taking over, since two who cannot hear each other must both be able to (issue: hand-over). A team of the future silences nothing.
 */
export function takenByMore(
  assignments: readonly HeldAssignment[],
  role: RoleId,
  now: Millis,
): readonly HeldAssignment[] {
  const standing = standingAssignments(assignments)
    .filter((each) => each.role === role)
    .sort((a, b) => (a.assignment.since < b.assignment.since ? -1 : 1));
  if (standing.length < 2) return [];
  const last = lastTaken(standing, now);
  const agreed = standing.some(
    ({ assignment: { teamAt } }) => teamAt != null && isCredible(teamAt, now) && teamAt >= last,
  );
  return agreed ? [] : standing;
}

/** When it is said now that all of them are a team: not before the last of them came, whose clock may be ahead. */
export function teamSince(taken: readonly HeldAssignment[], now: Millis): Instant {
  const [at, last] = [instant(now), lastTaken(taken, now)];
  return last > at ? last : at;
}

function lastTaken(taken: readonly HeldAssignment[], now: Millis): Instant {
  const times = taken.map(({ assignment }) => assignment.since).filter((since) => isCredible(since, now));
  return times.reduce((last, since) => (since > last ? since : last), instant(0));
}

function isCredible(at: Instant, now: Millis): boolean {
  return at <= instant(now + slack);
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
