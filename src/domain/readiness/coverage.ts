import type { DeviceId, PersonId, RoleId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import { millis } from '../time.ts';
import { silentAfter } from './findings.ts';
import type { PersonReadiness, Phone } from './readiness.ts';
import type { Roster } from './roster.ts';

/** A phone of somebody who holds the role. */
export type CoveringPhone = { readonly person: PersonId; readonly device: DeviceId };

/** Whether enough phones hold the card of a role that the plan can't do without. */
export type RoleCoverage = {
  readonly role: RoleId;
  readonly critical: boolean;
  readonly colour: 'green' | 'amber' | 'red';
  /** Phones that hold its current card and reported within seven days. */
  readonly holding: readonly CoveringPhone[];
  /** Phones of its holders that don't, or that nobody heard from. */
  readonly others: readonly CoveringPhone[];
  /** Its holders who have no phone here. */
  readonly without: readonly PersonId[];
  /** Whom the plan names and this app does not know. */
  readonly named: readonly string[];
};

/** Issue 4: red when fewer than two phones hold a critical role's current card. */
const fewestPhones = 2;

/** Roles that own a critical task, and the commanding one. */
function criticalRoles(plan: Plan): ReadonlySet<RoleId> {
  const owners = plan.tasks.filter(({ critical }) => critical).map(({ owner }) => owner);
  const commanding = plan.header?.commandingRole;
  return new Set([...owners, ...(commanding === undefined ? [] : [commanding])]);
}

/**
 * Each role of the plan with the phones that hold its current card, critical ones first, then in the plan's order. Two phones of
 * one and the same person are amber: one person can be missing.
 */
export function coverage(roster: Roster, people: readonly PersonReadiness[]): readonly RoleCoverage[] {
  const { plan } = roster;
  if (plan === null) return [];
  const critical = criticalRoles(plan);
  const all = plan.roles.map(({ id }) => roleCoverage(roster, plan, people, id, critical.has(id)));
  return [...all.filter((each) => each.critical), ...all.filter((each) => !each.critical)];
}

function roleCoverage(
  roster: Roster,
  plan: Plan,
  people: readonly PersonReadiness[],
  role: RoleId,
  critical: boolean,
): RoleCoverage {
  const holders = people.filter(({ roles }) => roles.includes(role));
  const phones = holders.flatMap(({ person, phones: own }) => own.map((phone) => ({ person, phone })));
  const isHolding = ({ phone }: { readonly phone: Phone }) => holds(roster, phone, role);
  const holding = phones.filter(isHolding).map(covering);
  const persons = new Set(holding.map(({ person }) => person)).size;
  const enough = holding.length >= fewestPhones;
  return {
    role,
    critical,
    colour: critical && !enough ? 'red' : (critical ? persons >= fewestPhones : persons > 0) ? 'green' : 'amber',
    holding,
    others: phones.filter((each) => !isHolding(each)).map(covering),
    without: holders.filter((each) => each.phones.length === 0).map(({ person }) => person),
    named: (plan.roleById.get(role)?.holders ?? []).flatMap((holder) =>
      holder.kind === 'person' && holder.person !== undefined && roster.people.has(holder.person) ? [] : [holder.name],
    ),
  };
}

function holds({ current, prints, now }: Roster, { report }: Phone, role: RoleId): boolean {
  if (report === null || report.plan === null || current === null) return false;
  if (now - millis(report.at) >= silentAfter) return false;
  if (report.plan === current.hash) return true;
  const print = prints.get(report.plan)?.get(role);
  return print !== undefined && print === prints.get(current.hash)?.get(role);
}

function covering({ person, phone }: { readonly person: PersonId; readonly phone: Phone }): CoveringPhone {
  return { person, device: phone.id };
}
