import type { ChangeId, Instant, Stamp } from '../ids.ts';
import type { Json } from '../json.ts';
import type { Result } from '../result.ts';
import type { Kind, ValueOf } from '../sync/kinds.ts';
import type { Author, Refusal } from '../sync/protocol.ts';
import type { Live } from './live.ts';
import type { StorageFault } from './storage-fault.ts';

/** A record as a screen shows it: `overlay(replica, own)`, so one's own newest change stands over what was pulled (protocol.md, Order). */
export type Shown<K extends Kind> = {
  readonly kind: K;
  readonly key: string;
  /** Null is a tombstone; only watches that ask for tombstones give it. */
  readonly value: ValueOf<K> | null;
  /** The change shown; what a new change names as its `base`. */
  readonly change: ChangeId;
  /** Its effective stamp, null while no server has judged it. */
  readonly stamp: Stamp | null;
  readonly author: Author;
  /** When: the server's time of acceptance, else the wall clock of the phone that made it. */
  readonly at: Instant;
  /** True until a server has committed it. */
  readonly unsent: boolean;
  /** Only a newer app may change it: it wrote it (`v`), or this one can't read the value, which is then null. */
  readonly readOnly: boolean;
};

/** A change to be made. `shown` is what the screen displayed when the person pressed, null where no record was. */
export type Draft<K extends Kind = Kind> = {
  [Each in K]: {
    readonly kind: Each;
    readonly key: string;
    readonly value: ValueOf<Each> | null;
    readonly shown: { readonly change: ChangeId; readonly stamp: Stamp | null } | null;
  };
}[K];

export type WriteFault =
  | StorageFault
  /** Larger than protocol.md allows; checked before anything is written. */
  | {
      readonly tag: 'too-large';
      readonly kind: string;
      readonly key: string;
      readonly bytes: number;
      readonly most: number;
    }
  | { readonly tag: 'invalid'; readonly kind: string; readonly key: string; readonly faults: readonly string[] }
  /** The record was written by a newer app. */
  | { readonly tag: 'read-only'; readonly kind: string; readonly key: string }
  /** This device is nobody's: it was wiped, or nobody has set it up. */
  | { readonly tag: 'no-author' };

export type Saved = { readonly change: ChangeId; readonly n: number };

export type PrefixOptions = {
  /** Gives only so many, the greatest key first (log entries: the latest typed). */
  readonly last?: number;
  readonly tombstones?: boolean;
};

/**
 * What a person reads and writes. A value that isn't of its kind's shape never reaches a screen: the record is kept as it came, left
 * out of every watch and counted. Guarantees of `write`: all drafts are kept or none; records, outbox, counter and clock change
 * in one strictly durable transaction; when it resolves `ok`, the drafts are on disk; it never fails because of a clock; a
 * fault leaves nothing half-written.
 */
export interface Records {
  watch<K extends Kind>(kind: K, key: string): Live<Shown<K> | null>;
  /** Records whose key starts with `prefix`, in key order unless `last` says otherwise. '' gives the whole kind. */
  watchPrefix<K extends Kind>(kind: K, prefix: string, options?: PrefixOptions): Live<readonly Shown<K>[]>;
  /** Log entries of one task, by event time. `incidentTask` is `<incident>/<code>`. */
  watchTaskLog(incidentTask: string): Live<readonly Shown<'log'>[]>;
  /** How many of the records that are being watched are left out. */
  readonly unreadable: Live<number>;
  read<K extends Kind>(kind: K, key: string): Promise<Result<Shown<K> | null, StorageFault>>;
  write(drafts: readonly Draft[]): Promise<Result<readonly Saved[], WriteFault>>;
}

/** A change of this device that a server refused; kept until the person gives it up. */
export type RefusedChange = {
  readonly change: ChangeId;
  readonly n: number;
  readonly kind: string;
  readonly key: string;
  readonly value: Json;
  readonly wall: Instant;
  readonly author: Author;
  readonly reason: Refusal;
};

/** A change that this device made, with what became of it. */
export type OwnChange = {
  readonly change: ChangeId;
  readonly value: Json;
  readonly wall: Instant;
  readonly author: Author;
  /** Effective stamp; null while no server has judged it. */
  readonly stamp: Stamp | null;
  readonly fate: 'to-send' | 'sent' | 'refused' | 'given-up';
};
