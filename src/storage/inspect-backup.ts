import type { Instant } from '../domain/ids.ts';
import type { Json } from '../domain/json.ts';
import type { BackupFile, BackupSummary, Device, Progress } from '../domain/ports/device.ts';
import { err, ok } from '../domain/result.ts';
import { readOwnState } from './own-state.ts';
import { readBackup, type Backup } from './read-backup.ts';
import { readReplica } from './replica.ts';
import { hasNoReplica, mismatch } from './restore-backup.ts';
import type { StorageParts } from './write-changes.ts';

/** See `Device.inspectBackup`: the same checks as a restore, and nothing is written. */
export async function inspectBackup(
  { database }: StorageParts,
  file: BackupFile,
  onProgress?: Progress,
): ReturnType<Device['inspectBackup']> {
  const read = await readBackup(file, onProgress);
  if (!read.ok) return read;
  const backup = read.value;
  const looked = await database.read(['own', 'outbox', 'replicas'], async (tables) => {
    const own = await readOwnState(tables);
    const fault = mismatch(own, backup);
    if (fault !== null) return err(fault);
    const here = new Set(await tables.outbox.orderBy('id').keys());
    const isNew = own.membership.state === 'new' || own.membership.state === 'wiped';
    const takesRecords = hasNoReplica(own, await readReplica(tables, own.sync.live));
    return ok(summary(backup, here, takesRecords, isNew));
  });
  return looked.ok ? looked.value : looked;
}

function summary(backup: Backup, here: ReadonlySet<unknown>, takesRecords: boolean, isNew: boolean): BackupSummary {
  const { header, changes, records } = backup;
  return {
    // a time, or the file would not have been taken
    createdAt: header.createdAt as Instant,
    personName: nameOf(backup),
    changes: new Set(changes.map(({ change }) => change.id).filter((id) => !here.has(id))).size,
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
