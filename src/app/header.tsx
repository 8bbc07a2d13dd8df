import { Link } from 'wouter';
import { useIncidents, type IncidentState } from '../parts/incident.tsx';
import { roleTitle } from '../parts/role-badge.tsx';
import { clockTime, sinceActivation, sinceActivationSpoken, zoneName } from '../parts/time-words.ts';
import { useNow } from '../parts/use-now.ts';
import { useZone } from '../parts/use-zone.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import styles from './header.module.css';

/** Incident, time since activation, own roles, the zone's clock: the same on every screen. */
export function Header() {
  const { state: incident, known } = useIncidents();
  const zone = useZone();
  const now = useNow();
  const open =
    incident.state === 'open' ? incident.view.incident : incident.state === 'without-plan' ? incident.incident : null;
  // how many others are open besides the one on the screen
  const others = known.filter((each) => each.incident.status === 'active' && each.incident !== open).length;
  return (
    <div className={styles.header}>
      <div className={styles.line}>
        <strong className={styles.title}>{open?.title ?? 'Holdfast'}</strong>
        {open === null ? null : open.status === 'closed' ? (
          <span className={styles.since}>closed</span>
        ) : (
          <span className={styles.since}>
            <span aria-hidden="true">{sinceActivation(open.startedAt, now)}</span>
            <VisuallyHidden>{sinceActivationSpoken(open.startedAt, now)}</VisuallyHidden>
          </span>
        )}
      </div>
      <div className={styles.line}>
        <span className={styles.roles}>{roleLine(incident)}</span>
        {open === null || others === 0 ? null : (
          <Link href="/incidents" className={styles.others}>
            {others} more open
          </Link>
        )}
        {incident.state === 'reading' ? null : (
          <span className={styles.clock}>
            {clockTime(now, zone)} {zoneName(zone, now)}
          </span>
        )}
      </div>
    </div>
  );
}

function roleLine(incident: IncidentState): string {
  if (incident.state !== 'open') return incident.state === 'none' ? 'No incident' : '';
  const { plan, myRoles, me } = incident.view;
  const [first, ...more] = myRoles;
  if (first === undefined) return me.access === 'observer' ? 'Observer' : 'No role chosen yet';
  const lead = plan.roleById.get(first)?.holders[0];
  const leads = lead?.kind === 'person' && lead.person === me.person;
  return [roleTitle(plan, first), more.length > 0 ? `and ${more.length} more` : null, leads ? 'you lead' : null]
    .filter((part) => part !== null)
    .join(' · ');
}
