import type { DeviceId, Instant, PersonId, RoleId } from '../ids.ts';
import { heldRoles } from '../incident/held-roles.ts';
import type { DeviceReport } from './device-report.ts';
import { findings, personFindings, type Finding } from './findings.ts';
import type { Roster } from './roster.ts';

export type Phone = {
  readonly id: DeviceId;
  readonly name: string;
  readonly report: DeviceReport | null;
  /** When the server last heard from it, as far as is known. */
  readonly lastSeenAt: Instant | null;
  readonly findings: readonly Finding[];
};

/** What is known of one person before the event. */
export type PersonReadiness = {
  readonly person: PersonId;
  readonly name: string;
  readonly roles: readonly RoleId[];
  /** The one that counts first: a person is as ready as their readiest phone. */
  readonly phones: readonly Phone[];
  /** One for each check, in the order of `checks`. */
  readonly findings: readonly Finding[];
  readonly worst: 'green' | 'amber' | 'red' | 'unknown';
};

/**
 * Everybody of whom a phone is expected: who has access, whom the plan names, and who has a phone that reported. Guarantees a
 * finding for each check; a phone that has not reported for seven days is green in none. In the order of names.
 */
export function readiness(roster: Roster): readonly PersonReadiness[] {
  const phones = phonesByPerson(roster);
  return [...expected(roster, phones)]
    .map((person) => personReadiness(roster, person, phones.get(person) ?? []))
    .sort((a, b) => a.name.localeCompare(b.name) || (a.person < b.person ? -1 : 1));
}

/** Roles that a person holds before an incident: by grant and by the plan. */
function rolesOf({ plan, grants }: Pick<Roster, 'plan' | 'grants'>, person: PersonId): readonly RoleId[] {
  const granted = grants.get(person)?.roles ?? [];
  return plan === null ? granted : heldRoles(plan, person, granted, []);
}

type FoundPhone = Omit<Phone, 'findings'>;

function phonesByPerson({ reports, devices }: Roster): ReadonlyMap<PersonId, readonly FoundPhone[]> {
  const listed = new Map((devices ?? []).map((device) => [device.id as DeviceId, device]));
  const byPerson = new Map<PersonId, FoundPhone[]>();
  const add = (person: PersonId, phone: FoundPhone) => byPerson.set(person, [...(byPerson.get(person) ?? []), phone]);
  for (const { id, name, person, lastSeenAt, revoked } of devices ?? []) {
    if (revoked !== null) continue;
    const report = reports.get(id as DeviceId)?.report ?? null;
    add(person, { id: id as DeviceId, name: report?.name ?? name, report, lastSeenAt });
  }
  for (const [id, { person, report }] of reports) {
    // What the server lists, it lists in full: a report without a device there is of one that is gone.
    if (person === null || listed.has(id) || devices !== null) continue;
    add(person, { id, name: report.name, report, lastSeenAt: null });
  }
  return byPerson;
}

function expected({ plan, people, grants }: Roster, phones: ReadonlyMap<PersonId, unknown>): ReadonlySet<PersonId> {
  const named = (plan?.roles ?? []).flatMap(({ holders }) =>
    holders.flatMap((holder) => (holder.kind === 'person' && holder.person !== undefined ? [holder.person] : [])),
  );
  return new Set([...grants.keys(), ...named.filter((person) => people.has(person)), ...phones.keys()]);
}

function personReadiness(roster: Roster, person: PersonId, found: readonly FoundPhone[]): PersonReadiness {
  const roles = rolesOf(roster, person);
  const phones = found
    .map((phone): Phone => ({ ...phone, findings: findings(roster, phone, roles) }))
    .sort((a, b) => badness(a) - badness(b) || reportedAt(b).localeCompare(reportedAt(a)));
  const best = phones[0]?.findings ?? personFindings(roster);
  return {
    person,
    name: roster.people.get(person)?.name ?? '',
    roles,
    phones,
    findings: best,
    worst: worstOf(best),
  };
}

function worstOf(all: readonly Finding[]): PersonReadiness['worst'] {
  const has = (colour: Finding['colour']) => all.some((each) => each.colour === colour);
  return has('red') ? 'red' : has('amber') ? 'amber' : has('unknown') ? 'unknown' : 'green';
}

function badness({ findings: all, report }: Phone): number {
  const count = (colour: Finding['colour']) => all.filter((each) => each.colour === colour).length;
  return (report === null ? 10_000 : 0) + count('red') * 100 + count('unknown') * 10 + count('amber');
}

function reportedAt({ report }: Phone): string {
  return report?.at ?? '';
}
