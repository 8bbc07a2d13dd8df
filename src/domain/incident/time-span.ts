import type { Instant } from '../ids.ts';
import { millis, minute, type Millis } from '../time.ts';

/** `25 min`, `2 h 10 min`, `3 days 4 h`; never a sign. */
export function spanWords(span: Millis): string {
  const all = Math.floor(Math.abs(span) / minute);
  const days = Math.floor(all / 1440);
  const hours = Math.floor((all % 1440) / 60);
  const minutes = all % 60;
  if (days > 0) return `${days} ${days === 1 ? 'day' : 'days'}${hours > 0 ? ` ${hours} h` : ''}`;
  if (hours > 0) return `${hours} h${minutes > 0 ? ` ${minutes} min` : ''}`;
  return `${minutes} min`;
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

/** Time since activation: `T+ 08:12`; `T− 00:10` before it. */
export function sinceActivation(startedAt: Instant, now: Millis): string {
  const all = Math.floor(Math.abs(now - millis(startedAt)) / minute);
  const sign = now >= millis(startedAt) || all === 0 ? '+' : '−';
  return `T${sign} ${pad(Math.floor(all / 60))}:${pad(all % 60)}`;
}

/** The same for a listener: `8 hours 12 minutes since activation`. */
export function sinceActivationSpoken(startedAt: Instant, now: Millis): string {
  const all = Math.floor(Math.abs(now - millis(startedAt)) / minute);
  const hours = Math.floor(all / 60);
  const minutes = all % 60;
  const span = `${hours} ${hours === 1 ? 'hour' : 'hours'} ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return `${span} ${now >= millis(startedAt) || all === 0 ? 'since' : 'until'} activation`;
}

/** A length in minutes: `45 min`, `4 h`, `4:30 h`. */
export function planMinutes(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)}:${pad(rest)} h`;
}

/** Minutes after T0 as a target on a card: `0:10`, `4:30`, `47:00`. */
export function targetClock(minutes: number): string {
  const span = Math.abs(minutes);
  return `${minutes < 0 ? '−' : ''}${Math.floor(span / 60)}:${pad(span % 60)}`;
}

/** A phase's window: `4-12 h`. */
export function windowWords(from: number, to: number): string {
  if (from % 60 === 0 && to % 60 === 0) return `${from / 60}-${to / 60} h`;
  return `${planMinutes(from)} to ${planMinutes(to)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
