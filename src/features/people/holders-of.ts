import { standingAssignments } from '../../domain/incident/held-roles.ts';
import type { PersonId, RoleId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Holder } from '../../domain/plan/plan-item.ts';
import type { PeopleView } from './people-page.tsx';

export type RoleHolders = {
  /** In the plan's order: primary first, then deputies. */
  readonly planned: readonly Holder[];
  /** Who works in it in the open incident. */
  readonly now: readonly { readonly person: PersonId; readonly since: Instant; readonly note: string | null }[];
};

export function holdersOf({ plan, incident }: PeopleView, role: RoleId): RoleHolders {
  const now = standingAssignments(incident?.assignments ?? [])
    .filter((each) => each.role === role)
    .map(({ person, assignment: { since, note } }) => ({ person, since, note }));
  return { planned: plan?.roleById.get(role)?.holders ?? [], now };
}

/**
 * Whether this person may write the assignment of `person` to `role` in the open incident (protocol.md, Access levels):
 * coordinators and who commands anyone, a responder themself, a vendor themself in its own roles. The server decides.
 */
export function mayAssign({ me, plan, incident }: PeopleView, role: RoleId, person: PersonId): boolean {
  if (incident === null) return false;
  if (me.access === 'coordinator') return true;
  if (me.access === 'observer') return false;
  const commanding = plan?.header?.commandingRole;
  if (commanding !== undefined && me.roles.includes(commanding)) return true;
  return person === me.person && (me.access === 'responder' || me.roles.includes(role));
}
