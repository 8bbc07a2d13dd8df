import type { AccessLevel } from '../../src/domain/access/access.ts';
import type { ChangeId, DeviceId, IncidentId, Instant, PersonId, RoleId, WorkspaceId } from '../../src/domain/ids.ts';
import type { Result } from '../../src/domain/result.ts';
import type { SequenceGap } from '../../src/domain/sync/reconcile-facts.ts';
import type {
  EnrolReply,
  Head,
  HistoryChanged,
  JournalEntry,
  SyncedRecord,
  SyncReply,
  SyncRequest,
} from '../../src/domain/sync/protocol.ts';
import type { Millis } from '../../src/domain/time.ts';
import type { PushSubscriptions } from './push-subscriptions.ts';
import type { Reminders } from './reminders.ts';

export type PublicKey = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

export type EnrolledDevice = {
  readonly id: DeviceId;
  readonly workspace: WorkspaceId;
  readonly person: PersonId;
  readonly name: string;
  readonly publicKey: PublicKey;
  readonly weakKey: boolean;
  readonly enrolledAt: Instant;
  readonly lastSeenAt: Instant | null;
  /** When a coordinator last let it in again after a long silence. */
  readonly approvedAt: Instant | null;
  readonly revoked: { readonly mode: 'lost' | 'leaver'; readonly at: Instant } | null;
};

/** Codes reach the journal only as SHA-256 of their normal form, so a stolen database gives none away. */
export type CodeHash = string;

export type EnrolRequest = {
  readonly code: CodeHash;
  /** The slow hash of a code that has the form of one for the radio (slow-codes.ts). */
  readonly radio?: CodeHash | null;
  readonly device: DeviceId;
  readonly publicKey: PublicKey;
  readonly name: string;
  readonly weakKey: boolean;
  readonly person: { readonly id: PersonId } | { readonly name: string } | null;
  /** The earlier device of a clone, whose signature was verified; the new one takes over its person. */
  readonly previous: DeviceId | null;
};

export type InviteRequest = {
  readonly person: { readonly id: PersonId } | { readonly name: string };
  readonly access: AccessLevel;
  readonly roles: readonly RoleId[];
  readonly expiresAt: Millis;
  readonly code: CodeHash;
  readonly by: PersonId;
  /** The device it was asked for on. */
  readonly device: DeviceId;
  /** The four characters to find of a code for the radio; `code` is then its slow hash. */
  readonly find?: string | null;
  /**
   * Names the request: made again, perhaps after a lost reply, it voids what it made before. Where it still names the person of the
   * last one, by id or by the name they have, it is for that person; else for whom it names now.
   */
  readonly request?: string | null | undefined;
  /**
   * The invite that this one stands for, withdrawn by it; for its person on the same terms, and then with the rights that they have now.
   * Goes before `request`.
   */
  readonly replaces?: InviteId | null | undefined;
};

/** Names an invite; opens nothing. */
export type InviteId = string & { readonly brand: 'InviteId' };

/** What came of a request: whom the code lets in, with the rights that they have now. */
export type Invited = {
  readonly person: PersonId;
  readonly id: InviteId;
  readonly access: AccessLevel;
  readonly roles: readonly RoleId[];
};

/** `missed`: a code for the radio that died of wrong tries. `void`: who made it may not invite any more, or their phone was lost. */
export type InviteState = 'open' | 'used' | 'expired' | 'withdrawn' | 'missed' | 'void';

/** An invite without its secret. */
export type KnownInvite = {
  readonly id: InviteId;
  readonly kind: 'link' | 'radio';
  readonly person: PersonId;
  /** As the grant stands now, which is what a device gets that uses it. */
  readonly access: AccessLevel | null;
  readonly roles: readonly RoleId[];
  readonly state: InviteState;
  readonly madeAt: Instant | null;
  readonly madeBy: PersonId | null;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly usedBy: DeviceId | null;
};

/** Who reads or writes: a verified session. */
export type Session = { readonly workspace: WorkspaceId; readonly device: DeviceId; readonly person: PersonId };

/** Changes that the session's device brings for the one that made them (protocol.md, Bundles). */
export type Relayed = {
  /** Whose key signed them; null where the bundle does not prove it. */
  readonly author: DeviceId | null;
  readonly clientNow: Instant;
  readonly line: number;
  /** Ms since the author's clock said `clientNow`. */
  readonly age: Millis;
  readonly changes: SyncRequest['changes'];
};

/** Hears of changes that a device made and that never came. */
export type GapListener = (workspace: WorkspaceId, gaps: readonly SequenceGap[]) => void;

/** Hears of a device that was revoked, on whichever node. */
export type RevocationListener = (device: DeviceId) => void;

/** A change that a device sent and that was not taken. */
export type QuarantinedChange = {
  readonly id: string | null;
  /** Whose counter it has: not always the device that brought it. */
  readonly device: string | null;
  readonly kind: string | null;
  readonly key: string | null;
  /** What came, as JSON text: the change without its value, then the value. Null where it was too long, or erased. */
  readonly body: string | null;
  readonly size: number;
  readonly reason: { readonly code: string; readonly message: string };
  /** When it was refused last. */
  readonly at: Instant;
};

export type ReadFault = 'forbidden' | 'not-found';

/**
 * Everything a server keeps. One implementation per database; tests/contract/journal-contract.ts is what each must pass.
 *
 * Guarantees: every method is one durable transaction, committed before it resolves; `seq` is given in commit order per
 * workspace, so a reader that saw `seq` never misses a lower one; a workspace's data is reachable only through its id; a fault
 * leaves nothing half-written; times come from the caller (PostgreSQL: from the database) and never run backwards within a
 * workspace; nothing that was accepted is ever changed except by `erasePerson`.
 */
export interface Journal {
  readonly reminders: Reminders;
  readonly pushes: PushSubscriptions;
  /** Adds a workspace with its own epoch. */
  createWorkspace(name: string, now: Millis): Promise<WorkspaceId>;
  workspaces(): Promise<
    readonly { readonly id: WorkspaceId; readonly name: string; readonly hasCoordinator: boolean }[]
  >;
  /** Keeps a setup code; any earlier one of the workspace dies. False where it was used before: a code works once. */
  keepSetupCode(workspace: WorkspaceId, code: CodeHash, expiresAt: Millis): Promise<boolean>;
  /** Writes the invite, the person (if new) and the grant, as changes of the server. `by` must be a coordinator. */
  invite(workspace: WorkspaceId, request: InviteRequest, now: Millis): Promise<Result<Invited, ReadFault>>;
  /** The newest first, at most a thousand. */
  invites(workspace: WorkspaceId, now: Millis): Promise<readonly KnownInvite[]>;
  /** Lets nobody in any more. Again: the same. Gives whom it was for. */
  withdraw(workspace: WorkspaceId, id: InviteId, now: Millis): Promise<Result<PersonId, 'not-found' | 'already-used'>>;
  /** Burns the code and keeps the device in one transaction; same code and same key: the same reply again (protocol.md). */
  enrol(request: EnrolRequest, now: Millis): Promise<Result<EnrolReply, 'code-refused'>>;

  device(id: DeviceId): Promise<EnrolledDevice | null>;
  devices(workspace: WorkspaceId): Promise<readonly EnrolledDevice[]>;
  /** Kept outside the backup too; repeated calls keep the first time. Those that were cloned from a lost device become leavers. */
  revoke(
    workspace: WorkspaceId,
    device: DeviceId,
    mode: 'lost' | 'leaver',
    now: Millis,
  ): Promise<Result<void, 'not-found'>>;

  /** Lets a device sign in again that was silent for long (docs/protocol-additions.md). A revoked one is not found: it never comes back. */
  approve(workspace: WorkspaceId, device: DeviceId, now: Millis): Promise<Result<void, 'not-found'>>;
  /** How many refused changes each device brought; of one that brought thousands of no use not all are kept. */
  quarantined(workspace: WorkspaceId): Promise<ReadonlyMap<string, number>>;
  /** The refused changes that this device brought, the last refused first, at most `most`. */
  quarantine(
    workspace: WorkspaceId,
    device: DeviceId,
    most: number,
  ): Promise<Result<readonly QuarantinedChange[], 'not-found'>>;

  /**
   * Judges and keeps the changes, then reads the page (protocol.md, `POST /api/sync`). `arrived` is when the request's head came.
   * What is relayed gets the verdict that its author's own push would get; the verdicts follow those of the request's changes.
   */
  sync(
    session: Session,
    request: SyncRequest,
    arrived: Millis,
    relayed?: readonly Relayed[],
  ): Promise<Result<SyncReply, HistoryChanged>>;
  record(session: Session, kind: string, key: string): Promise<Result<SyncedRecord, ReadFault>>;
  history(session: Session, kind: string, key: string): Promise<Result<readonly JournalEntry[], ReadFault>>;
  entries(
    session: Session,
    incident: IncidentId | null,
    after: number,
    limit: number,
  ): Promise<{ readonly entries: readonly JournalEntry[]; readonly after: number; readonly more: boolean }>;
  /** Access level and roles as the grant stands now; null when the person has none. */
  rights(session: Session): Promise<{ readonly access: AccessLevel; readonly roles: readonly RoleId[] } | null>;
  /** Erases values and salts of that person's record and history, sends a tombstone and withdraws their invites; the hash chain stays valid. */
  erasePerson(workspace: WorkspaceId, person: PersonId, by: PersonId, now: Millis): Promise<Result<void, ReadFault>>;

  head(workspace: WorkspaceId): Promise<{ readonly epoch: string; readonly head: Head }>;
  /** Called after each commit that this session's device may see something of; returns how to stop. */
  onCommit(session: Session, listener: (epoch: string, head: Head) => void): () => void;
  /** Called after each commit with a change whose `n` skips some (protocol.md, Clones); returns how to stop. */
  onGap(listener: GapListener): () => void;
  /** Called after a device was revoked, as soon as this node knows; what a revoked device may do is read from `device` each time. */
  onRevocation(listener: RevocationListener): () => void;
  /** Recomputes the hash chain and compares the records with it; names the first entry that does not verify. */
  verify(workspace: WorkspaceId): Promise<Result<Head, { readonly seq: number; readonly change: ChangeId | null }>>;
  /** After a backup was restored: every workspace gets a new epoch, codes that are not redeemed die (protocol.md, "A server with another past"). */
  beginNewEpoch(): Promise<void>;
  /** Resolves when the database can be written, else says why. */
  healthy(): Promise<Result<void, string>>;
  close(): Promise<void>;
}
