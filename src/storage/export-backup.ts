import { lockSetting } from '../domain/access/screen-lock.ts';
import type { Progress } from '../domain/ports/device.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { ok, type Result } from '../domain/result.ts';
import { instant } from '../domain/time.ts';
import {
  backupFormat,
  entryText,
  headerText,
  type BackupChange,
  type BackupEntry,
  type BackupHeader,
} from './backup-file.ts';
import type { TableName, Tables } from './database.ts';
import { ageAt, type RelayedBundle } from '../domain/sync/bundle.ts';
import { changeOf } from './outbox.ts';
import { readOwnState, type OwnState } from './own-state.ts';
import { readReplica, recordsAfter, recordsOf } from './replica.ts';
import type { EntryKey, OutboxRow, RecordName, ReplicaRow, StoredRecord } from './rows.ts';
import type { StorageParts } from './write-changes.ts';

const chunk = 500;

/** See `Device.exportBackup`: one moment of the whole device, in pieces that never hold the page up long. */
export async function exportBackup(
  { database, clock }: StorageParts,
  onProgress?: Progress,
): Promise<Result<Blob, StorageFault>> {
  const read: readonly TableName[] = ['own', 'outbox', 'replicas', 'records', 'aside', 'settings', 'bundles'];
  const pieces = await database.read(read, async (tables) => {
    const own = await readOwnState(tables);
    const live = await readReplica(tables, own.sync.live);
    const now = { wall: clock.now(), line: own.clock.hybrid.line };
    const carried = (await tables.bundles.toArray()).map(({ bundle, taken }) => ({
      ...bundle,
      age: ageAt(taken, now),
    }));
    return await writePieces(tables, headerOf(own, live, instant(now.wall)), live, carried, onProgress);
  });
  return pieces.ok ? ok(new Blob([...pieces.value], { type: 'application/json' })) : pieces;
}

function headerOf({ membership, sync }: OwnState, live: ReplicaRow, createdAt: string): BackupHeader {
  const { epoch, view, cursor, head, filled, complete } = live;
  const person = 'person' in membership ? membership.person : null;
  return {
    format: backupFormat,
    createdAt,
    workspace: sync.workspace,
    person,
    replica: { epoch, view, cursor, head, filled, complete },
  };
}

async function writePieces(
  tables: Tables,
  header: BackupHeader,
  live: ReplicaRow,
  carried: readonly RelayedBundle[],
  onProgress?: Progress,
): Promise<readonly string[]> {
  const pieces = [headerText(header)];
  const most = (await tables.outbox.count()) + (await recordsOf(tables, live.number).count());
  let entries = 0;
  const add = (page: readonly BackupEntry[]): void => {
    entries += page.length;
    onProgress?.(Math.min(entries, most), most);
    pieces.push(page.map(entryText).join(''));
  };
  for (let after: EntryKey | null = null; ;) {
    const page: readonly OutboxRow[] = await outboxAfter(tables, after);
    const own = page.filter(({ bundle }) => bundle === undefined);
    add(own.map((row) => ({ entry: 'change', value: backupChange(row, live.history) })));
    const end = page.at(-1);
    if (end === undefined) break;
    after = [end.device, end.n];
  }
  for (let after: RecordName | null = null; ;) {
    const page: readonly StoredRecord[] = await recordsAfter(tables, live.number, after, chunk);
    add(page.map(({ replica: _, task: __, ...record }) => ({ entry: 'record', value: record })));
    const end = page.at(-1);
    if (end === undefined) break;
    after = [end.kind, end.key];
  }
  add((await tables.aside.toArray()).map((value) => ({ entry: 'aside', value })));
  const settings = await tables.settings.where('name').notEqual(lockSetting).toArray();
  add(settings.map((value) => ({ entry: 'setting', value })));
  add(carried.map((value) => ({ entry: 'bundle', value })));
  add([{ entry: 'end', value: { entries } }]);
  return pieces;
}

async function outboxAfter({ outbox }: Tables, after: EntryKey | null): Promise<readonly OutboxRow[]> {
  const range =
    after === null ? outbox.orderBy('[device+n]') : outbox.where('[device+n]').between([...after], [[]], false);
  return await range.limit(chunk).toArray();
}

function backupChange(row: OutboxRow, history: number): BackupChange {
  const { person, state, given, verdict, settledAt } = row;
  const isCurrent = verdict !== null && verdict.history === history;
  return {
    change: changeOf(row),
    person,
    // Judged in a past that the file does not carry: to be sent again with what is known of it.
    state: (state === 'judged' || state === 'refused') && !isCurrent ? 'again' : (state as BackupChange['state']),
    given: isCurrent ? given : (verdict?.stamp ?? given),
    verdict: isCurrent ? withoutHistory(verdict) : null,
    settledAt: settledAt ?? null,
  };
}

function withoutHistory({
  outcome,
  stamp,
  seq,
  reason,
  headSeq,
}: NonNullable<OutboxRow['verdict']>): BackupChange['verdict'] {
  return { outcome, stamp, seq, reason, headSeq };
}
