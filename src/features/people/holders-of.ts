import type { Instant, PersonId, RoleId } from '../../domain/ids.ts';
import { workersIn } from '../../domain/incident/workers-in.ts';
import type { Holder } from '../../domain/plan/plan-item.ts';
import type { PeopleView } from './people-page.tsx';

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

export function holdersOf({ plan, incident, granted }: PeopleView, role: RoleId): RoleHolders {
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

/** That nobody works in a role; of others' grants only coordinators know. */
export function nobodyWords({ me }: PeopleView): string {
  return me.access === 'coordinator' ? 'Nobody works in this role yet.' : 'Nobody known here works in this role yet.';
}
