import type { Membership } from '../domain/ports/device.ts';
import type { ChangeId, DeviceId, Instant, PersonId, Stamp } from '../domain/ids.ts';
import type { Change, Head, Refusal, SyncedRecord } from '../domain/sync/protocol.ts';
import type { HybridClock } from '../domain/sync/hybrid-clock.ts';
import type { Bundle, Taken } from '../domain/sync/bundle.ts';
import type { PublicKey } from '../domain/sync/device-id.ts';
import type { Millis } from '../domain/time.ts';

/*
 * What lies in the database. "Own" (own, keys, outbox, settings, aside) is never dropped; a replica and its records are
 * numbered and disposable (architecture.md, "The phone's state is two things"). What is carried for others (bundles, and their
 * changes in the outbox) is own until a server has judged it.
 */

/** One identity, one row each; every reader takes them in the transaction that uses them, since other tabs write them too. */
export type MembershipRow = { readonly name: 'membership'; readonly value: Membership };

export type ClockRow = {
  readonly name: 'clock';
  /** The last `n` that this device used; 0 before the first change, and again after a new identity. */
  readonly n: number;
  readonly hybrid: HybridClock;
};

export type SyncRow = {
  readonly name: 'sync';
  /** The replica that the screens show. */
  readonly live: number;
  /** The one being filled beside it, for a new view or epoch. */
  readonly filling: number | null;
  readonly nextReplica: number;
  /** Counts the pasts of servers met; `seq` numbers compare only within one, and an epoch may come back with another past. */
  readonly history: number;
  /** The workspace that replica and outbox belong to. */
  readonly workspace: string | null;
  readonly lastSentAt: Instant | null;
  /** Server's time of the last removal of old outbox entries. */
  readonly sweptAt: Millis;
  /** Replicas whose records are still to be deleted. */
  readonly doomed: readonly number[];
};

export type RecordName = readonly [kind: string, key: string];

/** Tells every tab and worker which records a commit touched, within that commit; null stands for "any". */
export type PulseRow = {
  readonly name: 'pulse';
  readonly version: number;
  /** Names as one text each commit, since this row is written with every change: `kind key` a line. */
  readonly recent: readonly { readonly version: number; readonly touched: string | null; readonly count: number }[];
};

export type OwnRow = MembershipRow | ClockRow | SyncRow | PulseRow;

export type KeyRow = {
  readonly slot: string;
  readonly device: DeviceId;
  readonly publicKey: PublicKey;
  /** A JWK only where the browser can't store a key that can't be read out. */
  readonly privateKey: CryptoKey | JsonWebKey;
  readonly weak: boolean;
};

export type Verdict = {
  readonly outcome: 'applied' | 'superseded' | 'refused';
  readonly stamp: Stamp | null;
  readonly seq: number | null;
  readonly reason: Refusal | null;
  readonly history: number;
  /** Journal's head in the reply that brought the verdict. */
  readonly headSeq: number;
};

export type EntryState =
  /** Never judged. */
  | 'unsent'
  /** Judged by a server with another past; to be sent again, with `given`, before anything unsent. */
  | 'again'
  | 'judged'
  | 'refused'
  /** Refused, and given up by the person. */
  | 'given-up'
  | CarriedState;

export type CarriedState =
  /** Another device's, taken from it or a relay: travels in its bundle and waits for its verdict. */
  | 'carried'
  /** Another device's, accepted; goes once the replica shows it. */
  | 'brought'
  /** Another device's, refused. */
  | 'declined';

/** A change in the outbox, with its fate. */
export type OutboxRow = Change & {
  /** The change's own device: another one's where a backup file was restored, or before a new identity. */
  readonly device: DeviceId;
  readonly person: PersonId | null;
  /** UTF-8 bytes of the change as JSON. */
  readonly bytes: number;
  readonly state: EntryState;
  /** 1 on the one entry of a record that stands over the live replica; absent otherwise, so the index stays small. */
  readonly over?: 1;
  /** `<incident>/<task>` of a log entry that names a task. */
  readonly task?: string;
  readonly given: Stamp | null;
  readonly verdict: Verdict | null;
  /** Where the change stood in the history before the present one, while it is sent again. */
  readonly formerly: Verdict | null;
  /** Server's time when the verdict came; absent before. */
  readonly settledAt?: Millis;
  /** Refused `sequence-reused`: waits for a new identity. */
  readonly cloned?: true;
  /** Of another device's change: the bundle that it came in. */
  readonly bundle?: string;
};

/** Changes that another device signed, as they are carried to the server (protocol.md, Bundles). */
export type BundleRow = {
  readonly signature: string;
  readonly bundle: Bundle;
  readonly taken: Taken;
  /** UTF-8 bytes as JSON. */
  readonly bytes: number;
  /** The history in which every change of it was judged. */
  readonly judgedIn: number | null;
  /** What has no place in the outbox, since another change has its number there: two phones with one identity made both. */
  readonly rivals?: readonly Rival[];
};

export type Rival = {
  readonly id: ChangeId;
  readonly kind: string;
  readonly key: string;
  /** Why the server refused it. */
  readonly reason: Refusal | null;
};

export type ReplicaRow = {
  readonly number: number;
  readonly history: number;
  readonly epoch: string | null;
  readonly view: string | null;
  readonly cursor: number;
  readonly head: Head | null;
  /** Records stored so far, for the screen that waits for the first fill. */
  readonly filled: number;
  /** A reply said that nothing more was to come. */
  readonly complete: boolean;
};

export type StoredRecord = SyncedRecord & { readonly replica: number; readonly task?: string };

/** A record of somebody else that a server with another past no longer has. */
export type AsideRow = SyncedRecord & { readonly foundAt: Millis };

export type SettingRow = { readonly name: string; readonly value: string };

export type EntryKey = readonly [device: DeviceId, n: number];
