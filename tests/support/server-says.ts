import type { ChangeId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Conflict } from '../../src/domain/sync/conflict.ts';
import type { Change, Outcome, Refusal, SyncedRecord } from '../../src/domain/sync/protocol.ts';
import { formatStamp } from '../../src/domain/sync/stamp.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import { startedAt, type Phone } from './phone.tsx';

/*
 * A server's word to a phone under test, through the phone's own storage: verdicts for what it sends, and records of others.
 */

export type Said = {
  readonly kind: string;
  readonly key: string;
  readonly value: Json;
  readonly by?: string;
  readonly at?: Millis;
};

let seq = 1_000;
const otherDevice = 'a'.repeat(16) as DeviceId;

/** A record as another person's device made it. */
export function said({ kind, key, value, by = 'ana', at = startedAt }: Said): SyncedRecord {
  seq += 1;
  const device = by === 'server' ? ('0'.repeat(16) as DeviceId) : otherDevice;
  return {
    kind,
    key,
    value,
    v: 1,
    change: `0193b2c4-0000-7000-8000-${String(seq).padStart(12, '0')}` as ChangeId,
    base: null,
    stamp: formatStamp({ time: at, counter: 0, device }),
    author: { person: by === 'server' ? null : (by as PersonId), device },
    at: instant(at),
    seq,
  };
}

/** Sends everything the phone holds; what `refuses` gives a reason for is refused, the rest accepted; then `records` are pulled. */
export async function serverSays(
  phone: Phone,
  records: readonly SyncedRecord[],
  refuses: (change: Change) => Refusal | null = () => null,
): Promise<readonly Change[]> {
  const prepared = await phone.storage.syncStore.prepare({ changes: 500, bytes: 1e7 });
  if (!prepared.ok || prepared.value === null) throw new Error('not a member');
  const { changes, cursor } = prepared.value.body;
  const outcomes = changes.map((change): Outcome => {
    const { id, stamp } = change;
    const reason = refuses(change);
    return reason === null
      ? { id, outcome: 'applied', stamp, winner: id, seq: (seq += 1) }
      : { id, outcome: 'refused', stamp, winner: null, seq: null, reason };
  });
  const applied = await phone.storage.syncStore.apply(prepared.value, {
    protocol: 1,
    epoch: 'e_1',
    serverNow: instant(startedAt),
    head: { seq, hash: `h${String(seq)}` },
    view: 'v',
    reset: false,
    outcomes,
    records,
    cursor: Math.max(cursor, ...records.map((record) => record.seq)),
    more: false,
    safeSeq: 0,
  });
  if (!applied.ok || applied.value.tag !== 'stored') throw new Error(JSON.stringify(applied));
  return changes;
}

/** The conflict record that the server writes when `mine` lost against `theirs`. */
export function conflictAbout(mine: Change, by: PersonId, theirs: SyncedRecord): SyncedRecord {
  const { id, kind, key, value, stamp, wall } = mine;
  const author = { person: by, device: 'b'.repeat(16) as DeviceId };
  const conflict: Conflict = {
    kind,
    key,
    overruled: { change: id, value, stamp, author, at: wall },
    winner: { change: theirs.change, value: theirs.value, stamp: theirs.stamp, author: theirs.author, at: theirs.at },
    decision: 'open',
  };
  return said({ kind: 'conflict', key: id, value: conflict as unknown as Json, by: 'server' });
}
