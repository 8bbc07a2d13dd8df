import type { DeviceId, Instant, PersonId } from '../ids.ts';
import type { Result } from '../result.ts';
import type { EnrolReply, HistoryChanged, Outcome, SyncReply, SyncRequest } from '../sync/protocol.ts';
import type { Millis } from '../time.ts';
import type { Live } from './live.ts';
import type { StorageFault } from './storage-fault.ts';

/** The two clocks of a device: the wall clock may be wrong and jump, the monotonic one only runs while the device is awake. */
export interface Clock {
  now(): Millis;
  monotonic(): Millis;
}

export interface Randomness {
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** The device's ECDSA P-256 key. The private part never leaves the store. */
export type DeviceKey = {
  readonly device: DeviceId;
  readonly publicKey: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };
  /** Stored extractable because the browser can't store it otherwise. */
  readonly weak: boolean;
  /** SHA-256 signature, 64 bytes r‖s. */
  sign(message: string): Promise<Uint8Array>;
};

/** What the next attempt sends: `body` without `clientNow`, which the transport reads anew for each attempt. */
export type PreparedRequest = {
  readonly body: Omit<SyncRequest, 'clientNow'>;
  /** Unsent changes that did not fit. */
  readonly remaining: number;
};

export type Applied =
  /** Outcomes, page, cursor, epoch and head are on disk. */
  | { readonly tag: 'stored'; readonly more: boolean; readonly refused: readonly Outcome[] }
  /** The phone moved on while the request was under way: nothing was taken from the reply. */
  | { readonly tag: 'dropped' }
  /** Refused `sequence-reused`: this device is a clone and needs a new identity. */
  | { readonly tag: 'cloned' };

/**
 * The engine's side of the phone's storage. Guarantees: each call is one transaction; a call that fails left nothing changed;
 * repeating `apply` with the same reply changes nothing. The replica switch of a new view or epoch (architecture.md, "The
 * phone's state is two things") happens inside `apply`, in the transaction of the last page.
 */
export interface SyncStore {
  /** Null while this device has no server. Takes the oldest unsent changes by `n`, at most `changes` and about `bytes` of JSON. */
  prepare(most: {
    readonly changes: number;
    readonly bytes: number;
  }): Promise<Result<PreparedRequest | null, StorageFault>>;
  apply(sent: PreparedRequest, reply: SyncReply): Promise<Result<Applied, StorageFault>>;
  /** The server has another past: begins a new replica from 0 and marks the whole outbox to be sent again with `given`. */
  historyChanged(sent: PreparedRequest, changed: HistoryChanged): Promise<Result<void, StorageFault>>;
  /** Learns the server's clock (`serverNow` against the reply's arrival); raises `line` when the offset moved by over 60 s. */
  observeOffset(offset: Millis): Promise<Result<void, StorageFault>>;
  readonly unsent: Live<{
    readonly unsent: number;
    readonly refused: number;
    /** Other devices' changes that this one took over and that no server has judged yet. */
    readonly carried: number;
    readonly lastSentAt: Instant | null;
    readonly filling: number | null;
  }>;

  key(): Promise<Result<DeviceKey | null, StorageFault>>;
  /** Makes and keeps a key, proven by a put/get/sign/verify round trip; falls back to an extractable one, flagged weak. */
  createKey(): Promise<Result<DeviceKey, StorageFault>>;
  /** Becomes a member; maps the device's local person to the invite's in unsent values, counts everything kept as unsent. */
  adopt(server: string, reply: EnrolReply): Promise<Result<void, StorageFault>>;
  /**
   * Becomes the device of `next` after a clone was found; issues the refused and all unsent changes anew: new `id` and `n`, same
   * `wall` and `line`, mapped `base`.
   */
  reissue(next: DeviceKey, reply: EnrolReply): Promise<Result<void, StorageFault>>;
  /** A second key beside the live one, for `previous` at enrolment; becomes live in `reissue`. */
  createNextKey(): Promise<Result<DeviceKey, StorageFault>>;
  /** Deletes everything this app keeps on the device, key included. Only for `revoked` and `wipe`. */
  wipe(): Promise<void>;
  person(): Promise<Result<PersonId | null, StorageFault>>;
}
