import type { Instant, PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import type { Result } from '../../src/domain/result.ts';
import { day, hour, minute, type Millis } from '../../src/domain/time.ts';
import type { PushTarget } from './push-subscriptions.ts';

export const reminderWays = ['mail', 'push'] as const;
export type ReminderWay = (typeof reminderWays)[number];

/** `unknown`: the server was stopped before it could say; it may have been sent. */
export type ReminderResult = 'waiting' | 'sent' | 'refused' | 'failed' | 'unknown';

/** One reminder as it is kept: no text, no address. */
export type KeptReminder = {
  readonly person: PersonId;
  readonly way: ReminderWay;
  readonly at: Instant;
  readonly by: PersonId;
  readonly result: ReminderResult;
};

export type RemindRequest = {
  /** Names the wish: made again, as after a lost reply, it sends nothing. */
  readonly request: string;
  readonly by: PersonId;
  readonly people: readonly PersonId[];
  /** The ways that are set up. */
  readonly ways: ReadonlySet<ReminderWay>;
  /** Said once more, so that somebody who was just reminded is reminded all the same. */
  readonly again: boolean;
};

export type ToRemind =
  | { readonly person: PersonId; readonly way: 'mail'; readonly address: string }
  | { readonly person: PersonId; readonly way: 'push'; readonly targets: readonly PushTarget[] };

export type Noted = {
  /** What is now to be sent; nothing where the request was made before. */
  readonly send: readonly ToRemind[];
  /** Reminded so lately that they are left alone. */
  readonly tooSoon: readonly PersonId[];
  /** Nothing leads to them. */
  readonly noWay: readonly PersonId[];
};

/** By which of the ways that are set up somebody can be reminded. */
export type Reachable = { readonly person: PersonId; readonly ways: readonly ReminderWay[] };

/** How long somebody who was reminded is left alone, unless a coordinator says so again. */
export const remindAgainAfter: Millis = 6 * hour;
/** Even then: whoever presses twice meant once. */
export const remindAtMostEvery: Millis = 10 * minute;
/** Of one workspace, within a day: a thousand people by each way, and some of them again. */
export const remindersADay = 3000;
/** What says nothing for so long was being sent when the server stopped. */
export const sendingEndsWithin: Millis = 10 * minute;
/** Older ones are deleted. */
export const remindersKeptFor: Millis = 400 * day;

/**
 * Who was reminded by the server, of a workspace. Guarantees as the journal does: each call is one durable transaction, and what
 * is told to be sent was written down before, so that no restart and no second node sends it once more.
 */
export interface Reminders {
  /** Notes who is reminded now by which way. The error: seconds until this workspace may send so many again. */
  note(workspace: WorkspaceId, request: RemindRequest, now: Millis): Promise<Result<Noted, number>>;
  /** Notes what came of those that still wait. */
  settle(
    workspace: WorkspaceId,
    request: string,
    way: ReminderWay,
    people: readonly PersonId[],
    result: 'sent' | 'refused' | 'failed',
  ): Promise<void>;
  /** What came of a request so far; empty where there is none of that name. */
  of(workspace: WorkspaceId, request: string, now: Millis): Promise<readonly KeptReminder[]>;
  /** The latest of everybody who was ever reminded. */
  latest(workspace: WorkspaceId, now: Millis): Promise<readonly KeptReminder[]>;
  /** Everybody to whom some way leads. */
  reachable(workspace: WorkspaceId, ways: ReadonlySet<ReminderWay>): Promise<readonly Reachable[]>;
}
