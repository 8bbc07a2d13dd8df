import { minute } from '../domain/time.ts';
import { databaseName, openStorage } from '../storage/open-storage.ts';
import { createSync } from '../sync/create-sync.ts';
import { systemClock, systemRandomness } from '../sync/system-clock.ts';

/** Browsers end a worker's event after some minutes; what is not sent by then is sent at the next chance. */
const mostMs = 4 * minute;

/**
 * Sends what the phone holds, with the same engine over the same storage as the page; if a page is awake, it is asked to do so.
 * Rejects while anything is left to send, which makes the browser try again later.
 */
export async function emptyOutbox(origin: string): Promise<void> {
  const storage = await openStorage({ name: databaseName, clock: systemClock, random: systemRandomness });
  if (!storage.ok) throw new Error(`the outbox could not be opened: ${storage.error.tag}`);
  const { syncStore, device, close } = storage.value;
  try {
    const sync = createSync({
      store: syncStore,
      membership: device.membership,
      clock: systemClock,
      random: systemRandomness,
      origin,
      deviceName: () => 'Copied device',
      page: null,
    });
    if (!(await sync.syncOnce(AbortSignal.timeout(mostMs)))) throw new Error('something is left to send');
  } finally {
    close();
  }
}
