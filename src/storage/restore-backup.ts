import type { BackupFile, Device, Membership, Progress, RestoreFault } from '../domain/ports/device.ts';
import type { DeviceKey } from '../domain/ports/sync-store.ts';
import type { ChangeId, DeviceId, Instant, PersonId } from '../domain/ids.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { delayOf, type RelayedBundle } from '../domain/sync/bundle.ts';
import { utf8Length } from '../domain/sync/hash.ts';
import { receive } from '../domain/sync/hybrid-clock.ts';
import { deviceOf, momentOf, stampAt } from '../domain/sync/stamp.ts';
import { millis, type Millis } from '../domain/time.ts';
import { withPerson } from './adopt-membership.ts';
import type { BackupChange } from './backup-file.ts';
import type { TableName, Tables } from './database.ts';
import { ensureKey } from './device-key.ts';
import { keepBundles } from './keep-bundles.ts';
import { changeOf, newEntry, settleAll } from './outbox.ts';
import { taskOf } from './overlay.ts';
import { pulseAfter, readOwnState, type OwnState } from './own-state.ts';
import { putInChunks } from './put-in-chunks.ts';
import { readBackup, type Backup } from './read-backup.ts';
import { isBlank, readReplica } from './replica.ts';
import type { EntryKey, OutboxRow, ReplicaRow } from './rows.ts';
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
  const restored = await parts.database.writeStrict(restoreTables, (tables) =>
    restore(parts, tables, read.value, key.value),
  );
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

function membershipAfter(
  parts: StorageParts,
  now: Membership,
  { header }: Backup,
  device: DeviceId,
): Membership & { readonly state: 'alone' | 'member' } {
  if (now.state === 'alone' || now.state === 'member') return now;
  return { state: 'alone', person: (header.person as PersonId | null) ?? newPerson(parts), device };
}

type Home = {
  readonly membership: Membership & { readonly state: 'alone' | 'member' };
  /** The last `n` that this device used. */
  readonly n: number;
  /** The history that the file's verdicts belong to here; null if another. */
  readonly history: number | null;
};

/** The file's changes that are not here yet, as entries of this outbox. */
async function newEntries(
  tables: Tables,
  { header, changes }: Backup,
  home: Home,
): Promise<{ readonly rows: readonly OutboxRow[]; readonly n: number }> {
  const ids = changes.map(({ change }) => change.id);
  const places = changes.map(({ change }): EntryKey => [deviceOf(change.stamp), change.n]);
  const known = new Set<ChangeId>((await tables.outbox.where('id').anyOf(ids).toArray()).map(({ id }) => id));
  const taken = await tables.outbox.bulkGet(places);
  const rows: OutboxRow[] = [];
  let { n } = home;
  changes.forEach((each, at) => {
    if (known.has(each.change.id)) return;
    known.add(each.change.id);
    const entry = restoredEntry(each, home.history);
    // No server knows a device that never joined, so its changes become this device's, under the ids they have.
    const isHomeless = header.workspace === null || taken[at] !== undefined || entry.device === home.membership.device;
    rows.push(isHomeless ? rehomed(entry, home, header.person, (n += 1)) : entry);
  });
  return { rows, n };
}

function restoredEntry(
  { change, person, state, given, verdict, settledAt }: BackupChange,
  history: number | null,
): OutboxRow {
  const entry = newEntry(change, deviceOf(change.stamp), person);
  if (state === 'unsent' || state === 'given-up') return { ...entry, state, given };
  if (verdict === null || history === null) return { ...entry, state: 'again', given: verdict?.stamp ?? given };
  return { ...entry, state, given, verdict: { ...verdict, history }, ...(settledAt === null ? {} : { settledAt }) };
}

function rehomed(entry: OutboxRow, { membership }: Home, filePerson: string | null, n: number): OutboxRow {
  const { device, person } = membership;
  const mapped =
    filePerson === null || filePerson === person ? entry : withPerson(entry, filePerson as PersonId, person);
  const next: OutboxRow = { ...mapped, device, person, n, stamp: stampAt(momentOf(entry.stamp), device) };
  return { ...next, bytes: utf8Length(JSON.stringify(changeOf(next))) };
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
  const here = new Set(await settings.toCollection().primaryKeys());
  await settings.bulkPut(backup.settings.filter(({ name }) => !here.has(name)));
}
