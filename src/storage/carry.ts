import type { PreparedRequest } from '../domain/ports/sync-store.ts';
import { ageAt, type RelayedBundle } from '../domain/sync/bundle.ts';
import { utf8Length } from '../domain/sync/hash.ts';
import type { Outcome, SyncReply } from '../domain/sync/protocol.ts';
import { parseStamp } from '../domain/sync/stamp.ts';
import { millis, type Millis } from '../domain/time.ts';
import { isDue, type DueIn } from './bundle-due.ts';
import type { Tables } from './database.ts';
import { entriesIn } from './outbox.ts';
import type { BundleRow, EntryKey, OutboxRow, RecordName, ReplicaRow } from './rows.ts';

/*
 * Bringing to the server what was taken from other phones (protocol.md, Bundles). Only a page does it: the service worker sends
 * this device's own work and stays small.
 */

export type Load = {
  readonly relayed: readonly RelayedBundle[];
  readonly changes: number;
  readonly bytes: number;
  /** Changes in bundles that did not fit. */
  readonly left: number;
};

export type Now = DueIn & { readonly wall: Millis; readonly line: number };

/** The bundles that go next; the first goes however large it is, since a bundle can't be cut. */
export async function nextLoad(
  { bundles }: Tables,
  now: Now,
  most: { readonly changes: number; readonly bytes: number },
): Promise<Load> {
  const relayed: RelayedBundle[] = [];
  let [changes, bytes, left] = [0, 0, 0];
  const due = (await bundles.toArray()).filter((row) => isDue(row, now));
  for (const row of due.sort(byFirstStamp)) {
    const count = row.bundle.changes.length;
    const isFull = relayed.length > 0 && (changes + count > most.changes || bytes + row.bytes > most.bytes);
    if (isFull) {
      left += count;
      continue;
    }
    relayed.push({ ...row.bundle, age: ageAt(row.taken, now) });
    changes += count;
    bytes += row.bytes;
  }
  return { relayed, changes, bytes, left };
}

/** Keeps the verdicts on what the request brought. Gives the names of the records that it is about. */
export async function keepVerdicts(
  tables: Tables,
  sent: PreparedRequest,
  reply: SyncReply,
  history: number,
): Promise<readonly RecordName[]> {
  const names: RecordName[] = [];
  let from = sent.body.changes.length;
  for (const bundle of sent.body.relayed ?? []) {
    const outcomes = reply.outcomes.slice(from, from + bundle.changes.length);
    from += bundle.changes.length;
    // It may rest on what this device has not sent yet: judged anew beside that.
    if (sent.remaining > 0 && outcomes.some(({ reason }) => reason?.code === 'forbidden')) continue;
    const row = await tables.bundles.get(bundle.signature);
    if (row === undefined) continue;
    const entries = await carriedOf(tables, row);
    const judged = entries.map((entry) => judgedEntry(entry, outcomes, row, history, reply));
    await tables.outbox.bulkPut(judged);
    if (outcomes.every(({ outcome }) => outcome !== 'refused')) await tables.bundles.delete(row.signature);
    else await tables.bundles.put({ ...row, judgedIn: history, ...judgedRivals(row, outcomes) });
    names.push(...entries.map(({ kind, key }): RecordName => [kind, key]));
  }
  return names;
}

/** Drops what was brought and stands in the replica now, or was brought to a server that has another past. */
export async function dropBrought(tables: Tables, live: ReplicaRow): Promise<void> {
  const brought = await entriesIn(tables, 'brought').toArray();
  const gone = brought.filter(({ over, verdict }) => over !== 1 || verdict?.history !== live.history);
  await tables.outbox.bulkDelete(gone.map(({ device, n }): EntryKey => [device, n]));
}

/** The entries of a bundle that stand in this outbox; a change that was here before has none. */
export async function carriedOf({ outbox }: Tables, { signature, bundle }: BundleRow): Promise<readonly OutboxRow[]> {
  const entries = await outbox
    .where('id')
    .anyOf(bundle.changes.map(({ id }) => id))
    .toArray();
  return entries.filter((entry) => entry.bundle === signature);
}

export function bundleBytes(bundle: RelayedBundle): number {
  return utf8Length(JSON.stringify(bundle));
}

/** A device's later bundle never goes before its earlier one. */
function byFirstStamp(a: BundleRow, b: BundleRow): number {
  const [first, second] = [a, b].map(({ bundle }) => bundle.changes[0]?.stamp ?? '');
  return (first ?? '') < (second ?? '') ? -1 : 1;
}

function judgedRivals({ bundle, rivals }: BundleRow, outcomes: readonly Outcome[]): Pick<BundleRow, 'rivals'> {
  if (rivals === undefined) return {};
  const reasonOf = (id: string) => outcomes[bundle.changes.findIndex((change) => change.id === id)]?.reason ?? null;
  return { rivals: rivals.map((rival) => ({ ...rival, reason: reasonOf(rival.id) })) };
}

function judgedEntry(
  entry: OutboxRow,
  outcomes: readonly Outcome[],
  { bundle }: BundleRow,
  history: number,
  reply: SyncReply,
): OutboxRow {
  const outcome = outcomes[bundle.changes.findIndex(({ id }) => id === entry.id)];
  if (outcome === undefined) return entry;
  const { stamp, seq, reason } = outcome;
  return {
    ...entry,
    state: outcome.outcome === 'refused' ? 'declined' : 'brought',
    verdict: {
      outcome: outcome.outcome,
      ...{ stamp: parseStamp(stamp), seq, reason: reason ?? null, history, headSeq: reply.head.seq },
    },
    settledAt: millis(reply.serverNow),
  };
}
