import { parseDeviceId, parseInstant, type DeviceId, type Instant, type Stamp } from '../ids.ts';
import { instant, millis, type Millis } from '../time.ts';

declare const momentBrand: unique symbol;
/**
 * The time and counter of a stamp, `2026-11-23T12:56:00.000Z-0000`. Of fixed width, so that comparing as text is comparing in
 * time (protocol.md, Order).
 */
export type Moment = string & { readonly [momentBrand]: true };

type StampParts = { readonly time: Millis; readonly counter: number; readonly device: DeviceId };

const momentLength = 29;
const instantLength = 24;
const greatestCounter = 0xffff;
const form = /^.{24}-[0-9a-f]{4}-[0-9a-f]{16}$/;

/** `time-counter(hex4)-device(hex16)`. Guarantees a readable stamp: a time outside 1970-9999 is clamped. */
export function formatStamp(parts: StampParts): Stamp {
  return stampAt(momentAt(parts.time, parts.counter), parts.device);
}

/** Null where `raw` is no stamp: wrong form, a time outside 1970-9999, a day that does not exist. */
export function parseStamp(raw: unknown): Stamp | null {
  if (typeof raw !== 'string' || !form.test(raw)) return null;
  if (!parseInstant(raw.slice(0, instantLength)).ok) return null;
  return parseDeviceId(raw.slice(momentLength + 1)).ok ? (raw as Stamp) : null;
}

/** Negative where `a` is earlier: by time, then counter, then device id. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Who made a change: the last 16 digits of its stamp (protocol.md, Limits). */
export function deviceOf(stamp: Stamp): DeviceId {
  return stamp.slice(momentLength + 1) as DeviceId;
}

export function stampTime(stamp: Stamp): Instant {
  return stamp.slice(0, instantLength) as Instant;
}

export function stampAt(moment: Moment, device: DeviceId): Stamp {
  return `${moment}-${device}` as Stamp;
}

export function momentOf(stamp: Stamp): Moment {
  return stamp.slice(0, momentLength) as Moment;
}

export function momentAt(time: Millis, counter = 0): Moment {
  return `${instant(time)}-${counter.toString(16).padStart(4, '0')}` as Moment;
}

export function momentTime(moment: Moment): Millis {
  return millis(moment.slice(0, instantLength) as Instant);
}

export function momentCounter(moment: Moment): number {
  return Number.parseInt(moment.slice(instantLength + 1), 16);
}

/** The next moment: counter + 1; after `ffff` time goes on by 1 ms. Stands still at the end of the year 9999. */
export function successor(moment: Moment): Moment {
  const counter = momentCounter(moment);
  if (counter < greatestCounter)
    return `${moment.slice(0, instantLength + 1)}${(counter + 1).toString(16).padStart(4, '0')}` as Moment;
  const next = momentAt(momentTime(moment) + 1);
  return next > moment ? next : moment;
}

export function later(a: Moment, b: Moment): Moment {
  return a > b ? a : b;
}

export const firstMoment: Moment = momentAt(0);
