import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { useOtherIncidents } from '../parts/other-incidents.tsx';
import { IncidentSwitch } from './incident-switch.tsx';

/** Where the header leads while more than one incident is open. */
export function IncidentsPage() {
  const others = useOtherIncidents();
  return (
    <Page title="Open another incident">
      {others.length === 0 ? (
        <EmptyState title="No other incident is on this device." action={<ButtonLink href="/now">Open Now</ButtonLink>}>
          Others appear here once a second one is open.
        </EmptyState>
      ) : (
        <IncidentSwitch />
      )}
    </Page>
  );
}
