import { unreachable } from '../../domain/result.ts';
import { useIncident } from '../../parts/incident.tsx';
import { WithoutPlan } from '../../parts/without-plan.tsx';
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
      return <WithoutPlan title={incident.incident.title} incident={incident.incident} />;
    case 'open':
      return <IncidentNow view={incident.view} />;
    default:
      return unreachable(incident);
  }
}
