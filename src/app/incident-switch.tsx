import { OtherIncidents, useOtherIncidents } from '../parts/other-incidents.tsx';
import { GroupTitle } from '../ui/heading.tsx';
import { Stack } from '../ui/stack.tsx';

/** Opens another incident or exercise; shown once this device knows two. */
export function IncidentSwitch() {
  const others = useOtherIncidents();
  if (others.length === 0) return null;
  return (
    <Stack close>
      <GroupTitle id="other-incidents">Other incidents and exercises on this device</GroupTitle>
      <OtherIncidents label="Other incidents and exercises on this device" others={others} />
    </Stack>
  );
}
