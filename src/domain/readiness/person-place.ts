import type { Person } from '../access/access.ts';
import type { PersonId } from '../ids.ts';
import { nameKey } from '../name-key.ts';

/** Where a person works, and whose network their phone is on: what a fire or an outage takes away at once. */
export type PlaceKind = 'site' | 'carrier';

/** Null where the person did not say. Fields of a `person` record that nobody has to fill. */
export function placeOf(person: Person, kind: PlaceKind): string | null {
  const said = person[kind];
  return typeof said === 'string' && said.trim() !== '' ? said.trim().slice(0, 100) : null;
}

export type Place = { readonly name: string; readonly people: readonly PersonId[] };

/** Everybody by place; names that differ only in case or spaces are one. Who did not say is in `unknown`. */
export function places(
  people: Iterable<readonly [PersonId, Person]>,
  kind: PlaceKind,
): { readonly known: readonly Place[]; readonly unknown: readonly PersonId[] } {
  const known = new Map<string, { readonly name: string; readonly people: PersonId[] }>();
  const unknown: PersonId[] = [];
  for (const [id, person] of people) {
    const name = placeOf(person, kind);
    if (name === null) {
      unknown.push(id);
      continue;
    }
    const key = nameKey(name);
    const place = known.get(key) ?? { name, people: [] };
    place.people.push(id);
    known.set(key, place);
  }
  return { known: [...known.values()].sort((a, b) => a.name.localeCompare(b.name)), unknown };
}
