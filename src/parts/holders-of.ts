import type { AccessLevel } from '../domain/access/access.ts';
import type { Instant, PersonId, RoleId } from '../domain/ids.ts';
import type { HeldAssignment } from '../domain/incident/held-roles.ts';
import { workersIn, type GrantedRoles } from '../domain/incident/workers-in.ts';
import type { Plan } from '../domain/plan/plan.ts';
import type { Holder } from '../domain/plan/plan-item.ts';

export type Working = {
  readonly person: PersonId;
  /** Null for who works in it by the grant or by the plan, without having taken it in this incident. */
  readonly since: Instant | null;
  readonly note: string | null;
};

export type RoleHolders = {
  /** In the plan's order: primary first, then deputies. */
  readonly planned: readonly Holder[];
  /** Who works in it in the open incident. */
  readonly now: readonly Working[];
};

type HoldersKnown = {
  readonly plan: Plan | null;
  readonly incident: { readonly assignments: readonly HeldAssignment[] } | null;
  readonly granted: GrantedRoles;
};

export function holdersOf({ plan, incident, granted }: HoldersKnown, role: RoleId): RoleHolders {
  const planned = plan?.roleById.get(role)?.holders ?? [];
  if (plan === null || incident === null) return { planned, now: [] };
  const now = workersIn(plan, role, granted, incident.assignments).map((person): Working => {
    const taken = incident.assignments.find(
      (each) => each.role === role && each.person === person && each.assignment.until === null,
    )?.assignment;
    return { person, since: taken?.since ?? null, note: taken?.note ?? null };
  });
  return { planned, now };
}

type Reader = { readonly me: { readonly access: AccessLevel } };

/** That nobody works in a role. */
export function nobodyWords(view: Reader): string {
  return `${nobodyOf(view)} works in this role yet.`;
}

/** Of others' grants only coordinators know. */
export function nobodyOf({ me }: Reader): string {
  return me.access === 'coordinator' ? 'Nobody' : 'Nobody known here';
}
