import type { DeviceKey } from '../domain/ports/sync-store.ts';
import { deviceKey } from './device-key.ts';
import { isSealed } from './row-cipher.ts';
import type { KeyRow } from './rows.ts';
import { answer, onDisk, type SealPlace } from './seal-header.ts';

/** The device's key out of a locked database; null where there is none, or a script could read it: it is sealed then. */
export async function lockedKey(place: SealPlace): Promise<DeviceKey | null> {
  const row = await onDisk(place, (connection) => {
    const asked = connection.transaction('keys').objectStore('keys').get('live');
    return answer(asked as IDBRequest<KeyRow | undefined>);
  });
  return !row.ok || row.value === undefined || isSealed(row.value) ? null : deviceKey(crypto, row.value);
}
