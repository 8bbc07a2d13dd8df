import type { Person } from '../access/access.ts';
import type { PersonId } from '../ids.ts';
import { localDate } from '../incident/zoned-time.ts';
import type { Contact, MeansOfContact } from '../plan/plan-item.ts';

export type CardMeans = {
  readonly pace: MeansOfContact['pace'] | null;
  readonly type: MeansOfContact['type'];
  readonly value: string;
  readonly label: string | null;
  /** `2026-11-02`; null where nobody verified it. */
  readonly verified: string | null;
};

export type CardContact = {
  readonly contact: Contact;
  /** In the order of PACE. */
  readonly means: readonly CardMeans[];
  /** The date that holds for all means; null where none was verified, or where they differ. */
  readonly verified: string | null;
};

/**
 * A contact as it is printed. Where it names a person who verified contacts of their own, those stand instead of the plan's
 * (product.md, Words: Role); times are dates in `zone`.
 */
export function cardContact(contact: Contact, people: ReadonlyMap<PersonId, Person>, zone: string): CardContact {
  const person = contact.person === undefined ? undefined : people.get(contact.person);
  const own = (person?.contacts ?? []).flatMap((each): readonly CardMeans[] =>
    each.verifiedAt === null
      ? []
      : [
          {
            pace: each.pace ?? null,
            type: each.type,
            value: each.value,
            label: null,
            verified: localDate(each.verifiedAt, zone),
          },
        ],
  );
  const means = own.length > 0 ? own : contact.means.map((each) => planned(each, contact.verifiedAt));
  const dates = new Set(means.map(({ verified }) => verified));
  return {
    contact,
    means: [...means].sort((a, b) => placeOf(a.pace) - placeOf(b.pace)),
    verified: dates.size === 1 ? (means[0]?.verified ?? null) : null,
  };
}

function planned({ pace, type, value, label }: MeansOfContact, verified: string | null): CardMeans {
  return { pace, type, value, label: label ?? null, verified };
}

function placeOf(pace: CardMeans['pace']): number {
  switch (pace) {
    case 'primary':
      return 0;
    case 'alternate':
      return 1;
    case 'contingency':
      return 2;
    case 'emergency':
      return 3;
    case null:
      return 4;
  }
}
