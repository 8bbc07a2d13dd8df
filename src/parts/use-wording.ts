import { useMemo } from 'react';
import { incidentOf } from '../domain/access/access-scope.ts';
import type { Wording } from '../domain/sync/change-words.ts';
import { useIncidents } from './incident.tsx';
import { useNow } from './use-now.ts';
import { nameOf, usePeople } from './use-people.ts';
import { useZone } from './use-zone.ts';

/** A record's words with the incident it belongs to. */
export type RecordWording = {
  readonly wording: Wording;
  /** Names the incident where it isn't the one on the screen. */
  readonly elsewhere: string | null;
};

/** How to say a change of a record: by the plan of the open incident where it is worked by that, in its incident's zone. */
export function useWording(): (kind: string, key: string) => RecordWording {
  const { state, known } = useIncidents();
  const people = usePeople();
  const zone = useZone();
  const now = useNow();
  return useMemo(() => {
    const view = state.state === 'open' ? state.view : null;
    const name: Wording['nameOf'] = (person) => nameOf(people, person);
    return (kind, key) => {
      const id = incidentOf(kind, key);
      const other = id === null || id === view?.id ? null : (known.find((each) => each.id === id)?.incident ?? null);
      const byThisPlan = other === null || other.plan === view?.incident.plan;
      return {
        wording: { zone: other?.zone ?? zone, now, plan: byThisPlan ? (view?.plan ?? null) : null, nameOf: name },
        elsewhere: other?.title ?? null,
      };
    };
  }, [state, known, people, zone, now]);
}
