import type { Millis } from '../src/domain/time.ts';
import type { DeviceLimits, FailedCodes } from './attempt-limits.ts';
import type { Challenges } from './challenges.ts';
import type { Journal } from './journal/journal.ts';
import type { LiveStreams } from './live-streams.ts';
import type { SessionTokens } from './session-tokens.ts';

/** What the routes work with. */
export type ServerContext = {
  readonly journal: Journal;
  /** Origin under which people open the app; signatures count for this one only. */
  readonly publicUrl: string;
  readonly version: string;
  readonly now: () => Millis;
  readonly tokens: SessionTokens;
  readonly challenges: Challenges;
  readonly failedCodes: FailedCodes;
  readonly deviceLimits: DeviceLimits;
  readonly liveStreams: LiveStreams;
};
