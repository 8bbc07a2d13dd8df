import type { ContactId, PersonId, RoleId } from '../ids.ts';
import type { GrantedRoles } from '../incident/workers-in.ts';
import type { Holder, Role } from '../plan/plan-item.ts';
import type { Plan } from '../plan/plan.ts';
import { sha256Hex } from '../sync/hash.ts';
import type { ContactResultWord } from './contact-test.ts';

/** Somebody of the call tree. */
export type Callee = {
  /** The person; `~` and a hash where the plan names somebody without one (docs/protocol-additions.md). */
  readonly id: string;
  readonly person: PersonId | null;
  /** As the plan names them; null for a person whom only a grant puts into the role. */
  readonly holder: Holder | null;
  readonly contact: ContactId | null;
};

/** One call of the tree: who calls, and in which role the one who is called stands there. */
export type TreeCall = {
  readonly callee: Callee;
  readonly role: RoleId;
  /** From 0: primary first, then deputies, then who was invited with the role. */
  readonly place: number;
  /** Null where whoever starts the tree calls. */
  readonly caller: Callee | null;
  /** How many calls lie between the start and this one. */
  readonly level: number;
  /** Whom it should have come from, who was not reached. */
  readonly insteadOf: Callee | null;
};

/**
 * Who calls whom, in the order in which to call: down from the roles that report to nobody, each role by its first holder, who
 * calls the deputies and the first holders of the roles below. Everybody is called once, where they stand highest. Where somebody
 * was not reached (a message that was left counts as that), the next in the role makes their calls, else the next role above.
 * Roles in a ring, and those whose superior this copy doesn't have, begin at the top.
 */
export function callTree(
  plan: Plan,
  granted: GrantedRoles,
  results: ReadonlyMap<string, ContactResultWord>,
): readonly TreeCall[] {
  const holders = new Map(plan.roles.map((role) => [role.id, calleesOf(plan, role, granted)] as const));
  const calls = new Map<string, TreeCall>();
  for (const { role, above } of inOrder(plan)) {
    const callees = holders.get(role.id) ?? [];
    for (const [place, callee] of callees.entries()) {
      if (calls.has(callee.id)) continue;
      const chain = [callees.slice(0, place), ...above.map((id) => holders.get(id) ?? [])].flat();
      const before = chain.filter((each) => each.id !== callee.id && calls.has(each.id));
      const caller = before.find(({ id }) => isReachable(results.get(id))) ?? null;
      const meant = before[0] ?? null;
      calls.set(callee.id, {
        callee,
        role: role.id,
        place,
        caller,
        level: caller === null ? 0 : (calls.get(caller.id)?.level ?? 0) + 1,
        insteadOf: meant === caller ? null : meant,
      });
    }
  }
  return [...calls.values()];
}

/** Nobody has called them yet, or they answered. */
function isReachable(result: ContactResultWord | undefined): boolean {
  return result === undefined || result === 'reached';
}

/** Roles from the top down, those below right after theirs, each with the roles above it, the nearest first. */
function inOrder(plan: Plan): readonly { readonly role: Role; readonly above: readonly RoleId[] }[] {
  const ordered = new Map<RoleId, { readonly role: Role; readonly above: readonly RoleId[] }>();
  const walk = (role: Role, above: readonly RoleId[]) => {
    if (ordered.has(role.id)) return;
    ordered.set(role.id, { role, above });
    for (const each of plan.roles) if (each.reportsTo === role.id) walk(each, [role.id, ...above]);
  };
  for (const role of plan.roles) if (role.reportsTo === null || !plan.roleById.has(role.reportsTo)) walk(role, []);
  for (const role of plan.roles) walk(role, []);
  return [...ordered.values()];
}

function calleesOf(plan: Plan, role: Role, granted: GrantedRoles): readonly Callee[] {
  const named = role.holders.map((holder) => calleeOf(plan, holder));
  const invited = [...granted]
    .filter(([person, roles]) => roles.includes(role.id) && !named.some((each) => each.person === person))
    .map(([person]): Callee => ({ id: person, person, holder: null, contact: null }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...named, ...invited];
}

function calleeOf(plan: Plan, holder: Holder): Callee {
  const contact = plan.contacts.find(({ id }) => id === holder.contact) ?? null;
  const person = (holder.kind === 'person' ? (holder.person ?? contact?.person) : undefined) ?? null;
  const named = contact === null ? `name:${holder.name}` : `contact:${contact.id}`;
  return { id: person ?? `~${sha256Hex(named).slice(0, 16)}`, person, holder, contact: contact?.id ?? null };
}
