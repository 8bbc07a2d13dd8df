import type { Instant } from '../ids.ts';
import { daysAgoWords } from '../incident/time-span.ts';
import { day, millis, type Millis } from '../time.ts';

/** A number that nobody has checked for longer than this may no longer be right (issue: contacts verify themselves). */
const oldAfterDays = 90;

export type ContactAge = {
  /** `checked today`, `checked 3 months ago`, `never checked`. */
  readonly words: string;
  /** Never checked, or longer ago than `oldAfterDays`. */
  readonly old: boolean;
};

/** How long ago a contact was last verified. `verifiedAt` is a date or a time; what lies ahead of `now` counts as today. */
export function contactAge(verifiedAt: string | null, now: Millis): ContactAge {
  const days = daysSince(verifiedAt, now);
  if (days === null) return { words: 'never checked', old: true };
  return { words: `checked ${daysAgoWords(days)}`, old: days > oldAfterDays };
}

/** The same of a number on paper, which states the date itself: `old` only where there is a date. */
export function isOld(verifiedAt: string | null, now: Millis): boolean {
  return (daysSince(verifiedAt, now) ?? 0) > oldAfterDays;
}

/** Null where it was never verified, or where it is no date. */
function daysSince(verifiedAt: string | null, now: Millis): number | null {
  if (verifiedAt === null) return null;
  const at = millis(verifiedAt as Instant);
  return Number.isNaN(at) ? null : Math.max(0, Math.floor((now - at) / day));
}
