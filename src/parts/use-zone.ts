import { unreachable } from '../domain/result.ts';
import { useIncident } from './incident.tsx';

/** The zone that times are shown in: the open incident's, else this device's. */
export function useZone(): string {
  const incident = useIncident();
  switch (incident.state) {
    case 'open':
      return incident.view.incident.zone;
    case 'without-plan':
      return incident.incident.zone;
    case 'none':
      return deviceZone();
    // No time is on the screen yet, and asking the browser costs a slow phone much of its start.
    case 'reading':
      return 'UTC';
    default:
      return unreachable(incident);
  }
}

export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
