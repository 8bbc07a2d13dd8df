import type { Person } from '../access/access.ts';
import type { PersonId, RoleId } from '../ids.ts';
import type { Contact, MeansOfContact } from '../plan/plan-item.ts';
import { pace } from '../plan/role-items.ts';

/** One way to reach somebody, in the order of PACE. */
export type WayToReach = {
  readonly pace: MeansOfContact['pace'] | null;
  readonly type: MeansOfContact['type'];
  readonly value: string;
  readonly label: string | null;
  /** A date or time; null where it was never verified. */
  readonly verifiedAt: string | null;
};

/**
 * How a contact is reached, primary means first. A contact that names a person gives that person's own verified contacts where
 * this device knows any (product.md, Role), else what the plan says.
 */
export function waysToReach(
  contact: Contact,
  people: ReadonlyMap<PersonId, Person>,
): { readonly of: 'person' | 'plan'; readonly ways: readonly WayToReach[] } {
  const own = contact.person === undefined ? [] : (people.get(contact.person)?.contacts ?? []);
  const verified = own.filter(({ verifiedAt }) => verifiedAt !== null);
  if (verified.length > 0) {
    const ways = verified.map(({ type, value, pace: step, verifiedAt }) => ({
      pace: step ?? null,
      type,
      value,
      label: null,
      verifiedAt,
    }));
    return { of: 'person', ways: ways.sort(byPace) };
  }
  const ways = contact.means.map(({ type, value, pace: step, label }) => ({
    pace: step,
    type,
    value,
    label: label ?? null,
    verifiedAt: contact.verifiedAt,
  }));
  return { of: 'plan', ways: ways.sort(byPace) };
}

/**
 * Contacts of the version that an incident is worked by, as a later version has them: a wrong number must be put right at once,
 * while tasks and roles stay as they were activated. What is the same by its salt stays the same object; what the later version left
 * out stays.
 */
export function currentContacts(worked: readonly Contact[], later: readonly Contact[]): readonly Contact[] {
  const laterById = new Map(later.map((each) => [each.id, each]));
  const ids = new Set(worked.map(({ id }) => id));
  return [
    ...worked.map((each) => {
      const now = laterById.get(each.id) ?? each;
      return now.salt === each.salt ? each : now;
    }),
    ...later.filter(({ id }) => !ids.has(id)),
  ];
}

/** Contacts in which every word of the search stands somewhere, and which the role needs; both may be empty. */
export function matchingContacts(contacts: readonly Contact[], search: string, role: RoleId | ''): readonly Contact[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return contacts.filter((contact) => {
    if (role !== '' && !contact.neededBy.includes(role)) return false;
    if (words.length === 0) return true;
    const { name, position, organisation, note, means } = contact;
    const text = [name, position, organisation, note, ...means.map(({ value }) => value)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function byPace(a: WayToReach, b: WayToReach): number {
  return rank(a) - rank(b);
}

function rank({ pace: step }: WayToReach): number {
  return step === null ? pace.length : pace.indexOf(step);
}
