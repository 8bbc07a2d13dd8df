import type { ReportFate, TaskReport } from '../../domain/incident/task-history.ts';
import type { Millis } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { mediumWords, statusWords } from '../../parts/status-words.ts';
import { whenWords } from '../../parts/time-words.ts';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import { nameOf } from '../../parts/use-people.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import styles from './history-item.module.css';

/** One report: what and when; who and from where; from when on it counts and what became of it. */
export function HistoryItem({
  view,
  report,
  deviceName,
  now,
}: {
  readonly view: IncidentView;
  readonly report: TaskReport;
  /** '' where no report of that device is known. */
  readonly deviceName: string;
  readonly now: Millis;
}) {
  const place = useDeviceWord();
  const { zone } = view.incident;
  const { status, reason, at, by, transcribedBy, medium, effective, received, fate } = report;
  const who = [
    nameOf(view.people, by),
    medium === null ? null : (mediumWords[medium] ?? medium),
    transcribedBy === null ? null : `typed by ${nameOf(view.people, transcribedBy)}`,
    deviceWords(view, report, deviceName, place),
  ];
  const counts = [
    effective === null ? null : `Effective ${whenWords(effective, zone, now)}`,
    received === null ? null : `at the server ${whenWords(received, zone, now)}`,
    fateWords[fate],
  ];
  return (
    <div className={styles.item}>
      <StatusIcon status={status} />
      <div>
        <p>
          <strong>
            {statusWords[status]}
            {at === null ? '' : ` ${whenWords(at, zone, now)}`}
          </strong>
          {reason === null || reason === '' ? '' : `: ${reason}`}
        </p>
        <p className={styles.quiet}>{withDots(who)}</p>
        <p className={styles.quiet}>{withDots(counts)}</p>
      </div>
    </div>
  );
}

const fateWords: Readonly<Record<ReportFate, string | null>> = {
  stands: 'stands',
  followed: null,
  overruled: 'overruled',
  earlier: null,
  'to-send': 'to send',
  refused: 'refused by the server',
  'given-up': 'refused and given up',
};

function deviceWords({ me }: IncidentView, { author }: TaskReport, name: string, place: string): string {
  if (author.device === me.device) return `this ${place}`;
  const device = name === '' ? `device ${author.device.slice(0, 4)}` : name;
  return author.person === me.person ? `another device of yours: ${device}` : device;
}

function withDots(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' · ');
}
