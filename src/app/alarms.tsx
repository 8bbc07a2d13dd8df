import { useLocation } from 'wouter';
import { storageFaultWords } from '../parts/fault-words.ts';
import { useFaults } from '../parts/faults.tsx';
import { useIncidents } from '../parts/incident.tsx';
import { whenWords } from '../parts/time-words.ts';
import { useNow } from '../parts/use-now.ts';
import { useSyncStatus } from '../parts/use-sync-status.ts';
import { useZone } from '../parts/use-zone.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { later } from '../ui/later.tsx';
import styles from './alarms.module.css';

const ClockNotice = later(async () => (await import('../parts/clock-notice.tsx')).ClockNotice);

/** What must be known on every screen: storage that fails, a real incident that isn't the one on screen, and a wrong clock. */
export function Alarms() {
  const { alarms, choose } = useIncidents();
  const { reading, retry } = useFaults();
  const [, goTo] = useLocation();
  const now = useNow();
  const zone = useZone();
  const { clockOffset } = useSyncStatus();
  if (alarms.length === 0 && reading === null && clockOffset === null) return null;
  return (
    <div className={styles.alarms}>
      {reading === null ? null : <ReadingFault words={storageFaultWords(reading)} onRetry={retry} />}
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
      {clockOffset === null ? null : <ClockNotice zone={zone} once />}
    </div>
  );
}

function ReadingFault({
  words,
  onRetry,
}: {
  readonly words: ReturnType<typeof storageFaultWords>;
  readonly onRetry: () => void;
}) {
  return (
    <Banner
      tone="stop"
      icon="warning"
      title={words.happened}
      action={
        <Button fit onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {words.kept} {words.doThis}
    </Banner>
  );
}
