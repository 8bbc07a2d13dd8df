import { minute, type Millis } from '../domain/time.ts';

/** A reply from between us and the server could ask for a year; nothing that people wait for stops that long. */
export const longestHold: Millis = 10 * minute;

/**
 * Reads `Retry-After` (RFC 9110: seconds or a date) as a wait in ms, 0 to `longestHold`; null if absent or unreadable. A date is
 * taken relative to the reply's own `Date`, because the phone's clock may be wrong by years.
 */
export function retryAfter(headers: Headers, now: Millis): Millis | null {
  const raw = headers.get('retry-after')?.trim();
  if (!raw) return null;
  const wait = /^\d+$/.test(raw) ? Number(raw) * 1000 : httpDate(raw) - (serverDate(headers) ?? now);
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longestHold) : null;
}

/** The server's clock as its reply's `Date` header gives it, to the second; null if absent. */
export function serverDate(headers: Headers): Millis | null {
  const date = httpDate(headers.get('date') ?? '');
  return Number.isFinite(date) ? date : null;
}

/** NaN for what is no HTTP date: `Date.parse` alone takes almost anything. */
function httpDate(raw: string): Millis {
  return raw.endsWith(' GMT') ? Date.parse(raw) : Number.NaN;
}
