import type { Millis } from '../src/domain/time.ts';
import type { DeviceLimits, FailedCodes } from './attempt-limits.ts';
import type { CallsUnderWay } from './calls-under-way.ts';
import type { Challenges } from './challenges.ts';
import type { Journal } from './journal/journal.ts';
import type { LiveStreams } from './live-streams.ts';
import type { Tokens } from './session-tokens.ts';
import type { ReminderSender } from './reminder-sender.ts';
import type { SlowCodes } from './slow-codes.ts';
import type { Turns } from './turns.ts';

/** What signing in leaves behind for minutes, and must hold on every node. */
export type SignIns = {
  readonly tokens: Tokens;
  readonly challenges: Challenges;
  readonly failedCodes: FailedCodes;
};

/** What the routes work with. */
export type ServerContext = SignIns & {
  readonly journal: Journal;
  /** Origin under which people open the app; signatures count for this one only. */
  readonly publicUrl: string;
  readonly version: string;
  readonly now: () => Millis;
  readonly slowCodes: SlowCodes;
  readonly deviceLimits: DeviceLimits;
  readonly callsUnderWay: CallsUnderWay;
  readonly turns: Turns;
  readonly liveStreams: LiveStreams;
  readonly reminderSender: ReminderSender;
};
