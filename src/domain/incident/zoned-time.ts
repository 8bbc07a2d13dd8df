import type { Instant } from '../ids.ts';
import { day, instant, millis, minute, type Millis } from '../time.ts';
import { spanWords } from './time-span.ts';

/*
 * Times as a person reads them (look.md 5): 24-hour clock, in the incident's IANA zone, with the date when it isn't today.
 * Stored is UTC only. A zone that this engine does not know counts as UTC and is named so: a wrong zone must never stop a screen.
 */

/** Whether this engine knows the IANA zone. */
export function isKnownZone(zone: string): boolean {
  return formatterOf(zone).known;
}

/** `14:02` in `zone`. */
export function clockTime(at: Instant | Millis, zone: string): string {
  const local = localParts(at, zone);
  return `${local.hour}:${local.minute}`;
}

/** `14:02`, or `22 Nov 14:02` when that isn't today in `zone`, with the year when it isn't this year. */
export function whenWords(at: Instant | Millis, zone: string, now: Millis): string {
  const then = localParts(at, zone);
  const today = localParts(now, zone);
  const clock = `${then.hour}:${then.minute}`;
  if (then.year !== today.year) return `${dateWords(then)} ${then.year} ${clock}`;
  return then.month === today.month && then.day === today.day ? clock : `${dateWords(then)} ${clock}`;
}

/** `22 Nov 2026, 14:02 SAST`: nothing left to guess, for print, exports and logs. */
export function fullTime(at: Instant | Millis, zone: string): string {
  const then = localParts(at, zone);
  return `${dateWords(then)} ${then.year}, ${then.hour}:${then.minute} ${zoneName(zone, asMillis(at))}`;
}

/** `22 Nov` in `zone`. */
export function dayWords(at: Instant | Millis, zone: string): string {
  return dateWords(localParts(at, zone));
}

/** `2026-11-22` in `zone`. */
export function localDate(at: Instant | Millis, zone: string): string {
  const { year, month, day: date } = localParts(at, zone);
  return `${year}-${month}-${date}`;
}

/** `due in 25 min`, `due 14:30` when that is more than two hours off, `due now`, `12 min late`. */
export function dueWords(dueAt: Millis, now: Millis, zone: string): string {
  const left = dueAt - now;
  if (Math.abs(left) < minute) return 'due now';
  if (left < 0) return `${spanWords(left)} late`;
  return left <= 120 * minute ? `due in ${spanWords(left)}` : `due ${whenWords(dueAt, zone, now)}`;
}

/** The short name that people in the zone use then (`SAST`, `BST`), else the offset (`GMT+3`). */
export function zoneName(zone: string, at: Millis): string {
  const key = `${zone} ${Math.floor(at / day)}`;
  const before = zoneNames.get(key);
  if (before !== undefined) return before;
  // Each English names only the zones of its own region; the first that has a name wins.
  let name = '';
  for (const region of regions) {
    const found = shortZoneName(region, zone, at);
    const isOffset = /^(GMT|UTC)[+\-−]/.test(found);
    if (name === '' || !isOffset) name = found;
    if (!isOffset) break;
  }
  zoneNames.set(key, name);
  return name;
}

/** The value of a `datetime-local` control that shows `at` in `zone`. */
export function localInput(at: Instant | Millis, zone: string): string {
  const { year, month, day: date, hour, minute: minutes } = localParts(at, zone);
  return `${year}-${month}-${date}T${hour}:${minutes}`;
}

/** `2026-11-22-1402`: sorts by time and can be part of a file's name anywhere. */
export function fileTime(at: Instant | Millis, zone: string): string {
  return localInput(at, zone).replace('T', '-').replace(':', '');
}

/**
 * Reads a `datetime-local` control as a time in `zone`. Null where it isn't one. A time that the clocks skip moves forward by
 * what they skip; one that comes twice is the first.
 */
export function fromLocalInput(text: string, zone: string): Instant | null {
  const wall = wallClock(text);
  if (wall === null) return null;
  const [first] = timesOf(wall, zone);
  return instant(first ?? wall - offsetAt(zone, wall - day));
}

type LocalParts = {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
};
type Formatter = { readonly known: boolean; readonly zone: string; readonly format: Intl.DateTimeFormat };

/*
 * Building a format costs about a millisecond on a phone, and a checklist shows hundreds of times. These hold nothing but what
 * can be built again.
 */
const formatters = new Map<string, Formatter>();
const zoneNames = new Map<string, string>();
const regions = ['en-ZA', 'en-GB', 'en-US', 'en-AU', 'en-IN', 'en-CA'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function localParts(at: Instant | Millis, zone: string): LocalParts {
  const found: Record<string, string> = {};
  for (const { type, value } of formatterOf(zone).format.formatToParts(asMillis(at))) found[type] = value;
  const { year = '1970', month = '01', day: date = '01', hour = '00', minute: minutes = '00' } = found;
  return { year: year.padStart(4, '0'), month, day: date, hour, minute: minutes };
}

function formatterOf(zone: string): Formatter {
  const before = formatters.get(zone);
  if (before !== undefined) return before;
  const made = makeFormatter(zone);
  formatters.set(zone, made);
  return made;
}

function makeFormatter(zone: string): Formatter {
  const form = {
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  try {
    return { known: true, zone, format: new Intl.DateTimeFormat('en-GB', { ...form, timeZone: zone }) };
  } catch {
    return { known: false, zone: 'UTC', format: new Intl.DateTimeFormat('en-GB', { ...form, timeZone: 'UTC' }) };
  }
}

function shortZoneName(region: string, zone: string, at: Millis): string {
  const timeZone = formatterOf(zone).zone;
  const parts = new Intl.DateTimeFormat(region, { timeZone, timeZoneName: 'short' }).formatToParts(asMillis(at));
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** The digits of a local time as if they were UTC; null where they are no date. */
function wallClock(text: string): Millis | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?$/.exec(text);
  if (match === null) return null;
  const [year, month, date, hour, minutes] = match.slice(1).map(Number) as [number, number, number, number, number];
  const wall = Date.UTC(year, month - 1, date, hour, minutes);
  // Date.UTC rolls 31 February over; a control never gives that, a typed time may.
  const rolled = new Date(wall).toISOString().slice(0, 16) !== text.slice(0, 16);
  return rolled ? null : wall;
}

function timesOf(wall: Millis, zone: string): readonly Millis[] {
  const tries = new Set([wall - offsetAt(zone, wall - day), wall - offsetAt(zone, wall + day)]);
  return [...tries].filter((at) => at + offsetAt(zone, at) === wall).sort((a, b) => a - b);
}

function offsetAt(zone: string, at: Millis): Millis {
  const whole = Math.floor(at / minute) * minute;
  const { year, month, day: date, hour, minute: minutes } = localParts(whole, zone);
  return Date.UTC(Number(year), Number(month) - 1, Number(date), Number(hour), Number(minutes)) - whole;
}

function dateWords({ day: date, month }: LocalParts): string {
  return `${Number(date)} ${months[Number(month) - 1] ?? month}`;
}

/** What no engine can show becomes the nearest time that it can, and what is no time 1970: neither must stop a screen. */
function asMillis(at: Instant | Millis): Millis {
  const ms = typeof at === 'number' ? at : millis(at);
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, -furthest), furthest);
}

/** ECMAScript's time range, less a day for every zone's offset. */
const furthest: Millis = 8.64e15 - day;
