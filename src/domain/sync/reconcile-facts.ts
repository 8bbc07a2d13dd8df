import type { AccessScope } from '../access/access-scope.ts';
import type { GrantHistory } from '../access/grant-history.ts';
import type { ChangeId, DeviceId, IncidentId, Instant, PersonId, Stamp } from '../ids.ts';
import type { Json } from '../json.ts';
import type { Millis } from '../time.ts';
import type { Change, Outcome, Refusal } from './protocol.ts';
import type { Moment } from './stamp.ts';

/*
 * What a batch is judged with: read in bulk under the workspace's lock, before any change of the batch is looked at.
 */

/** An accepted change that the batch names, by its id or as a base. */
export type HeldChange = {
  readonly id: ChangeId;
  readonly kind: string;
  readonly key: string;
  readonly person: PersonId | null;
  readonly stamp: Stamp;
  readonly outcome: 'applied' | 'superseded';
  /** `seq` of the record's winner once it was judged. */
  readonly outcomeSeq: number;
  /** What makes it the same change when it is sent again; see `contentOf`. */
  readonly content: Content;
};

/** A refused change that is kept in quarantine and owns its id. */
export type HeldRefused = {
  readonly id: ChangeId;
  readonly kind: string;
  readonly key: string;
  readonly person: PersonId | null;
  readonly stamp: Stamp | null;
  readonly contentHash: string;
};

export type Content = {
  readonly frame: string;
  /** Null once the value was erased: then the rest tells. */
  readonly valueText: string | null;
};

/** The effective stamps that a device's changes were given. */
export type DeviceStamps = {
  readonly greatestN: number;
  /** The greatest of all of them. */
  readonly greatest: Moment | null;
  /** Each of them; only needed where the batch holds an `n` that is not above `greatestN`. */
  readonly each: readonly { readonly n: number; readonly moment: Moment }[];
};

export type KnownDevice = { readonly person: PersonId; readonly revokedAt: Instant | null };

/** The winner of a record. */
export type Winner = {
  readonly id: ChangeId;
  readonly n: number;
  readonly stamp: Stamp;
  readonly seq: number;
  /** Read only for the kinds whose judgement needs it (`needsCurrentValue`), else null. */
  readonly value: Json;
};

export type ReconcileFacts = {
  /** The greater of the server's clock and the last effective stamp given. */
  readonly now: Millis;
  readonly lastStamp: Stamp | null;
  readonly seq: number;
  readonly session: { readonly device: DeviceId; readonly person: PersonId };
  readonly request: { readonly line: number; readonly offset: Millis };
  readonly devices: ReadonlyMap<DeviceId, KnownDevice>;
  readonly deviceStamps: ReadonlyMap<DeviceId, DeviceStamps>;
  readonly held: ReadonlyMap<ChangeId, HeldChange>;
  readonly refused: ReadonlyMap<ChangeId, HeldRefused>;
  /** Which change used up a (device, n); see `useName`. */
  readonly uses: ReadonlyMap<string, ChangeId | null>;
  /** The earliest effective stamp among the held changes that name this one as their base. */
  readonly successors: ReadonlyMap<ChangeId, Stamp>;
  /** By `recordName`; a record without a change is absent. */
  readonly winners: ReadonlyMap<string, Winner>;
  readonly grants: ReadonlyMap<PersonId, GrantHistory>;
  /** The keys among the batch's `extra-task` changes under whose code somebody else has a change of that kind, `task` or `step`. */
  readonly usedByOthers: ReadonlySet<string>;
  readonly scope: AccessScope;
};

export type AcceptedChange = {
  readonly change: Change;
  readonly valueText: string;
  readonly stamp: Stamp;
  readonly outcome: 'applied' | 'superseded';
  readonly outcomeSeq: number;
  readonly seq: number;
  readonly person: PersonId | null;
  readonly incident: IncidentId | null;
  /** Of a `conflict`: whose change was overruled. */
  readonly about: PersonId | null;
};

export type RefusedChange = {
  /** Place in the request. */
  readonly position: number;
  readonly id: ChangeId | null;
  readonly device: DeviceId | null;
  readonly n: number | null;
  readonly person: PersonId | null;
  readonly stamp: Stamp | null;
  readonly reason: Refusal;
  /** The id names this content from now on; another content under it is `id-reused`. */
  readonly ownsId: boolean;
  /** It used up its `n`. */
  readonly ownsN: boolean;
};

/** Counters of a device that were skipped: changes that it made and that never came (protocol.md, Clones). */
export type SequenceGap = { readonly device: DeviceId; readonly from: number; readonly to: number };

export type Reconciled = {
  readonly outcomes: readonly Outcome[];
  readonly accepted: readonly AcceptedChange[];
  readonly refused: readonly RefusedChange[];
  /** Names of the records that took in a change: their conflicts may have changed. */
  readonly touched: ReadonlySet<string>;
  readonly seq: number;
  readonly lastStamp: Stamp | null;
  /** The devices whose stamps moved on. */
  readonly deviceStamps: ReadonlyMap<DeviceId, { readonly greatestN: number; readonly greatest: Moment | null }>;
  /** Reported, never waited for. */
  readonly gaps: readonly SequenceGap[];
};

export function recordName(kind: string, key: string): string {
  return `${kind}/${key}`;
}

export function useName(device: DeviceId, n: number): string {
  return `${device}/${String(n)}`;
}

/** The kinds that are judged by the value that stands: write-once ones, and those whose access rests on it. */
export function needsCurrentValue(kind: string): boolean {
  return ['plan-version', 'log', 'incident', 'conflict', 'message', 'resource', 'extra-task'].includes(kind);
}

/** `given` is no part of a change's identity (protocol.md, "A server with another past"). */
export function contentOf(change: Change, valueText: string | null): Content {
  const { id, n, kind, key, base, seen, stamp, wall, line, v } = change;
  return { frame: JSON.stringify([id, n, kind, key, base, seen, stamp, wall, line, v]), valueText };
}
