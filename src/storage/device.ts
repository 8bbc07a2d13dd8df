import type { Device } from '../domain/ports/device.ts';
import type { RefusedChange } from '../domain/ports/records.ts';
import { entriesIn } from './outbox.ts';
import { readMembership } from './own-state.ts';
import type { OutboxRow } from './rows.ts';
import { startAlone } from './start-alone.ts';
import type { StorageParts } from './write-changes.ts';
import { wipeDevice } from './wipe-device.ts';
import { withoutValue } from './without-value.ts';

/** The `Device` port over the phone's database. */
export function createDevice(parts: StorageParts & { readonly crypto: Crypto }): Device {
  const { database } = parts;
  return {
    membership: database.live(['own'], readMembership),
    startAlone: (personName) => startAlone(parts, personName),
    refused: database.live(['outbox'], async (tables) =>
      (await entriesIn(tables, 'refused').toArray()).map(refusedChange),
    ),
    giveUp: async (change) =>
      withoutValue(
        await database.writeStrict(['outbox'], async ({ outbox }) => {
          const entry = await outbox.where('id').equals(change).first();
          if (entry?.state === 'refused') await outbox.put({ ...entry, state: 'given-up' });
        }),
      ),
    setting: (name) => database.live(['settings'], async ({ settings }) => (await settings.get(name))?.value ?? null),
    setSetting: async (name, value) =>
      withoutValue(
        await database.writeStrict(['settings'], async ({ settings }) => {
          if (value === null) await settings.delete(name);
          else await settings.put({ name, value });
        }),
      ),
    // Used once in a while: loaded then, to keep the first opening light.
    exportBackup: async (onProgress) => (await import('./export-backup.ts')).exportBackup(parts, onProgress),
    inspectBackup: async (file, onProgress) =>
      (await import('./inspect-backup.ts')).inspectBackup(parts, file, onProgress),
    restoreBackup: async (file, onProgress) =>
      (await import('./restore-backup.ts')).restoreBackup(parts, file, onProgress),
    erase: () => wipeDevice(database, 'new'),
  };
}

function refusedChange({ id, n, kind, key, value, wall, verdict }: OutboxRow): RefusedChange {
  return { change: id, n, kind, key, value, wall, reason: verdict?.reason ?? { code: 'invalid', message: '' } };
}
