import type { AccessLevel } from '../access/access.ts';
import type { Instant, PersonId, RoleId } from '../ids.ts';
import type { Json } from '../json.ts';
import type { ReminderPoint } from '../readiness/reminder.ts';
import type { Result } from '../result.ts';
import type { JournalEntry } from '../sync/protocol.ts';

export type ServerFault =
  | { readonly tag: 'no-answer' }
  | { readonly tag: 'refused'; readonly status: number; readonly code: string; readonly detail: string };

/** An invite with its code, which is told this once. */
export type Invite = {
  readonly code: string;
  readonly url: string;
  readonly id: string;
  readonly person: PersonId;
  /** What the code gives; absent from an older server, which gives what was asked for. */
  readonly access?: AccessLevel | undefined;
  readonly roles?: readonly RoleId[] | undefined;
  readonly expiresAt: Instant;
};

/** A code to be said over a radio. */
export type JoinCode = Omit<Invite, 'url'>;

/** Whom to invite, with what. */
export type Invitation = {
  readonly person: { readonly id: PersonId } | { readonly name: string };
  readonly access: AccessLevel;
  readonly roles: readonly RoleId[];
  /** Names this wish: sent again for the same person, as after a lost reply, it writes nobody twice. One code of it lives. */
  readonly request?: string;
  /** An earlier invite, which lets nobody in any more. It is for the same person only where `person` names that one, and then with the rights they have now. */
  readonly replaces?: string;
};

/** An invite without its code. */
export type KnownInvite = {
  readonly id: string;
  readonly kind: 'link' | 'radio';
  readonly person: PersonId;
  readonly access: AccessLevel | null;
  readonly roles: readonly RoleId[];
  readonly state: 'open' | 'used' | 'expired' | 'withdrawn' | 'missed' | 'void';
  readonly madeAt: Instant | null;
  readonly madeBy: PersonId | null;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly usedBy: string | null;
};

export type KnownDevice = {
  readonly id: string;
  readonly name: string;
  readonly person: PersonId;
  readonly weakKey: boolean;
  readonly enrolledAt: Instant;
  readonly lastSeenAt: Instant | null;
  readonly revoked: 'lost' | 'leaver' | null;
  /** Silent for so long that it syncs only once it was approved again; absent from an older server. */
  readonly needsApproval?: boolean | undefined;
  /** How many changes it sent that the server did not take; absent from an older server. */
  readonly quarantined?: number | undefined;
};

/** A change that a device sent and the server did not take. */
export type QuarantinedChange = {
  readonly id: string | null;
  readonly device: string | null;
  readonly kind: string | null;
  readonly key: string | null;
  /** Absent where the server did not keep it: too long, erased, or no change at all. */
  readonly value?: Json | undefined;
  readonly reason: { readonly code: string; readonly message: string };
  readonly at: Instant;
};

/** How the server can remind somebody. */
export type ReminderWay = 'mail' | 'push';

/** `refused`: that way will not work; `failed`: it may later; `unknown`: the server stopped while it sent. */
export type ReminderResult = 'waiting' | 'sent' | 'refused' | 'failed' | 'unknown';

/** The latest reminder of a person by one way. */
export type KnownReminder = {
  readonly person: PersonId;
  readonly way: ReminderWay;
  readonly at: Instant;
  readonly by: PersonId;
  readonly result: ReminderResult;
};

export type KnownReminders = {
  /** Which are set up on the server. */
  readonly ways: readonly ReminderWay[];
  /** Everybody who can be reminded. */
  readonly people: readonly { readonly person: PersonId; readonly ways: readonly ReminderWay[] }[];
  readonly latest: readonly KnownReminder[];
};

/** Whom to remind of what; made again under the same `request`, it sends nothing. */
export type RemindRequest = {
  readonly request: string;
  readonly people: readonly { readonly person: PersonId; readonly points: readonly ReminderPoint[] }[];
  /** Also who was reminded within the last six hours. */
  readonly again: boolean;
};

/** What came of it for one person; `too-soon` and `no-way` have no way. */
export type Reminded = {
  readonly person: PersonId;
  readonly way: ReminderWay | null;
  readonly result: ReminderResult | 'too-soon' | 'no-way';
};

/** Whether the server sends notifications, and where this device takes them. */
export type KnownNotices = {
  /** The applicationServerKey; null where the server sends none. */
  readonly key: string | null;
  readonly endpoint: string | null;
};

/** As a browser's subscription says itself. */
export type NoticeSubscription = {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
};

/** What only the server knows; every call needs the network and says so when there is none. */
export interface ServerApi {
  invite(request: Invitation & { readonly expiresInDays: number }): Promise<Result<Invite, ServerFault>>;
  joinCode(request: Invitation): Promise<Result<JoinCode, ServerFault>>;
  invites(): Promise<Result<readonly KnownInvite[], ServerFault>>;
  withdraw(invite: string): Promise<Result<void, ServerFault>>;
  devices(): Promise<Result<readonly KnownDevice[], ServerFault>>;
  revoke(device: string, mode: 'lost' | 'leaver'): Promise<Result<void, ServerFault>>;
  /** Lets a device sync again that was silent for over 400 days. */
  approve(device: string): Promise<Result<void, ServerFault>>;
  /** What a device sent that was not taken, the last refused first. */
  quarantine(device: string): Promise<Result<readonly QuarantinedChange[], ServerFault>>;
  reminders(): Promise<Result<KnownReminders, ServerFault>>;
  remind(request: RemindRequest): Promise<Result<readonly Reminded[], ServerFault>>;
  /** How far a request is. */
  reminded(request: string): Promise<Result<readonly Reminded[], ServerFault>>;
  notices(): Promise<Result<KnownNotices, ServerFault>>;
  /** This device takes notifications there, and nowhere else any more. */
  takeNotices(subscription: NoticeSubscription): Promise<Result<void, ServerFault>>;
  endNotices(): Promise<Result<void, ServerFault>>;
  history(kind: string, key: string): Promise<Result<readonly JournalEntry[], ServerFault>>;
}
