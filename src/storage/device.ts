import type { Device } from '../domain/ports/device.ts';
import type { RefusedChange } from '../domain/ports/records.ts';
import { exportBackup } from './export-backup.ts';
import { entriesIn } from './outbox.ts';
import { readMembership } from './own-state.ts';
import { restoreBackup } from './restore-backup.ts';
import type { OutboxRow } from './rows.ts';
import { startAlone } from './start-alone.ts';
import type { StorageParts } from './write-changes.ts';
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
    exportBackup: () => exportBackup(parts),
    restoreBackup: (file) => restoreBackup(parts, file),
  };
}

function refusedChange({ id, n, kind, key, value, wall, verdict }: OutboxRow): RefusedChange {
  return { change: id, n, kind, key, value, wall, reason: verdict?.reason ?? { code: 'invalid', message: '' } };
}
