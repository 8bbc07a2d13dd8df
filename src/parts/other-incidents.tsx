import { useLocation } from 'wouter';
import type { KnownIncident } from '../domain/incident/current-incident.ts';
import { RowButton } from '../ui/row-link.tsx';
import { RowList } from '../ui/stack.tsx';
import { useIncidents } from './incident.tsx';
import { modeWords } from './status-words.ts';
import { whenWords } from './time-words.ts';
import { useNow } from './use-now.ts';

/** Incidents and exercises that are on this device beside the one on the screen. */
export function useOtherIncidents(): readonly KnownIncident[] {
  const { known, state } = useIncidents();
  return known.filter(
    ({ id, incident }) => incident.mergedInto === null && !(state.state === 'open' && state.view.id === id),
  );
}

/** Each opens with one press. */
export function OtherIncidents({
  label,
  others,
}: {
  readonly label: string;
  readonly others: readonly KnownIncident[];
}) {
  const { choose } = useIncidents();
  const [, goTo] = useLocation();
  const now = useNow();
  return (
    <RowList label={label}>
      {others.map(({ id, incident, refused }) => (
        <li key={id}>
          <RowButton
            icon={incident.mode === 'incident' ? 'warning' : 'checklist'}
            title={incident.title}
            detail={`${modeWords[incident.mode]} · ${refused ? 'not accepted, on this device only' : incident.status} · began ${whenWords(incident.startedAt, incident.zone, now)}`}
            onPress={() => {
              choose(id);
              goTo('/now');
            }}
          />
        </li>
      ))}
    </RowList>
  );
}
