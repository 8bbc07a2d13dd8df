import { incidentOf } from '../../src/domain/access/access-scope.ts';
import {
  serverDevice,
  type ChangeId,
  type DeviceId,
  type IncidentId,
  type Instant,
  type PersonId,
  type Stamp,
} from '../../src/domain/ids.ts';
import type { Json } from '../../src/domain/json.ts';
import { compareChanges } from '../../src/domain/sync/ancestry.ts';
import { base64url } from '../../src/domain/sync/base64url.ts';
import { canonicalJson } from '../../src/domain/sync/canonical-json.ts';
import { effectiveStamp, lowerBound } from '../../src/domain/sync/effective-stamp.ts';
import { entryHash, valueDigest } from '../../src/domain/sync/hash-chain.ts';
import type { Change } from '../../src/domain/sync/protocol.ts';
import { recordName, type AcceptedChange } from '../../src/domain/sync/reconcile-facts.ts';
import { momentAt, momentOf } from '../../src/domain/sync/stamp.ts';
import { uuid7, uuid7Bytes } from '../../src/domain/sync/uuid7.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import { nativeSha256 } from './native-sha256.ts';
import type { WorkspaceRow } from './rows.ts';
import { scopeKinds } from './scope.ts';
import { selectOne, statement, statementForEach, type SqlValue, type Work } from './work.ts';

/** A value's place in the hash chain, made before the workspace is locked. */
export type Salted = { readonly salt: string; readonly digest: string };

/** What a change that the server itself writes is about. */
export type ServerWrite = {
  readonly kind: string;
  readonly key: string;
  readonly value: Json;
  readonly incident?: IncidentId | null;
  readonly about?: PersonId | null;
};

/** The end of a workspace's journal while a transaction holds it. */
export type Tip = { -readonly [Field in keyof WorkspaceRow]: WorkspaceRow[Field] } & {
  readonly now: Millis;
  /** `now`, as each entry has it. */
  readonly at: Instant;
  /** What was appended and is not written yet. */
  readonly unwritten: Unwritten;
};

type Unwritten = {
  readonly changes: (readonly SqlValue[])[];
  /** By name: only the last winner of a record is written. */
  readonly records: Map<string, readonly SqlValue[]>;
};

/** The winner of a record that the server writes over. */
export type StandingWinner = {
  readonly id: ChangeId;
  readonly n: number;
  readonly stamp: Stamp;
  readonly seq: number;
};

/** What listeners are told after the commit. */
export type Kept = Pick<AcceptedChange, 'change' | 'outcome' | 'person' | 'incident' | 'about'>;

/** Cryptographically strong random bytes. */
export type RandomBytes = (length: number) => Uint8Array;

export function salted(valueText: string, random: RandomBytes): Salted {
  const salt = random(16);
  return { salt: base64url(salt), digest: valueDigest(salt, valueText, nativeSha256) };
}

/** Appends to the journal: the only place that writes `changes` and `records`. */
export class Ledger {
  private readonly insertChanges;
  private readonly putRecords;
  private readonly saveTip;
  private readonly winner;

  private readonly random: RandomBytes;

  constructor(random: RandomBytes) {
    this.random = random;
    this.insertChanges = statementForEach(
      `INSERT INTO changes (ws, seq, id, device, n, kind, key, base, seen, claimed, wall, line, v, stamp, outcome, outcome_seq,
         person, at, hash, salt, digest, incident, about, value)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.putRecords = statementForEach(
      `INSERT INTO records (ws, kind, key, seq) VALUES (?, ?, ?, ?) ON CONFLICT (ws, kind, key) DO UPDATE SET seq = excluded.seq`,
    );
    this.saveTip = statement<[number, string, Stamp | null, number, Stamp | null, number, number]>(
      `UPDATE workspaces SET seq = ?, hash = ?, last_stamp = ?, server_n = ?, server_stamp = ?, scope_seq = ? WHERE ws = ?`,
    );
    this.winner = selectOne<[number, string, string], StandingWinner>(
      `SELECT c.id, c.n, c.stamp, c.seq FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
       WHERE r.ws = ? AND r.kind = ? AND r.key = ?`,
    );
  }

  /** The workspace's end as it was locked, for a transaction that goes on from there. */
  tip(row: WorkspaceRow, now: Millis): Tip {
    return { ...row, now, at: instant(now), unwritten: { changes: [], records: new Map() } };
  }

  /** Chains a judged change; its `seq` must be the next. It is written by `flush`. */
  append(tip: Tip, accepted: AcceptedChange, device: DeviceId, { salt, digest }: Salted): void {
    const { change, stamp, outcome, outcomeSeq, seq, person, incident, about, valueText } = accepted;
    if (seq !== tip.seq + 1) throw new Error(`entry ${String(seq)} can't follow ${String(tip.seq)}`);
    const { at } = tip;
    const hash = entryHash(
      tip.hash,
      { seq, change, stamp, outcome, author: { person, device }, at },
      digest,
      nativeSha256,
    );
    const { id, n, kind, key, base, seen, stamp: claimed, wall, line, v } = change;
    tip.unwritten.changes.push([
      ...[tip.ws, seq, id, device, n, kind, key, base, seen, claimed, wall, line, v, stamp, outcome, outcomeSeq],
      ...[person, at, hash, salt, digest, incident, about, valueText],
    ]);
    if (outcome === 'applied') tip.unwritten.records.set(recordName(kind, key), [tip.ws, kind, key, seq]);
    tip.seq = seq;
    tip.hash = hash;
    if (tip.last_stamp === null || stamp > tip.last_stamp) tip.last_stamp = stamp;
    if (outcome === 'applied' && scopeKinds.has(kind)) tip.scope_seq = seq;
  }

  *flush({ unwritten: { changes, records } }: Tip): Work<void> {
    yield* this.insertChanges(changes.splice(0));
    const winners = [...records.values()];
    records.clear();
    yield* this.putRecords(winners);
  }

  /** Writes a change of the server itself, based on what stands. */
  *appendOwn(tip: Tip, write: ServerWrite): Work<Kept> {
    yield* this.flush(tip);
    const kept = this.chainOwn(tip, write, yield* this.winner(tip.ws, write.kind, write.key));
    yield* this.flush(tip);
    return kept;
  }

  /** Chains a change of the server itself, based on the winner that stands. It is written by `flush`. */
  chainOwn(tip: Tip, write: ServerWrite, standing: StandingWinner | null): Kept {
    const own = tip.server_stamp === null ? null : momentOf(tip.server_stamp);
    const bound = lowerBound({ base: standing?.stamp ?? null, seen: null, ownEarlier: own }, tip.now);
    const stamp = effectiveStamp(serverDevice, momentAt(tip.now), bound, null);
    const n = tip.server_n + 1;
    const change: Change = {
      id: uuid7(tip.now, this.random(uuid7Bytes)),
      n,
      kind: write.kind,
      key: write.key,
      value: write.value,
      base: standing?.id ?? null,
      seen: standing?.stamp ?? null,
      stamp,
      wall: tip.at,
      line: 1,
      v: 1,
    };
    const wins = standing === null || compareChanges({ stamp, n }, standing) > 0;
    const seq = tip.seq + 1;
    const valueText = canonicalJson(write.value);
    const accepted: AcceptedChange = {
      change,
      valueText,
      stamp,
      outcome: wins ? 'applied' : 'superseded',
      outcomeSeq: wins ? seq : standing.seq,
      seq,
      person: null,
      incident: write.incident ?? incidentOf(write.kind, write.key),
      about: write.about ?? null,
    };
    this.append(tip, accepted, serverDevice, salted(valueText, this.random));
    tip.server_n = n;
    tip.server_stamp = stamp;
    return accepted;
  }

  /**
   * Keeps what moved. Where nothing did, nothing is written: a refused code must neither keep the disk busy nor take longer than
   * another one.
   */
  *save(before: WorkspaceRow, tip: Tip): Work<void> {
    yield* this.flush(tip);
    if (before.seq === tip.seq && before.last_stamp === tip.last_stamp && before.server_n === tip.server_n) return;
    yield* this.saveTip(tip.seq, tip.hash, tip.last_stamp, tip.server_n, tip.server_stamp, tip.scope_seq, tip.ws);
  }
}
