import type { SyncStatus } from '../domain/ports/sync-status.ts';
import { unreachable } from '../domain/result.ts';
import { clockTime, whenWords } from './time-words.ts';
import { classNames } from '../ui/class-names.ts';
import { useFaults } from './faults.tsx';
import { usePorts } from './ports.tsx';
import { useDeviceWord } from './use-device-word.ts';
import { useNow } from './use-now.ts';
import { useSyncStatus } from './use-sync-status.ts';
import styles from './sync-line.module.css';

/** The one quiet line of every screen: what is saved here, what is still to send (look.md 4). Loud only for "not saved". */
export function SyncLine({ zone }: { readonly zone: string }) {
  const status = useSyncStatus();
  const { saving } = useFaults();
  const { life } = usePorts();
  const place = useDeviceWord();
  const now = useNow();
  if (saving !== null || status.fault !== null) {
    return (
      <p className={classNames(styles.line, styles.loud)} role="alert">
        <span className={styles.stop} aria-hidden="true" />
        <strong>Not saved.</strong> The last change is not on this {place}.
      </p>
    );
  }
  const words =
    life === 'look-around'
      ? `Looking around · stays on this ${place}, never sent`
      : syncWords(status, place, zone, now);
  const sent = life === 'own' && allSent(status);
  return (
    <p className={styles.line}>
      <span className={classNames(styles.dot, sent && styles.sent)} aria-hidden="true" />
      <span>{words}</span>
    </p>
  );
}

/** What the line says. "All sent" is claimed only on the server's word. */
export function syncWords(status: SyncStatus, place: string, zone: string, now: number): string {
  const saved = `Saved on this ${place}`;
  const toSend = status.unsent === 0 ? null : `${status.unsent} to send`;
  const last = status.lastSentAt === null ? null : `last sent ${whenWords(status.lastSentAt, zone, now)}`;
  const refused = status.refused === 0 ? null : `${status.refused} refused`;
  const line = (...parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join(' · ');
  if (status.filling !== null) return line(`Receiving the plan: ${status.filling} so far`, toSend);
  switch (status.connection) {
    case 'alone':
      return line(saved, 'no server');
    case 'needs-code':
      return line(saved, 'the server does not know this device: join again', toSend);
    case 'needs-update':
      return line(saved, 'update the app to send', toSend);
    case 'sending':
      return line(saved, status.unsent === 0 ? 'sending' : `sending ${status.unsent}`, refused);
    case 'online':
      if (allSent(status) && status.lastSentAt !== null)
        return line(`All sent · ${clockTime(status.lastSentAt, zone)}`, refused);
      return line(saved, toSend, refused);
    case 'offline':
      return line(saved, toSend ?? 'nothing to send', last, refused);
    default:
      return unreachable(status.connection);
  }
}

function allSent(status: SyncStatus): boolean {
  return status.connection === 'online' && status.unsent === 0 && status.lastSentAt !== null;
}
