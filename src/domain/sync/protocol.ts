import * as z from 'zod/mini';
import type { AccessLevel } from '../access/access.ts';
import type { ChangeId, DeviceId, Instant, PersonId, RoleId, Stamp } from '../ids.ts';
import type { Json } from '../json.ts';
import type { RelayedBundle } from './bundle.ts';

/*
 * The wire, protocol version 1: the one place where app and server take their shapes from (protocol.md). Schemas are loose:
 * unknown fields are ignored in requests and kept in values.
 */

export const protocolVersion = 1;

/** Made on a device, immutable; `id` is the idempotency key. */
export type Change = {
  readonly id: ChangeId;
  /** This device's own counter, from 1, taken in the transaction that writes the change. */
  readonly n: number;
  readonly kind: string;
  readonly key: string;
  /** The whole record; null deletes it. */
  readonly value: Json;
  /** Id of the change that the screen showed, one's own unsent one included. */
  readonly base: ChangeId | null;
  /** That change's effective stamp, if known. */
  readonly seen: Stamp | null;
  /** Claimed stamp. */
  readonly stamp: Stamp;
  /** The device's clock, uncorrected. */
  readonly wall: Instant;
  /** Raised when the device's clock is seen to jump. */
  readonly line: number;
  /** Schema version of `value`. */
  readonly v: number;
};

/** A change sent again after `history-changed`: `given` is the effective stamp it had; no part of its identity. */
export type SentChange = Change & { readonly given?: Stamp };

export type Head = { readonly seq: number; readonly hash: string };

export type SyncRequest = {
  readonly protocol: 1;
  readonly clientNow: Instant;
  readonly line: number;
  readonly epoch: string | null;
  readonly head: Head | null;
  readonly view: string | null;
  readonly cursor: number;
  readonly limit: number;
  readonly last: boolean;
  readonly changes: readonly SentChange[];
  /** Bundles of other devices (bundle.ts); their verdicts follow those of `changes`, bundle by bundle. */
  readonly relayed?: readonly RelayedBundle[] | undefined;
};

export const refusalCodes = [
  'invalid',
  'id-reused',
  'sequence-reused',
  'unknown-kind',
  'unsupported',
  'too-large',
  'forbidden',
  'immutable',
  'stale',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];
export type Refusal = { readonly code: RefusalCode; readonly message: string };

export type Outcome = {
  /** Null when the change carried no readable id; the verdict then stands by position. */
  readonly id: ChangeId | null;
  readonly outcome: 'applied' | 'superseded' | 'refused';
  /** Effective stamp. Null only for a change whose stamp could not be given. */
  readonly stamp: Stamp | null;
  /** Today's winner of the record. */
  readonly winner: ChangeId | null;
  /** `seq` of the record's winner once the change was judged; null if refused. */
  readonly seq: number | null;
  readonly reason?: Refusal;
};

export type Author = { readonly person: PersonId | null; readonly device: DeviceId };

/** The winner of a record, as it is pulled. */
export type SyncedRecord = {
  readonly kind: string;
  readonly key: string;
  readonly value: Json;
  readonly v: number;
  readonly change: ChangeId;
  readonly base: ChangeId | null;
  /** Effective stamp. */
  readonly stamp: Stamp;
  readonly author: Author;
  /** Server's time of acceptance. */
  readonly at: Instant;
  readonly seq: number;
};

export type SyncReply = {
  readonly protocol: 1;
  readonly epoch: string;
  readonly serverNow: Instant;
  readonly head: Head;
  readonly view: string;
  readonly reset: boolean;
  readonly outcomes: readonly Outcome[];
  readonly records: readonly SyncedRecord[];
  readonly cursor: number;
  readonly more: boolean;
  /** Up to here a verified backup holds the journal; 0 without one. */
  readonly safeSeq: number;
  /** Leaver's last push: the device wipes itself. */
  readonly wipe?: boolean;
};

/** 409 `history-changed`. */
export type HistoryChanged = { readonly code: 'history-changed'; readonly epoch: string; readonly head: Head };

/** One accepted change as `GET /api/history` and `GET /api/journal` show it. */
export type JournalEntry = {
  readonly seq: number;
  readonly change: Change;
  readonly stamp: Stamp;
  readonly outcome: 'applied' | 'superseded';
  readonly author: Author;
  readonly at: Instant;
  readonly hash: string;
  /** 16 bytes base64url, beside the hash chain's place for the value; empty once the value was erased. */
  readonly salt: string;
  /** Only where the value was erased (`change.value` is then null): the digest that stands for it in the hash chain. */
  readonly erased?: string;
};

export type EnrolReply = {
  readonly device: DeviceId;
  readonly person: PersonId;
  readonly workspace: { readonly id: string; readonly name: string };
  readonly access: AccessLevel;
  readonly roles: readonly RoleId[];
};

/** RFC 9457. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: string;
};

export const head = z.looseObject({ seq: z.int().check(z.gte(0)), hash: z.string() });
const stamp = z.string();
/** A record as a reply carries it. */
export const syncedRecord = z.looseObject({
  kind: z.string(),
  key: z.string(),
  value: z.unknown(),
  v: z.int(),
  change: z.string(),
  base: z.nullable(z.string()),
  stamp,
  author: z.looseObject({ person: z.nullable(z.string()), device: z.string() }),
  at: z.string(),
  seq: z.int(),
});

/** What a phone accepts as a reply; anything else (a captive portal's page, a truncated body) proves no connection. */
export const syncReply = z.looseObject({
  protocol: z.literal(1),
  epoch: z.string().check(z.minLength(1)),
  serverNow: z.string(),
  head,
  view: z.string(),
  reset: z.boolean(),
  outcomes: z.array(
    z.looseObject({
      id: z.nullable(z.string()),
      outcome: z.enum(['applied', 'superseded', 'refused']),
      stamp: z.nullable(stamp),
      winner: z.nullable(z.string()),
      seq: z.nullable(z.int()),
      reason: z.optional(z.looseObject({ code: z.string(), message: z.string() })),
    }),
  ),
  records: z.array(syncedRecord),
  cursor: z.int().check(z.gte(0)),
  more: z.boolean(),
  safeSeq: z.int().check(z.gte(0)),
  wipe: z.optional(z.boolean()),
});

/**
 * What the server accepts as a request. Each change is judged on its own (`invalid` by position), so here they are only
 * counted; see change.ts for reading one.
 */
export const syncRequest = z.looseObject({
  protocol: z.literal(1),
  clientNow: z.string(),
  line: z.int(),
  epoch: z.nullable(z.string()),
  head: z.nullable(head),
  view: z.nullable(z.string()),
  cursor: z.int().check(z.gte(0)),
  limit: z.int().check(z.gte(1)),
  last: z.optional(z.boolean()),
  changes: z.array(z.unknown()),
  relayed: z.optional(z.array(z.looseObject({ changes: z.array(z.unknown()) }))),
});
