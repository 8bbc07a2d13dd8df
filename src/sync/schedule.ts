import type { Sync } from '../domain/ports/sync-status.ts';
import type { Millis } from '../domain/time.ts';
import type { RoundEnd } from './connectivity.ts';

export type Why = Parameters<Sync['nudge']>[0];

/** All times by the monotonic clock. */
export type Schedule = {
  readonly last: RoundEnd['tag'] | null;
  readonly lastEndedAt: Millis;
  /** The server asked not to come before. */
  readonly heldUntil: Millis;
  /** The next attempt that nobody asked for; null while there is none to make. */
  readonly plannedAt: Millis | null;
};

/** A person who keeps ticking while the server is gone must not empty the battery with attempts. */
export const writeGapMs: Millis = 5_000;

/**
 * Ms until the next attempt, 0 for now, null for none. What a person or the system asks for comes at once; writes and the
 * server's nudges wait while the server can't be reached; `Retry-After` holds everybody.
 */
export function nextAttemptIn(schedule: Schedule, asked: ReadonlySet<Why>, now: Millis): Millis | null {
  const wishes = [...asked].map((why) => wishedAt(schedule, why)).filter((at) => at !== null);
  if (schedule.plannedAt !== null) wishes.push(schedule.plannedAt);
  if (wishes.length === 0) return null;
  return Math.max(0, Math.max(Math.min(...wishes), schedule.heldUntil) - now);
}

function wishedAt({ last, lastEndedAt }: Schedule, why: Why): Millis | null {
  if (why !== 'wrote' && why !== 'live') return 0;
  if (last === 'needs-code' || last === 'needs-update') return null;
  return last === 'unreached' || last === 'fault' ? lastEndedAt + writeGapMs : 0;
}
