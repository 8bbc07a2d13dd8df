import type { DeviceId, Instant } from '../domain/ids.ts';
import type { Json } from '../domain/json.ts';
import type { BackupFile, BackupSummary, Device, Progress } from '../domain/ports/device.ts';
import { err, ok } from '../domain/result.ts';
import { readOwnState } from './own-state.ts';
import { readBackup, type Backup } from './read-backup.ts';
import { readReplica } from './replica.ts';
import { hasNoReplica, membershipAfter, mismatch } from './restore-backup.ts';
import { countKinds, isToSend, newEntries, type NewEntries } from './restored-entries.ts';
import type { StorageParts } from './write-changes.ts';

/** Stands for the device that a new phone is yet to become. */
const newDevice = '' as DeviceId;

/** See `Device.inspectBackup`: the same checks as a restore, and nothing is written. */
export async function inspectBackup(
  parts: StorageParts,
  file: BackupFile,
  onProgress?: Progress,
): ReturnType<Device['inspectBackup']> {
  const read = await readBackup(file, onProgress);
  if (!read.ok) return read;
  const backup = read.value;
  const looked = await parts.database.read(['own', 'outbox', 'replicas'], async (tables) => {
    const own = await readOwnState(tables);
    const fault = mismatch(own, backup);
    if (fault !== null) return err(fault);
    const isNew = own.membership.state === 'new' || own.membership.state === 'wiped';
    const live = await readReplica(tables, own.sync.live);
    const takesRecords = hasNoReplica(own, live);
    const samePast = takesRecords || live.epoch === backup.header.replica.epoch;
    const entries = await newEntries(tables, backup, {
      membership: membershipAfter(parts, own.membership, backup, newDevice),
      n: own.clock.n,
      history: samePast ? live.history : null,
    });
    return ok(summary(backup, entries, takesRecords, isNew));
  });
  return looked.ok ? looked.value : looked;
}

function summary(backup: Backup, { rows, leftOut }: NewEntries, takesRecords: boolean, isNew: boolean): BackupSummary {
  const { header, records } = backup;
  return {
    // a time, or the file would not have been taken
    createdAt: header.createdAt as Instant,
    personName: nameOf(backup),
    changes: rows.length,
    toSend: countKinds(rows.filter(isToSend).map(({ kind }) => kind)),
    leftOut,
    records: takesRecords ? records.length : 0,
    becomesPerson: isNew,
  };
}

/** The person's own newest word of their name stands behind what was received. */
function nameOf({ header, changes, records }: Backup): string | null {
  const own = [...records, ...changes.map(({ change }) => change)]
    .filter(({ kind, key }) => kind === 'person' && key === header.person)
    .flatMap(({ value }) => nameIn(value));
  return own.at(-1) ?? null;
}

function nameIn(value: Json): readonly string[] {
  if (typeof value !== 'object' || value === null || !('name' in value)) return [];
  return typeof value.name === 'string' ? [value.name] : [];
}
