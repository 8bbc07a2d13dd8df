import { useLocation } from 'wouter';
import { modeWords } from '../parts/status-words.ts';
import { whenWords } from '../parts/time-words.ts';
import { useIncidents } from '../parts/incident.tsx';
import { useNow } from '../parts/use-now.ts';
import { GroupTitle } from '../ui/heading.tsx';
import { RowButton } from '../ui/row-link.tsx';
import { RowList, Stack } from '../ui/stack.tsx';

/** Opens another incident or exercise; shown once this device knows two. */
export function IncidentSwitch() {
  const { known, choose, state } = useIncidents();
  const [, goTo] = useLocation();
  const now = useNow();
  const others = known.filter(
    ({ id, incident }) => incident.mergedInto === null && !(state.state === 'open' && state.view.id === id),
  );
  if (others.length === 0) return null;
  return (
    <Stack close>
      <GroupTitle id="other-incidents">Other incidents and exercises on this device</GroupTitle>
      <RowList>
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
    </Stack>
  );
}
