import type { Applied, PreparedRequest } from '../domain/ports/sync-store.ts';
import { millis, type Millis } from '../domain/time.ts';
import { receive, type HybridClock } from '../domain/sync/hybrid-clock.ts';
import type { Head, Outcome, SyncedRecord, SyncReply } from '../domain/sync/protocol.ts';
import { parseStamp } from '../domain/sync/stamp.ts';
import type { Tables } from './database.ts';
import { countPending, countState, entriesOver, settle } from './outbox.ts';
import { taskOf } from './overlay.ts';
import { pulseAfter, readOwnState, type OwnState } from './own-state.ts';
import type { Carry } from './prepare-request.ts';
import { putInChunks } from './put-in-chunks.ts';
import { isBlank, readReplica, targetReplica, withNewFilling } from './replica.ts';
import type { OutboxRow, RecordName, ReplicaRow, StoredRecord, SyncRow, Verdict } from './rows.ts';
import { switchReplica } from './switch-replica.ts';

/**
 * See `SyncStore.apply`: outcomes, page, cursor, epoch and head, and the change-over to a new replica, in the caller's one
 * transaction (protocol.md, `POST /api/sync`).
 */
export async function applyReply(
  tables: Tables,
  sent: PreparedRequest,
  reply: SyncReply,
  carrying: Carry,
): Promise<Applied> {
  const own = await readOwnState(tables);
  const asked = await targetReplica(tables, own.sync);
  if (own.membership.state !== 'member' || !isOf(asked, sent, reply)) return { tag: 'dropped' };
  const judged = await storeOutcomes(tables, own, asked.history, sent, reply);
  const brought = (await carrying?.keepVerdicts(tables, sent, reply, asked.history)) ?? [];
  const { sync, replica } = await storePage(tables, own.sync, asked, reply);
  const pending = await countPending(tables);
  const again = await countState(tables.outbox, 'again');
  const touched = await settleTouched(tables, {
    sync,
    replica,
    again,
    names: [...judged.names, ...brought],
    records: reply.records,
    more: reply.more,
    serverNow: millis(reply.serverNow),
  });
  await carrying?.dropBrought(tables, await readReplica(tables, touched.sync.live));
  const next: SyncRow = {
    ...touched.sync,
    lastSentAt: pending === 0 && !judged.cloned ? reply.serverNow : sync.lastSentAt,
  };
  const pulse = touched.names?.length === 0 ? own.pulse : pulseAfter(own.pulse, touched.names);
  await tables.own.bulkPut([{ ...own.clock, hybrid: received(own.clock.hybrid, reply) }, next, pulse]);
  return judged.cloned ? { tag: 'cloned' } : { tag: 'stored', more: reply.more, refused: judged.refused };
}

/** ‡ A reply to a request whose epoch, cursor or head is no longer the phone's is dropped whole; so is one of another view. */
function isOf({ epoch, cursor, head, view }: ReplicaRow, { body }: PreparedRequest, reply: SyncReply): boolean {
  if (body.epoch !== epoch || body.cursor !== cursor || body.view !== view || !sameHead(body.head, head)) return false;
  // A 200 with another epoch than was sent contradicts itself: the server should have said `history-changed`.
  return epoch === null || reply.epoch === epoch;
}

function sameHead(a: Head | null, b: Head | null): boolean {
  return a?.seq === b?.seq && a?.hash === b?.hash;
}

type Judged = { readonly names: readonly RecordName[]; readonly refused: readonly Outcome[]; readonly cloned: boolean };

async function storeOutcomes(
  tables: Tables,
  own: OwnState,
  history: number,
  sent: PreparedRequest,
  reply: SyncReply,
): Promise<Judged> {
  const outcomes = pairedOutcomes(sent, reply);
  const entries = await tables.outbox
    .where('id')
    .anyOf([...outcomes.keys()])
    .toArray();
  const device = own.membership.state === 'member' ? own.membership.device : null;
  const changed: OutboxRow[] = [];
  const refused: Outcome[] = [];
  let cloned = false;
  for (const entry of entries) {
    const outcome = outcomes.get(entry.id);
    if (outcome === undefined || entry.state === 'given-up') continue;
    if (outcome.reason?.code === 'sequence-reused' && entry.device === device) {
      // Stays unsent: `reissue` gives it a new identity, in another transaction that may come much later.
      cloned = true;
      changed.push({ ...entry, cloned: true });
      continue;
    }
    if (outcome.outcome === 'refused') refused.push(outcome);
    changed.push(judgedEntry(entry, outcome, history, reply));
  }
  if (changed.length > 0) await tables.outbox.bulkPut(changed);
  return { names: changed.map(({ kind, key }) => [kind, key]), refused, cloned };
}

/** One verdict per change, in the order sent; without an id a verdict stands by its position. */
function pairedOutcomes({ body }: PreparedRequest, { outcomes }: SyncReply): ReadonlyMap<string, Outcome> {
  const paired = new Map<string, Outcome>();
  body.changes.forEach(({ id }, at) => {
    const outcome = outcomes[at];
    if (outcome !== undefined && (outcome.id === null || outcome.id === id)) paired.set(id, outcome);
  });
  return paired;
}

function judgedEntry(entry: OutboxRow, outcome: Outcome, history: number, reply: SyncReply): OutboxRow {
  const { stamp, seq, reason } = outcome;
  const known = entry.verdict?.history === history && entry.verdict.outcome !== 'refused' ? entry.verdict : null;
  const verdict: Verdict = {
    outcome: outcome.outcome,
    stamp: parseStamp(stamp),
    seq,
    reason: reason ?? null,
    history,
    // The first reply that told of it: a repetition does not begin the keeping anew.
    headSeq: known?.headSeq ?? reply.head.seq,
  };
  const formerly = entry.state === 'again' ? (entry.verdict ?? entry.formerly) : entry.formerly;
  const settledAt = known === null ? millis(reply.serverNow) : (entry.settledAt ?? millis(reply.serverNow));
  return { ...entry, state: outcome.outcome === 'refused' ? 'refused' : 'judged', verdict, formerly, settledAt };
}

/** Stores the page as it came, never comparing stamps; a reset begins a new replica unless nothing would be replaced. */
async function storePage(
  tables: Tables,
  sync: SyncRow,
  asked: ReplicaRow,
  reply: SyncReply,
): Promise<{ readonly sync: SyncRow; readonly replica: ReplicaRow }> {
  const isNew = reply.reset && !isBlank(asked);
  const begun = isNew ? withNewFilling(sync) : { sync, number: asked.number };
  const { number } = begun;
  const rows = reply.records.map((record): StoredRecord => ({
    ...record,
    replica: number,
    ...taskOf(record.kind, record.key, record.value),
  }));
  await putInChunks(tables.records, rows);
  const replica: ReplicaRow = {
    number,
    history: asked.history,
    epoch: reply.epoch,
    view: reply.view,
    cursor: reply.cursor,
    head: reply.head,
    filled: (isNew ? 0 : asked.filled) + rows.length,
    complete: (!isNew && asked.complete) || !reply.more,
  };
  await tables.replicas.put(replica);
  return { sync: begun.sync, replica };
}

type Stored = {
  readonly sync: SyncRow;
  readonly replica: ReplicaRow;
  readonly names: readonly RecordName[];
  readonly records: readonly SyncedRecord[];
  /** Changes that still wait for their verdict in a new history. */
  readonly again: number;
  readonly more: boolean;
  readonly serverNow: Millis;
};

/** Brings the overlay up to date and, after the last page and verdict, changes over. `names` are for the pulse. */
async function settleTouched(
  tables: Tables,
  { sync, replica, names, records, again, more, serverNow }: Stored,
): Promise<{ readonly sync: SyncRow; readonly names: readonly RecordName[] | null }> {
  if (replica.number === sync.live) {
    const pulled = records.map(({ kind, key }): RecordName => [kind, key]);
    const standing = await tables.outbox.where('[over+kind+key]').between([1], [1, []]).count();
    const over = standing === 0 ? [] : await entriesOver(tables, pulled);
    await settle(tables, replica, distinct([...names, ...over.map(({ kind, key }): RecordName => [kind, key])]));
    return { sync, names: distinct([...names, ...pulled]) };
  }
  if (more || again > 0) {
    await settle(tables, await readReplica(tables, sync.live), distinct(names));
    return { sync, names };
  }
  return { sync: await switchReplica(tables, sync, replica, serverNow), names: null };
}

function distinct(names: readonly RecordName[]): readonly RecordName[] {
  return [...new Map(names.map((name) => [name.join(' '), name])).values()];
}

/** The clock never runs behind any stamp it has seen. */
function received(clock: HybridClock, reply: SyncReply): HybridClock {
  let next = clock;
  for (const each of [...reply.outcomes, ...reply.records]) {
    const stamp = parseStamp(each.stamp);
    if (stamp !== null) next = receive(next, stamp);
  }
  return next;
}
