import { useLocation } from 'wouter';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { storageFaultWords, type FaultMoment } from '../parts/fault-words.ts';
import { useFaults } from '../parts/faults.tsx';
import { useIncidents } from '../parts/incident.tsx';
import { whenWords } from '../parts/time-words.ts';
import { useNow } from '../parts/use-now.ts';
import { useLive } from '../parts/use-live.ts';
import { usePorts } from '../parts/ports.tsx';
import { useSyncStatus } from '../parts/use-sync-status.ts';
import { useZone } from '../parts/use-zone.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { later } from '../ui/later.tsx';
import styles from './alarms.module.css';

const ClockNotice = later(async () => (await import('../parts/clock-notice.tsx')).ClockNotice);
const RefusedIncidentNotice = later(
  async () => (await import('../parts/refused-incident-notice.tsx')).RefusedIncidentNotice,
);
const UnreadableNotice = later(async () => (await import('../parts/unreadable-notice.tsx')).UnreadableNotice);

/** What must be known on every screen: storage that fails, records left out, another real incident than the one on screen, one that others don't see, and a wrong clock. */
export function Alarms() {
  const { alarms, choose, state } = useIncidents();
  const refused = state.state === 'open' && state.view.refused.length > 0 ? state.view : null;
  const { reading, retry } = useFaults();
  const [, goTo] = useLocation();
  const now = useNow();
  const zone = useZone();
  const { clockOffset, fault: receiving } = useSyncStatus();
  const { sync, records } = usePorts();
  const unreadable = useLive(records.unreadable) ?? 0;
  const calm = alarms.length + unreadable === 0 && clockOffset === null && refused === null;
  if (calm && reading === null && receiving === null) return null;
  return (
    <div className={styles.alarms}>
      {reading !== null ? (
        <StorageTrouble fault={reading} moment="reading" onRetry={retry} />
      ) : receiving !== null ? (
        <StorageTrouble fault={receiving} moment="receiving" onRetry={() => sync.nudge('asked')} />
      ) : null}
      {alarms.map(({ id, incident }) => (
        <Banner
          key={id}
          tone="stop"
          icon="warning"
          title={`Real incident: ${incident.title}`}
          action={
            <Button
              fit
              onClick={() => {
                choose(id);
                goTo('/now');
              }}
            >
              Open it
            </Button>
          }
        >
          Activated {whenWords(incident.startedAt, incident.zone, now)}.
        </Banner>
      ))}
      {refused === null ? null : <RefusedIncidentNotice view={refused} />}
      {unreadable === 0 ? null : <UnreadableNotice count={unreadable} />}
      {clockOffset === null ? null : <ClockNotice zone={zone} once />}
    </div>
  );
}

function StorageTrouble({
  fault,
  moment,
  onRetry,
}: {
  readonly fault: StorageFault;
  readonly moment: FaultMoment;
  readonly onRetry: () => void;
}) {
  const words = storageFaultWords(fault, moment);
  // only an opening from the start can find out what is left, or take a newer app
  const openAnew = fault.tag === 'storage-evicted' || fault.tag === 'storage-newer';
  return (
    <Banner
      tone="stop"
      icon="warning"
      title={words.happened}
      action={
        <Button fit onClick={openAnew ? () => window.location.reload() : onRetry}>
          {openAnew ? 'Open again' : 'Try again'}
        </Button>
      }
    >
      {words.kept} {words.doThis}
    </Banner>
  );
}
