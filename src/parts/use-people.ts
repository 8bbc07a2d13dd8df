import { useMemo } from 'react';
import type { Person } from '../domain/access/access.ts';
import type { PersonId } from '../domain/ids.ts';
import { useRecords } from './use-live.ts';

export type People = ReadonlyMap<PersonId, Person>;

const nobody: People = new Map();

export function usePeople(): People {
  const shown = useRecords('person', '');
  return useMemo(() => {
    if (shown === undefined) return nobody;
    return new Map(shown.flatMap(({ key, value }) => (value === null ? [] : [[key as PersonId, value] as const])));
  }, [shown]);
}

/** How a person is named in a list; an id says nothing to anybody, so the unknown stay unnamed. */
export function nameOf(people: People, person: PersonId | null): string {
  if (person === null) return 'somebody';
  return people.get(person)?.name ?? 'somebody not known here';
}
