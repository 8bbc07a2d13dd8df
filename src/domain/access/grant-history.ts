import type { PersonId, Stamp } from '../ids.ts';
import type { Json } from '../json.ts';
import type { Grant, Rights } from './access.ts';

/** Every accepted change of one person's grant, by ascending effective stamp; null takes the rights away. */
export type GrantHistory = readonly { readonly stamp: Stamp; readonly grant: Grant | null }[];

/** What the person may do as of today. */
export function rightsNow(person: PersonId, history: GrantHistory): Rights | null {
  return rightsFrom(person, history.at(-1)?.grant ?? null);
}

/** What the person might do when the change was made: the last grant before its effective stamp. */
export function rightsAt(person: PersonId, history: GrantHistory, stamp: Stamp): Rights | null {
  const earlier = history.findLast((entry) => entry.stamp <= stamp);
  return rightsFrom(person, earlier?.grant ?? null);
}

/** The history with one more change in its place. */
export function withGrant(history: GrantHistory, stamp: Stamp, grant: Json): GrantHistory {
  const entry = { stamp, grant: grant as Grant | null };
  const place = history.findLastIndex((each) => each.stamp <= stamp) + 1;
  return [...history.slice(0, place), entry, ...history.slice(place)];
}

function rightsFrom(person: PersonId, grant: Grant | null): Rights | null {
  return grant === null ? null : { person, access: grant.access, roles: grant.roles };
}
