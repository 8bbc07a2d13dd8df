import { day, millis, type Millis } from '../time.ts';
import type { Instant } from '../ids.ts';

/** A number that nobody has checked for longer than this may no longer be right (issue: contacts verify themselves). */
export const oldAfterDays = 90;

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

/** `today`, `yesterday`, `5 days ago`, `3 weeks ago`, `4 months ago`, `2 years ago`: the largest unit of which there are two, rounded down. */
export function daysAgoWords(days: number): string {
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days < 14) return `${days} days ago`;
  if (days < 61) return `${Math.floor(days / 7)} weeks ago`;
  if (days < 730) return `${Math.floor(days / 30.44)} months ago`;
  return `${Math.floor(days / 365.25)} years ago`;
}

/** Null where it was never verified, or where it is no date. */
function daysSince(verifiedAt: string | null, now: Millis): number | null {
  if (verifiedAt === null) return null;
  const at = millis(verifiedAt as Instant);
  return Number.isNaN(at) ? null : Math.max(0, Math.floor((now - at) / day));
}
