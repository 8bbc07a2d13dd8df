import { day, instant, millis, minute, type Millis } from '../domain/time.ts';
import type { Instant } from '../domain/ids.ts';

/*
 * Times as a person reads them (look.md 5): 24-hour clock, relative where it helps, the date when it isn't today. Stored in
 * UTC, shown in the zone of the incident or plan.
 */

/** `14:02` in `zone`. */
export function clockTime(at: Instant | Millis, zone: string): string {
  const { hour: hours, minute: minutes } = partsIn(zone, asMillis(at));
  return `${hours}:${minutes}`;
}

/** `14:02`, or `22 Nov 14:02` when that isn't today, with the year when it isn't this year. */
export function whenWords(at: Instant | Millis, zone: string, now: Millis): string {
  const then = partsIn(zone, asMillis(at));
  const today = partsIn(zone, now);
  const time = `${then.hour}:${then.minute}`;
  if (then.year !== today.year) return `${Number(then.day)} ${monthName(then)} ${then.year} ${time}`;
  if (then.month !== today.month || then.day !== today.day) return `${Number(then.day)} ${monthName(then)} ${time}`;
  return time;
}

/** `22 Nov 2026, 14:02 SAST`: nothing left to guess. */
export function fullTime(at: Instant | Millis, zone: string): string {
  const ms = asMillis(at);
  const then = partsIn(zone, ms);
  return `${Number(then.day)} ${monthName(then)} ${then.year}, ${then.hour}:${then.minute} ${zoneName(zone, ms)}`;
}

/** The short name that people in the zone use (`SAST`), else the offset (`GMT+3`). */
export function zoneName(zone: string, at: Millis): string {
  const key = `${zone} ${Math.floor(at / day)}`;
  const known = zoneNames.get(key);
  if (known !== undefined) return known;
  // Each English names only the zones of its own region; the first that has a name wins.
  const names = ['en-ZA', 'en-GB', 'en-US', 'en-AU', 'en-IN', 'en-CA'].map((locale) => shortZoneName(locale, zone, at));
  const name = names.find((each) => !/^(GMT|UTC)[+−-]/.test(each)) ?? names[0] ?? zone;
  zoneNames.set(key, name);
  return name;
}

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

/** Time since activation: `T+ 08:12`; `T− 00:10` before it. */
export function sinceActivation(startedAt: Instant, now: Millis): string {
  const all = Math.floor(Math.abs(now - millis(startedAt)) / minute);
  const sign = now >= millis(startedAt) || all === 0 ? '+' : '−';
  return `T${sign} ${pad(Math.floor(all / 60))}:${pad(all % 60)}`;
}

/** The same for a listener: `8 hours 12 minutes since activation`. */
export function sinceActivationSpoken(startedAt: Instant, now: Millis): string {
  const all = Math.floor(Math.abs(now - millis(startedAt)) / minute);
  return `${Math.floor(all / 60)} hours ${all % 60} minutes ${now >= millis(startedAt) ? 'since' : 'until'} activation`;
}

/** Minutes after T0 as plans write windows and targets: `45 min`, `4 h`, `4:30 h`. */
export function planMinutes(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)}:${pad(rest)} h`;
}

/** A phase's window: `4-12 h`. */
export function windowWords(from: number, to: number): string {
  if (from % 60 === 0 && to % 60 === 0) return `${from / 60}-${to / 60} h`;
  return `${planMinutes(from)} to ${planMinutes(to)}`;
}

/** The value of a `datetime-local` control that shows `at` in `zone`. */
export function localInput(at: Instant | Millis, zone: string): string {
  const { year, month, day: date, hour: hours, minute: minutes } = partsIn(zone, asMillis(at));
  return `${year}-${month}-${date}T${hours}:${minutes}`;
}

/** Reads a `datetime-local` control as a time in `zone`. Null where it isn't one. A time that the clocks skip moves forward, one that comes twice is the first. */
export function fromLocalInput(text: string, zone: string): Instant | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (match === null) return null;
  const asUtc = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]), Number(match[4]), Number(match[5]));
  if (!Number.isFinite(asUtc)) return null;
  const fits = [asUtc - offsetAt(zone, asUtc - day), asUtc - offsetAt(zone, asUtc + day)].sort((a, b) => a - b);
  const exact = fits.find((each) => each + offsetAt(zone, each) === asUtc);
  return instant(exact ?? fits.at(-1) ?? asUtc);
}

/** Whether this browser knows the zone; a plan may name one that it doesn't. */
export function knownZone(zone: string): boolean {
  return formatter(zone).zone === zone;
}

type Parts = {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
};

const formatters = new Map<string, { readonly zone: string; readonly format: Intl.DateTimeFormat }>();
const zoneNames = new Map<string, string>();
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function partsIn(zone: string, ms: Millis): Parts {
  const found: Record<string, string> = {};
  for (const part of formatter(zone).format.formatToParts(ms)) found[part.type] = part.value;
  const { year = '1970', month = '01', day: date = '01', hour: hours = '00', minute: minutes = '00' } = found;
  return { year: year.padStart(4, '0'), month, day: date, hour: hours, minute: minutes };
}

/** Building a format costs about a millisecond on a phone, so each zone has one. */
function formatter(zone: string): { readonly zone: string; readonly format: Intl.DateTimeFormat } {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = makeFormatter(zone);
  formatters.set(zone, made);
  return made;
}

function makeFormatter(zone: string): { readonly zone: string; readonly format: Intl.DateTimeFormat } {
  const form = {
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  try {
    return { zone, format: new Intl.DateTimeFormat('en-GB', { ...form, timeZone: zone }) };
  } catch {
    return { zone: 'UTC', format: new Intl.DateTimeFormat('en-GB', { ...form, timeZone: 'UTC' }) };
  }
}

function shortZoneName(locale: string, zone: string, at: Millis): string {
  const timeZone = formatter(zone).zone;
  const part = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName');
  return part?.value ?? timeZone;
}

function offsetAt(zone: string, ms: Millis): Millis {
  const whole = Math.floor(ms / minute) * minute;
  const { year, month, day: date, hour: hours, minute: minutes } = partsIn(zone, whole);
  return Date.UTC(Number(year), Number(month) - 1, Number(date), Number(hours), Number(minutes)) - whole;
}

function monthName(parts: Parts): string {
  return months[Number(parts.month) - 1] ?? parts.month;
}

function asMillis(at: Instant | Millis): Millis {
  return typeof at === 'number' ? at : millis(at);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
