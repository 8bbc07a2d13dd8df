import { useIncidents } from '../parts/incident.tsx';
import { mayActivate } from '../parts/may-activate.ts';
import type { Screen } from './screens.tsx';

type Words = Pick<Screen, 'title' | 'detail'>;

export const whoMay: Words = { title: 'Who may activate', detail: 'Whom to call when something is wrong' };
const another: Words = { title: 'Activate another', detail: 'A second incident or exercise beside the open one' };

/** What the way to an activation is called while an incident is open: it would start a second one. Null while none is. */
export function useActivateWords(): Words | null {
  const { state, known } = useIncidents();
  if (!known.some(({ incident }) => incident.status === 'active')) return null;
  return state.state === 'open' && !mayActivate(state.view.me, state.view.plan) ? whoMay : another;
}
