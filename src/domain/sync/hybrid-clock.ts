import type { DeviceId, Instant, Stamp } from '../ids.ts';
import { instant, type Millis } from '../time.ts';
import { limits } from './limits.ts';
import { firstMoment, later, momentAt, momentOf, stampAt, successor, type Moment } from './stamp.ts';

/** What a device stores of its clock, in the transaction of each write. */
export type HybridClock = {
  /** Never behind any stamp seen or given. */
  readonly latest: Moment;
  /** Raised when the device's clock is seen to jump (protocol.md, Order). */
  readonly line: number;
  /** The last reading of the device's clock; null before the first. */
  readonly wall: Millis | null;
  /** Server minus device, as first measured on this line; null before that. */
  readonly offset: Millis | null;
};

/** One life of a page or worker: its monotonic clock starts anew each time, so this is never stored. */
export type ClockRun = {
  /** The most that the device's clock was ahead of the monotonic one. It only grows while the device sleeps. */
  readonly lead: Millis | null;
};

/** Both clocks, read at the same moment. */
export type ClockReading = { readonly wall: Millis; readonly monotonic: Millis };

export type Tick = {
  readonly clock: HybridClock;
  readonly run: ClockRun;
  /** The claimed stamp of the change. */
  readonly stamp: Stamp;
  readonly wall: Instant;
  readonly line: number;
};

export const newClock: HybridClock = { latest: firstMoment, line: 1, wall: null, offset: null };
export const newRun: ClockRun = { lead: null };

/** Gives a change its claimed stamp, greater than every one before. Never fails, whatever the clocks say. */
export function tick(clock: HybridClock, run: ClockRun, reading: ClockReading, device: DeviceId): Tick {
  const noticed = notice(clock, run, reading);
  const now = momentAt(reading.wall);
  const latest = now > clock.latest ? now : successor(clock.latest);
  return {
    clock: { ...noticed.clock, latest },
    run: noticed.run,
    stamp: stampAt(latest, device),
    wall: instant(reading.wall),
    line: noticed.clock.line,
  };
}

/** Takes in a stamp of another device, so that what this one writes next is greater. */
export function receive(clock: HybridClock, stamp: Stamp): HybridClock {
  const latest = later(clock.latest, momentOf(stamp));
  return latest === clock.latest ? clock : { ...clock, latest };
}

/**
 * Compares a reading with the monotonic clock and with the last stored reading; a fall of over 60 s raises `line`. A clock that
 * runs ahead of the monotonic one was only asleep. To be called before each push too, whose `line` must be of that moment.
 */
export function notice(
  clock: HybridClock,
  run: ClockRun,
  reading: ClockReading,
): { readonly clock: HybridClock; readonly run: ClockRun } {
  const lead = reading.wall - reading.monotonic;
  const fellBehindMonotonic = run.lead !== null && lead < run.lead - limits.toleratedOffsetMs;
  const fellBehindStored = clock.wall !== null && reading.wall < clock.wall - limits.toleratedOffsetMs;
  if (fellBehindMonotonic || fellBehindStored) {
    return { clock: { ...clock, wall: reading.wall, line: clock.line + 1, offset: null }, run: { lead } };
  }
  return {
    clock: { ...clock, wall: reading.wall },
    run: { lead: run.lead === null ? lead : Math.max(lead, run.lead) },
  };
}

/**
 * Learns the offset (server minus device) of a reply. A move of over 60 s since the first one of this line raises `line`:
 * somebody corrected the clock, and what was written before it must not be dated by the new offset.
 */
export function observeOffset(clock: HybridClock, offset: Millis): HybridClock {
  if (clock.offset === null) return { ...clock, offset };
  if (Math.abs(offset - clock.offset) <= limits.toleratedOffsetMs) return clock;
  return { ...clock, line: clock.line + 1, offset };
}
