import { GroupTitle } from '../ui/heading.tsx';
import { Stack } from '../ui/stack.tsx';
import { OtherIncidents, useOtherIncidents } from './other-incidents.tsx';

/** Beside a closed incident: what is still open, to go on with. */
export function StillActive() {
  const open = useOtherIncidents().filter(({ incident }) => incident.status === 'active');
  if (open.length === 0) return null;
  return (
    <Stack close>
      <GroupTitle>Still open</GroupTitle>
      <OtherIncidents label="Still open" others={open} />
    </Stack>
  );
}
