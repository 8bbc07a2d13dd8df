import { unreachable } from '../../domain/result.ts';
import { useIncident } from '../../parts/incident.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { IncidentNow } from './incident-now.tsx';
import { later } from '../../ui/later.tsx';

const ReadyNow = later(async () => (await import('./ready-now.tsx')).ReadyNow);

/** What do I do this minute. */
export function NowPage() {
  const incident = useIncident();
  switch (incident.state) {
    case 'reading':
      return null;
    case 'none':
      return <ReadyNow />;
    case 'without-plan':
      return (
        <Page title={incident.incident.title}>
          <EmptyState title="The plan of this incident has not come yet.">
            It comes with the next connection. Until then work from your paper role card.
          </EmptyState>
        </Page>
      );
    case 'open':
      return <IncidentNow view={incident.view} />;
    default:
      return unreachable(incident);
  }
}
