import type { Person } from '../access/access.ts';
import type { PersonId, PlanHash, RoleId, TaskCode } from '../ids.ts';
import type { HeldAssignment } from '../incident/held-roles.ts';
import type { GrantedRoles } from '../incident/workers-in.ts';
import type { Incident, TaskProgress } from '../incident/incident.ts';
import { targetClock } from '../incident/time-span.ts';
import { whenWords } from '../incident/zoned-time.ts';
import type { Plan } from '../plan/plan.ts';
import { titleOfRole } from '../plan/role-title.ts';
import { millis, minute } from '../time.ts';

/** The open incident as paper shows it. */
export type CardIncident = {
  readonly incident: Incident;
  readonly assignments: readonly HeldAssignment[];
  /** Roles of the grants that this device knows. */
  readonly granted: GrantedRoles;
  readonly progress: ReadonlyMap<TaskCode, TaskProgress>;
};

/** What every printed sheet is made from: one version of a plan, who is who, and the incident if one is open. */
export type CardSource = {
  readonly plan: Plan;
  readonly hash: PlanHash;
  readonly number: number;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly incident: CardIncident | null;
};

/** Minutes after T0 as a target: `4:30`, and once T0 is known what a clock shows then, with the date where that isn't the day of T0. */
export type CardTime = { readonly afterStart: string; readonly clock: string | null };

export function cardTime(minutes: number, source: CardSource): CardTime {
  const incident = source.incident?.incident;
  if (incident === undefined) return { afterStart: targetClock(minutes), clock: null };
  const start = millis(incident.startedAt);
  return {
    afterStart: targetClock(minutes),
    clock: whenWords(start + minutes * minute, incident.zone, start),
  };
}

/** The zone of times on paper: the incident's, else the plan's, else UTC (a vendor's copy has no header). */
export function cardZone(source: CardSource): string {
  return source.incident?.incident.zone ?? source.plan.header?.zone ?? 'UTC';
}

/** A role by its title, or by its id in words where this copy of the plan doesn't have it. */
export function titleOf(plan: Plan, role: RoleId): string {
  return titleOfRole(plan, role);
}
