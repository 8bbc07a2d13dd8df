import { useMemo } from 'react';
import type { CardSource } from '../../domain/card/card-source.ts';
import type { PlanHash, RoleId } from '../../domain/ids.ts';
import type { IncidentRecords } from '../../domain/incident/incident.ts';
import { heldRoles } from '../../domain/incident/held-roles.ts';
import { useIncident, type IncidentView } from '../../parts/incident.tsx';
import type { GrantedRoles } from '../../domain/incident/workers-in.ts';
import { useGrantedRoles } from '../../parts/use-grants.ts';
import { useCurrentContacts } from '../../parts/use-current-contacts.ts';
import { useMe } from '../../parts/use-me.ts';
import { usePeople } from '../../parts/use-people.ts';
import { usePlan, usePlanVersions, type HeldVersion } from '../../parts/use-plan-versions.ts';

export type PrintSource = {
  readonly source: CardSource;
  readonly records: IncidentRecords | null;
  readonly mine: readonly RoleId[];
  /** The later version that some of its contacts are of; null where all are its own. */
  readonly contactsFrom: number | null;
  /** Versions to choose from: the one that is worked and the newest. */
  readonly versions: readonly HeldVersion[];
  readonly granted: GrantedRoles;
};

/**
 * What there is to print: the version that the open incident is worked by, or the newest. Undefined while it is read, null where
 * this device has no plan.
 */
export function usePrintSource(chosen: PlanHash | null): PrintSource | null | undefined {
  const incident = useIncident();
  const held = usePlanVersions();
  const people = usePeople();
  const me = useMe();
  const granted = useGrantedRoles();
  const view = incident.state === 'open' ? incident.view : null;
  const versions = useMemo(() => choices(view, held), [view, held]);
  const version = versions.find(({ hash }) => hash === chosen) ?? versions[0] ?? null;
  const worked = version !== null && version.hash === view?.version.hash ? view : null;
  const latest = usePlan(worked === null ? version : null);
  const read = worked?.plan ?? latest;
  const { plan, from } = useCurrentContacts(read, version);
  const source = useMemo((): CardSource | null => {
    if (plan === null || version === null) return null;
    return {
      plan,
      hash: version.hash,
      number: version.version.number,
      people,
      incident:
        worked === null
          ? null
          : {
              incident: worked.incident,
              assignments: worked.assignments,
              granted,
              progress: worked.records.progress,
            },
    };
  }, [plan, version, people, worked, granted]);
  return useMemo(() => {
    if (held === undefined || incident.state === 'reading' || me === undefined) return undefined;
    if (source === null) return null;
    const mine = worked !== null ? worked.myRoles : me === null ? [] : heldRoles(source.plan, me.person, me.roles, []);
    return { source, records: worked?.records ?? null, mine, contactsFrom: from, versions, granted };
  }, [held, incident.state, me, source, worked, from, versions, granted]);
}

function choices(view: IncidentView | null, held: readonly HeldVersion[] | undefined): readonly HeldVersion[] {
  const newest = held?.[0];
  if (view === null) return newest === undefined ? [] : [newest];
  return newest === undefined || newest.hash === view.version.hash ? [view.version] : [view.version, newest];
}
