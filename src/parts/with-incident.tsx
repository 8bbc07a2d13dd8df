import { unreachable } from '../domain/result.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { later } from '../ui/later.tsx';
import { Page } from '../ui/page.tsx';
import { useIncident, type IncidentView } from './incident.tsx';
import { WithoutPlan } from './without-plan.tsx';

const ActivateLink = later(async () => (await import('./activate-link.tsx')).ActivateLink);

type WithIncidentProps = {
  readonly title: string;
  /** What this screen will show once there is an incident. */
  readonly appears: string;
  readonly children: (view: IncidentView) => React.ReactNode;
};

/** A screen of the open incident; says plainly what will appear while there is none. */
export function WithIncident({ title, appears, children }: WithIncidentProps) {
  const incident = useIncident();
  switch (incident.state) {
    case 'open':
      return children(incident.view);
    case 'reading':
      return null;
    case 'none':
      return (
        <Page title={title}>
          <EmptyState title="No incident yet." action={<ActivateLink />}>
            {appears}
          </EmptyState>
        </Page>
      );
    case 'without-plan':
      return <WithoutPlan title={title} incident={incident.incident} />;
    default:
      return unreachable(incident);
  }
}
