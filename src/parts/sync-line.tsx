import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { SyncStatus } from '../domain/ports/sync-status.ts';
import { unreachable } from '../domain/result.ts';
import { clockTime, whenWords } from './time-words.ts';
import { classNames } from '../ui/class-names.ts';
import { later } from '../ui/later.tsx';
import { useFaults } from './faults.tsx';
import { usePorts } from './ports.tsx';
import { useSettled } from './settled.ts';
import { useDeviceWord } from './use-device-word.ts';
import { useNow } from './use-now.ts';
import { useSyncStatus } from './use-sync-status.ts';
import styles from './sync-line.module.css';

const ToDecide = later(async () => (await import('./to-decide.tsx')).ToDecide);

/** The one quiet line of every screen: what is saved here, what is still to send (look.md 4). Loud only for "not saved". */
export function SyncLine({ zone }: { readonly zone: string }) {
  const status = useSyncStatus();
  const { saving } = useFaults();
  const { life } = usePorts();
  const place = useDeviceWord();
  const now = useNow();
  const settled = useSettled();
  if (saving !== null) {
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
    <div className={styles.line}>
      <span className={classNames(styles.dot, sent && styles.sent)} aria-hidden="true" />
      <p className={styles.words}>{words}</p>
      {life === 'own' && settled ? <ToDecide refused={status.refused} /> : null}
    </div>
  );
}

/**
 * What the line says. "All sent" is claimed only on the server's word, and not while a refused change waits for somebody's: that
 * one is on no server. How many are refused is said beside it, by what leads to them.
 */
export function syncWords(status: SyncStatus, place: string, zone: string, now: number): string {
  const saved = `Saved on this ${place}`;
  const toSend = status.unsent === 0 ? null : `${status.unsent} to send`;
  const carried = status.carried === 0 ? null : `${status.carried} for others`;
  const last = status.lastSentAt === null ? null : `last sent ${whenWords(status.lastSentAt, zone, now)}`;
  const line = (...parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join(' · ');
  if (status.fault !== null) return line(troubleWords(status.fault), toSend);
  if (status.filling !== null) return line(`Receiving the plan: ${status.filling} so far`, toSend);
  switch (status.connection) {
    case 'starting':
      return saved;
    case 'alone':
      return line(saved, 'no server');
    case 'needs-code':
      return line(saved, 'the server does not know this device: join again', toSend);
    case 'needs-approval':
      return line(saved, 'a coordinator has to approve this device again', toSend);
    case 'needs-update':
      return line(saved, 'update the app to send', toSend);
    case 'sending':
      return line(saved, status.unsent === 0 ? 'sending' : `sending ${status.unsent}`);
    case 'online':
      if (allSent(status) && status.lastSentAt !== null) return `All sent · ${clockTime(status.lastSentAt, zone)}`;
      return line(saved, toSend, carried, status.refused > 0 ? last : null);
    case 'offline':
      return line(saved, toSend ?? (carried === null ? 'nothing to send' : null), carried, last);
    default:
      return unreachable(status.connection);
  }
}

/** What a person saved is saved or was said not to be; this is about what the engine can't read or keep. */
function troubleWords({ tag }: StorageFault): string {
  return tag === 'storage-full'
    ? 'Storage full: nothing new is received'
    : 'Storage closed: nothing is sent or received';
}

function allSent(status: SyncStatus): boolean {
  const { connection, unsent, refused, carried, lastSentAt, fault } = status;
  const nothingWaits = unsent === 0 && refused === 0 && carried === 0;
  return connection === 'online' && nothingWaits && lastSentAt !== null && fault === null;
}
