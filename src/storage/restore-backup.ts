import { lockSetting } from '../domain/access/screen-lock.ts';
import type { BackupFile, Device, Membership, Progress, RestoreFault } from '../domain/ports/device.ts';
import type { DeviceKey } from '../domain/ports/sync-store.ts';
import type { DeviceId, Instant, PersonId } from '../domain/ids.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { delayOf, type RelayedBundle } from '../domain/sync/bundle.ts';
import { receive } from '../domain/sync/hybrid-clock.ts';
import { millis, type Millis } from '../domain/time.ts';
import type { TableName, Tables } from './database.ts';
import { ensureKey } from './device-key.ts';
import { keepBundles } from './keep-bundles.ts';
import { settleAll } from './outbox.ts';
import { taskOf } from './overlay.ts';
import { pulseAfter, readOwnState, type OwnState } from './own-state.ts';
import { putInChunks } from './put-in-chunks.ts';
import { readBackup, type Backup } from './read-backup.ts';
import { isBlank, readReplica } from './replica.ts';
import { newEntries, type Home } from './restored-entries.ts';
import type { ReplicaRow } from './rows.ts';
import { areSigned } from './signed-bundles.ts';
import { newPerson } from './start-alone.ts';
import type { StorageParts } from './write-changes.ts';

const restoreTables: readonly TableName[] = ['own', 'outbox', 'replicas', 'records', 'aside', 'settings', 'bundles'];

type Restored = { readonly changes: number; readonly records: number };

/**
 * See `Device.restoreBackup`: the file is checked as a whole first, then everything is written in one strict transaction. On a new
 * device its person stands again, under a key of its own. What is here already stays as it is.
 */
export async function restoreBackup(
  parts: StorageParts & { readonly crypto: Crypto },
  file: BackupFile,
  onProgress?: Progress,
): ReturnType<Device['restoreBackup']> {
  const read = await readBackup(file, onProgress);
  if (!read.ok) return read;
  if (!(await areSigned(parts.crypto, read.value.bundles)))
    return err({ tag: 'not-a-backup', detail: 'what it carries for others was altered' });
  const key = await ensureKey(parts, 'live');
  if (!key.ok) return key;
  // Of the first attempt: at a repetition after a lost commit word everything is here already.
  let first: Result<Restored, RestoreFault> | null = null;
  const restored = await parts.database.writeStrict(restoreTables, async (tables) => {
    const done = await restore(parts, tables, read.value, key.value);
    return (first ??= done);
  });
  return restored.ok ? restored.value : restored;
}

async function restore(
  parts: StorageParts,
  tables: Tables,
  backup: Backup,
  key: DeviceKey,
): Promise<Result<Restored, RestoreFault>> {
  const own = await readOwnState(tables);
  const fault = mismatch(own, backup);
  if (fault !== null) return err(fault);
  const membership = membershipAfter(parts, own.membership, backup, key.device);
  const live = await readReplica(tables, own.sync.live);
  const takesReplica = hasNoReplica(own, live);
  const replica = takesReplica ? { ...live, ...backup.header.replica } : live;
  const samePast = replica.epoch === backup.header.replica.epoch;
  const entries = await newEntries(tables, backup, {
    membership,
    n: own.clock.n,
    history: samePast ? live.history : null,
  });
  if (takesReplica) await putReplica(tables, replica, backup);
  await putInChunks(tables.outbox, entries.rows);
  await putInChunks(tables.aside, backup.aside);
  await putSettings(tables, backup);
  const wall = parts.clock.now();
  const carried = await keepBundles(tables, { ...own, membership }, { bundles: agedBundles(backup, wall), wall });
  await settleAll(tables, replica);
  const hybrid = [
    ...backup.changes.map(({ change }) => change.stamp),
    ...backup.records.map(({ stamp }) => stamp),
  ].reduce(receive, carried.hybrid);
  await tables.own.bulkPut([
    { name: 'membership', value: membership },
    { ...own.clock, n: entries.n, hybrid },
    { ...own.sync, workspace: own.sync.workspace ?? backup.header.workspace },
    pulseAfter(own.pulse, null),
  ]);
  return ok({ changes: entries.rows.length, records: takesReplica ? backup.records.length : 0 });
}

/** What it carried for others is as much older as the file lay about. */
function agedBundles({ header, bundles }: Backup, now: Millis): readonly RelayedBundle[] {
  const delay = delayOf('file', millis(header.createdAt as Instant), now);
  return bundles.map((bundle) => ({ ...bundle, age: bundle.age + delay }));
}

/** Nothing was ever heard of a server here, so the file's copy of one is taken. */
export function hasNoReplica({ sync }: OwnState, live: ReplicaRow): boolean {
  return isBlank(live) && live.epoch === null && sync.filling === null;
}

export function mismatch({ membership, sync }: OwnState, { header }: Backup): RestoreFault | null {
  if (header.workspace === null) return null;
  if (sync.workspace !== null && sync.workspace !== header.workspace) return { tag: 'other-workspace' };
  if (membership.state === 'member' && header.person !== null && membership.person !== header.person)
    return { tag: 'other-person' };
  return null;
}

export function membershipAfter(
  parts: StorageParts,
  now: Membership,
  { header }: Backup,
  device: DeviceId,
): Home['membership'] {
  if (now.state === 'alone' || now.state === 'member') return now;
  return { state: 'alone', person: (header.person as PersonId | null) ?? newPerson(parts), device };
}

async function putReplica(tables: Tables, replica: ReplicaRow, { records }: Backup): Promise<void> {
  await tables.replicas.put(replica);
  await putInChunks(
    tables.records,
    records.map((record) => ({ ...record, replica: replica.number, ...taskOf(record.kind, record.key, record.value) })),
  );
}

/** What was set on this device stays. */
async function putSettings({ settings }: Tables, backup: Backup): Promise<void> {
  const here = new Set(await settings.toCollection().primaryKeys()).add(lockSetting);
  await settings.bulkPut(backup.settings.filter(({ name }) => !here.has(name)));
}
