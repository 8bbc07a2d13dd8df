import type { Instant } from './ids.ts';

/** Milliseconds since 1970-01-01T00:00Z; the caller's clock gives it, the domain never reads one. */
export type Millis = number;

export const minute: Millis = 60_000;
export const hour: Millis = 60 * minute;
export const day: Millis = 24 * hour;

const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Formats a time as protocol.md writes it; times outside 1970-9999 are clamped, so a wrong clock can't make an unreadable record. */
export function instant(ms: Millis): Instant {
  return new Date(Math.min(Math.max(Math.trunc(ms), 0), latest)).toISOString() as Instant;
}

export function millis(at: Instant): Millis {
  return Date.parse(at);
}
