import { minute } from '../domain/time.ts';
import { databaseName } from '../storage/open-database.ts';
import { openSyncStorage } from '../storage/open-sync-storage.ts';
import { syncOnce } from '../sync/sync-once.ts';
import { systemClock, systemRandomness } from '../sync/system-clock.ts';

/** Browsers end a worker's event after some minutes; what is not sent by then is sent at the next chance. */
const mostMs = 4 * minute;

/**
 * Sends what the phone holds, with the same engine over the same storage as the page; if a page is awake, it is asked to do so.
 * Rejects while anything is left to send, which makes the browser try again later.
 */
export async function emptyOutbox(origin: string): Promise<void> {
  const common = { clock: systemClock, random: systemRandomness };
  const opened = await openSyncStorage({ name: databaseName, ...common });
  if (!opened.ok) throw new Error(`the outbox could not be opened: ${opened.error.tag}`);
  const storage = opened.value;
  try {
    const parts = { ...common, store: storage.syncStore, origin, deviceName: () => 'Copied device' };
    if (!(await syncOnce(parts, AbortSignal.timeout(mostMs)))) throw new Error('something is left to send');
  } finally {
    storage.close();
  }
}
