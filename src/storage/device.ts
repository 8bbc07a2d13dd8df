import type { Device } from '../domain/ports/device.ts';
import type { ChangeId } from '../domain/ids.ts';
import type { OwnChange, RefusedChange } from '../domain/ports/records.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { Result } from '../domain/result.ts';
import { entriesIn } from './outbox.ts';
import { readMembership } from './own-state.ts';
import type { CarriedState, EntryState, OutboxRow } from './rows.ts';
import { startAlone } from './start-alone.ts';
import type { StorageParts } from './write-changes.ts';
import { wipeDevice } from './wipe-device.ts';
import { withoutValue } from './without-value.ts';

/** The `Device` port over the phone's database. */
export function createDevice(parts: StorageParts & { readonly crypto: Crypto }): Device {
  const { database } = parts;
  const editSetting: Device['editSetting'] = async (name, edit) =>
    withoutValue(
      await database.writeStrict(['settings'], async ({ settings }) => {
        const value = edit((await settings.get(name))?.value ?? null);
        if (value === null) await settings.delete(name);
        else await settings.put({ name, value });
      }),
    );
  return {
    membership: database.live(['own'], readMembership),
    startAlone: (personName) => startAlone(parts, personName),
    refused: database.live(['outbox'], async (tables) =>
      (await entriesIn(tables, 'refused').toArray()).map(refusedChange),
    ),
    giveUp: (change) => moveEntry(parts, change, 'refused', 'given-up'),
    takeBack: (change) => moveEntry(parts, change, 'given-up', 'refused'),
    // With its verdict, so that it stands over nothing until it is judged anew.
    tryAgain: (change) => moveEntry(parts, change, 'refused', 'unsent'),
    ownChanges: (kind, key) =>
      database.live(['outbox'], async ({ outbox }) =>
        (await outbox.where('[kind+key]').equals([kind, key]).toArray())
          .filter(({ bundle }) => bundle === undefined)
          .sort((a, b) => (a.stamp < b.stamp ? -1 : 1))
          .map(ownChange),
      ),
    setting: (name) => database.live(['settings'], async ({ settings }) => (await settings.get(name))?.value ?? null),
    setSetting: (name, value) => editSetting(name, () => value),
    editSetting,
    // Used once in a while: loaded then, to keep the first opening light.
    exportBackup: async (onProgress) => (await import('./export-backup.ts')).exportBackup(parts, onProgress),
    inspectBackup: async (file, onProgress) =>
      (await import('./inspect-backup.ts')).inspectBackup(parts, file, onProgress),
    restoreBackup: async (file, onProgress) =>
      (await import('./restore-backup.ts')).restoreBackup(parts, file, onProgress),
    erase: () => wipeDevice(database, 'new'),
  };
}

async function moveEntry(
  { database }: StorageParts,
  change: ChangeId,
  from: OutboxRow['state'],
  to: OutboxRow['state'],
): Promise<Result<void, StorageFault>> {
  return withoutValue(
    await database.writeStrict(['outbox'], async ({ outbox }) => {
      const entry = await outbox.where('id').equals(change).first();
      if (entry?.state === from) await outbox.put({ ...entry, state: to });
    }),
  );
}

function ownChange({ id, value, wall, person, device, state, verdict }: OutboxRow): OwnChange {
  const own = state as Exclude<EntryState, CarriedState>;
  const fate = own === 'judged' ? 'sent' : own === 'unsent' || own === 'again' ? 'to-send' : own;
  const stamp = verdict?.outcome === 'refused' ? null : (verdict?.stamp ?? null);
  return { change: id, value, wall, author: { person, device }, stamp, fate };
}

function refusedChange({ id, n, kind, key, value, wall, person, device, verdict }: OutboxRow): RefusedChange {
  const reason = verdict?.reason ?? { code: 'invalid', message: '' };
  return { change: id, n, kind, key, value, wall, author: { person, device }, reason };
}
