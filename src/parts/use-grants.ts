import { useMemo } from 'react';
import type { Grant } from '../domain/access/access.ts';
import type { PersonId } from '../domain/ids.ts';
import type { GrantedRoles } from '../domain/incident/workers-in.ts';
import { useRecords } from './use-live.ts';
import { useMe, type Me } from './use-me.ts';

/** Grants by person: all of them for coordinators, else one's own. */
export function useGrants(): ReadonlyMap<PersonId, Grant> {
  const shown = useRecords('grant', '');
  return useMemo(
    () =>
      new Map((shown ?? []).flatMap(({ key, value }) => (value === null ? [] : [[key as PersonId, value] as const]))),
    [shown],
  );
}

/** The roles of the grants that this device knows, its own person's included. */
export function useGrantedRoles(): GrantedRoles {
  const grants = useGrants();
  const me = useMe();
  return useMemo(() => grantedRoles(grants, me ?? null), [grants, me]);
}

export function grantedRoles(grants: ReadonlyMap<PersonId, Grant>, me: Me | null): GrantedRoles {
  return new Map([
    ...[...grants].map(([person, { roles }]) => [person, roles] as const),
    ...(me === null ? [] : [[me.person, me.roles] as const]),
  ]);
}
