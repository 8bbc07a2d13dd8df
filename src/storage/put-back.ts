import type { Live } from '../domain/ports/live.ts';
import type { LostRecord, LostRecords } from '../domain/ports/lost-records.ts';
import type { Draft } from '../domain/ports/records.ts';
import type { ChangeId } from '../domain/ids.ts';
import type { Result } from '../domain/result.ts';
import { saysTheSame } from '../domain/sync/canonical-json.ts';
import { isKind, kinds } from '../domain/sync/kinds.ts';
import { compareStamps } from '../domain/sync/stamp.ts';
import type { TableName, Tables } from './database.ts';
import { isLost } from './lost-record.ts';
import { entriesOver, nameText } from './outbox.ts';
import { readOwnState, readSync } from './own-state.ts';
import type { AsideRow, OutboxRow, RecordName, StoredRecord } from './rows.ts';
import { isNewer } from './shown-record.ts';
import { addChanges, authorOf, putEntries, readyDraft, type ReadyDraft, type StorageParts } from './write-changes.ts';

const lookTables: readonly TableName[] = ['own', 'outbox', 'records', 'aside'];

/** A row kept aside, beside what stands under its name today. */
type Candidate = { readonly row: AsideRow; readonly now: StoredRecord | undefined };

/** See `LostRecords.all`. */
export function watchLost({ database }: StorageParts): Live<readonly LostRecord[]> {
  return database.live(lookTables, async (tables) => (await readCandidates(tables)).lost.map(shownLost));
}

/** See `LostRecords.putBack`. */
export async function putBack(parts: StorageParts, changes: readonly ChangeId[]): ReturnType<LostRecords['putBack']> {
  const wanted = new Set(changes);
  let run = parts.clock.run;
  // Of the first attempt: at a repetition after a lost commit word nothing is lost any more.
  let count: number | null = null;
  const written = await parts.database.writeStrict(lookTables, async (tables) => {
    const own = await readOwnState(tables);
    const author = authorOf(own.membership);
    if (author === null) return 0;
    const { lost, settled } = await readCandidates(tables);
    const drafts = lost.filter(({ row }) => wanted.has(row.change)).flatMap((each) => readyToSend(parts, each));
    const stood = await entriesOver(
      tables,
      drafts.map(({ draft }): RecordName => [draft.kind, draft.key]),
    );
    const added = addChanges(
      parts,
      own,
      author,
      drafts.map(({ draft }) => draft),
    );
    run = added.run;
    await putEntries(tables, added.entries, stood);
    await tables.aside.bulkDelete([...settled.map(({ change }) => change), ...drafts.map(({ change }) => change)]);
    if (drafts.length > 0) await tables.own.bulkPut([added.own.clock, added.own.pulse]);
    return (count ??= drafts.length);
  });
  if (written.ok) parts.clock.keep(run);
  return written;
}

/** What is still lost, in the order of sending, and what need not be kept aside any more. */
async function readCandidates(
  tables: Tables,
): Promise<{ readonly lost: readonly Candidate[]; readonly settled: readonly AsideRow[] }> {
  const rows = await tables.aside.toArray();
  if (rows.length === 0) return { lost: [], settled: [] };
  const { live } = await readSync(tables);
  const newest = newestOf(rows);
  const names = newest.map(({ kind, key }): RecordName => [kind, key]);
  const [stored, standing] = await Promise.all([
    tables.records.bulkGet(names.map(([kind, key]) => [live, kind, key] as const)),
    entriesOver(tables, names),
  ]);
  const own = new Map(standing.map((entry) => [nameText(entry), entry]));
  const lost = newest
    .map((row, at): Candidate => ({ row, now: stored[at] }))
    .filter(({ row, now }) => isStillLost(row, now, own.get(nameText(row))));
  const kept = new Set(lost.map(({ row }) => row.change));
  return { lost: lost.sort(inOrder), settled: rows.filter(({ change }) => !kept.has(change)) };
}

/** A record may have been lost twice, by two servers: its last state counts. */
function newestOf(rows: readonly AsideRow[]): readonly AsideRow[] {
  const newest = new Map<string, AsideRow>();
  for (const row of rows) {
    const known = newest.get(nameText(row));
    if (known === undefined || row.stamp > known.stamp) newest.set(nameText(row), row);
  }
  return [...newest.values()];
}

function isStillLost(row: AsideRow, now: StoredRecord | undefined, own: OutboxRow | undefined): boolean {
  if (!isLost(row, now)) return false;
  // This device has said something later of it, or put it back already.
  if (own !== undefined && own.stamp > row.stamp) return false;
  if (now === undefined) return row.value !== null;
  // What is written once has one value, whoever wrote it.
  if (isKind(row.kind) && kinds[row.kind].writeOnce) return false;
  return !saysTheSame(now.value, row.value);
}

/** What others rest on goes first: a server judges in this order. */
const first: readonly string[] = ['plan-version', 'incident', 'person', 'grant', 'extra-task'];

function inOrder({ row: a }: Candidate, { row: b }: Candidate): number {
  const [rankA, rankB] = [rank(a.kind), rank(b.kind)];
  if (rankA !== rankB) return rankA - rankB;
  return compareStamps(a.stamp, b.stamp);
}

function rank(kind: string): number {
  const at = first.indexOf(kind);
  return at === -1 ? first.length : at;
}

function isTooNew({ kind, v }: AsideRow): boolean {
  return !isKind(kind) || isNewer(kind, v);
}

function shownLost({ row, now }: Candidate): LostRecord {
  const { change, kind, key, value, author, at } = row;
  return { change, kind, key, value, author, at, hasOlder: now !== undefined, tooNew: isTooNew(row) };
}

/**
 * The lost record as a new change. It rests on what the server has; where that is nothing, on the lost change itself, so that its
 * author, who may still bring it, is not overruled by it. A grant rests on nothing but the current winner (protocol.md, Records).
 */
function readyToSend(
  parts: StorageParts,
  { row, now }: Candidate,
): readonly { readonly change: ChangeId; readonly draft: ReadyDraft }[] {
  if (isTooNew(row)) return [];
  const { kind, key, value, change, stamp } = row;
  const standing = now ?? (kind === 'grant' ? null : row);
  const ready: Result<ReadyDraft, unknown> = readyDraft(parts, {
    kind,
    key,
    value,
    shown: standing === null ? null : { change: standing.change, stamp: now === undefined ? stamp : now.stamp },
  } as Draft);
  return ready.ok ? [{ change, draft: ready.value }] : [];
}
