import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceId, Stamp } from '../../../src/domain/ids.ts';
import {
  believedGiven,
  believedTime,
  clockOffset,
  effectiveStamp,
  lowerBound,
  serverNow,
} from '../../../src/domain/sync/effective-stamp.ts';
import {
  newClock,
  newRun,
  notice,
  observeOffset,
  receive,
  tick,
  type HybridClock,
} from '../../../src/domain/sync/hybrid-clock.ts';
import {
  compareStamps,
  deviceOf,
  formatStamp,
  momentAt,
  momentCounter,
  momentOf,
  parseStamp,
  stampAt,
  stampTime,
  successor,
} from '../../../src/domain/sync/stamp.ts';
import { hour, instant, minute } from '../../../src/domain/time.ts';

const settings = { numRuns: 500, seed: 20261123 };
const device = '3f9ac2d1b7e84c05' as DeviceId;
const noon = Date.UTC(2026, 10, 23, 12);
const anyTime = fc.integer({ min: -1e13, max: 3e14 });

describe('stamps', () => {
  it('[ORDER] a stamp reads back, and comparing as text is comparing time, counter, device', () => {
    const parts = fc.record({
      time: fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }),
      counter: fc.integer({ min: 0, max: 0xffff }),
      device: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => n.toString(16).padStart(16, '0') as DeviceId),
    });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const stamp = formatStamp(a);
        expect(parseStamp(stamp)).toBe(stamp);
        expect(stampTime(stamp)).toBe(instant(a.time));
        expect(momentCounter(momentOf(stamp))).toBe(a.counter);
        expect(deviceOf(stamp)).toBe(a.device);
        const order =
          a.time - b.time || a.counter - b.counter || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0);
        expect(Math.sign(compareStamps(stamp, formatStamp(b)))).toBe(Math.sign(order));
      }),
      settings,
    );
  });

  it('[ORDER] what is no stamp is not read as one', () => {
    const good = '2026-11-23T12:56:00.000Z-0000-3f9ac2d1b7e84c05';
    expect(parseStamp(good)).toBe(good);
    const bad = [
      null,
      7,
      '',
      good.toUpperCase(),
      `${good}0`,
      good.slice(1),
      good.replace('2026-11', '2026-13'),
      good.replace('11-23', '02-30'),
      good.replace('2026', '1969'),
      good.replace('000Z', '000+'),
      good.replace('-0000-', '-00g0-'),
      `\n${good}`,
    ];
    expect(bad.map(parseStamp)).toEqual(bad.map(() => null));
  });

  it('[REL-5] after counter ffff time goes on by 1 ms, and ends with the year 9999', () => {
    expect(successor(momentAt(noon, 0xfffe))).toBe(momentAt(noon, 0xffff));
    expect(successor(momentAt(noon, 0xffff))).toBe(momentAt(noon + 1, 0));
    const last = momentAt(Date.UTC(9999, 11, 31, 23, 59, 59, 999), 0xffff);
    expect(successor(last)).toBe(last);
    expect(momentAt(-5)).toBe('1970-01-01T00:00:00.000Z-0000');
  });
});

describe('hybrid clock', () => {
  const at = (wall: number, monotonic = wall) => ({ wall, monotonic });

  it('[ORDER] every claimed stamp is greater than all before and all seen, whatever the clocks say', () => {
    const step = fc.oneof(
      fc.record({ tick: anyTime, monotonic: fc.integer({ min: 0, max: 1e10 }) }),
      fc.record({ seen: fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 0xffff })) }),
      fc.record({ offset: anyTime }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let clock: HybridClock = newClock;
        let run = newRun;
        let greatest = '';
        for (const each of steps) {
          if ('seen' in each) {
            const seen = stampAt(momentAt(...each.seen), device);
            clock = receive(clock, seen);
            if (seen > greatest) greatest = seen;
          } else if ('offset' in each) {
            clock = observeOffset(clock, each.offset);
          } else {
            const line = clock.line;
            const ticked = tick(clock, run, { wall: each.tick, monotonic: each.monotonic }, device);
            expect(parseStamp(ticked.stamp)).not.toBeNull();
            expect(ticked.stamp > greatest || momentOf(ticked.stamp).startsWith('9999-12-31T23:59:59.999Z')).toBe(true);
            expect(ticked.line).toBeGreaterThanOrEqual(line);
            ({ clock, run } = ticked);
            greatest = ticked.stamp;
          }
        }
      }),
      settings,
    );
  });

  it('[REL-5] 70,000 changes in one frozen millisecond stay apart and in order', () => {
    let clock: HybridClock = newClock;
    let before = '' as Stamp;
    for (let change = 0; change < 70_000; change += 1) {
      const ticked = tick(clock, newRun, at(noon), device);
      if (ticked.stamp <= before) throw new Error(`${ticked.stamp} after ${before}`);
      ({ clock } = ticked);
      before = ticked.stamp;
    }
    expect(before).toBe(`${instant(noon + 1)}-116f-${device}`);
  });

  it('[REL-3] line rises when the clock falls over 60 s behind the monotonic clock or its last stored reading', () => {
    const first = notice(newClock, newRun, at(noon, 0));
    expect(notice(first.clock, first.run, at(noon - 60_000, 0)).clock.line).toBe(1);
    expect(notice(first.clock, first.run, at(noon - 60_001, 0)).clock.line).toBe(2);
    // forward in time by the monotonic clock, but not by the other
    expect(notice(first.clock, first.run, at(noon, 60_001)).clock.line).toBe(2);
    // a new page has another monotonic clock; what was stored still tells
    expect(notice(first.clock, newRun, at(noon - hour, 5)).clock.line).toBe(2);
    expect(notice(first.clock, newRun, at(noon + hour, 5)).clock.line).toBe(1);
  });

  it('[REL-3] many small falls add up to one that is seen', () => {
    let { clock, run } = notice(newClock, newRun, at(noon, 0));
    for (let fall = 1; fall <= 3; fall += 1) ({ clock, run } = notice(clock, run, at(noon - fall * 25_000, 0)));
    expect(clock.line).toBe(2);
  });

  it('[ORDER] a clock that runs ahead of the monotonic one was only asleep', () => {
    const first = notice(newClock, newRun, at(noon, 0));
    const woken = notice(first.clock, first.run, at(noon + 8 * hour, minute));
    expect(woken.clock.line).toBe(1);
    // and from then on it is measured from there
    expect(notice(woken.clock, woken.run, at(noon + 8 * hour - 2 * minute, 2 * minute)).clock.line).toBe(2);
  });

  it('[REL-4] line rises when the measured offset moves by over 60 s, not when it is measured first', () => {
    const measured = observeOffset(newClock, 3 * hour);
    expect(measured.line).toBe(1);
    expect(observeOffset(measured, 3 * hour + 60_000).line).toBe(1);
    const corrected = observeOffset(measured, 0);
    expect(corrected.line).toBe(2);
    expect(observeOffset(corrected, 0)).toBe(corrected);
  });
});

describe('effective stamp', () => {
  const wall = instant(noon);

  it('[ORDER] an offset up to 60 s either way counts as 0', () => {
    expect(clockOffset(noon + 60_000, wall)).toBe(0);
    expect(clockOffset(noon - 60_000, wall)).toBe(0);
    expect(clockOffset(noon + 60_001, wall)).toBe(60_001);
    expect(clockOffset(noon - 60_001, wall)).toBe(-60_001);
  });

  it('[ORDER] now never runs back', () => {
    expect(serverNow(noon, null)).toBe(noon);
    expect(serverNow(noon, stampAt(momentAt(noon + hour), device))).toBe(noon + hour);
    expect(serverNow(noon + 2 * hour, stampAt(momentAt(noon + hour), device))).toBe(noon + 2 * hour);
  });

  it('[ORDER] believed time is wall + offset at most now; none on another line or over 60 s after now', () => {
    const request = { line: 3, offset: -hour };
    expect(believedTime({ wall, line: 3 }, request, noon)).toBe(momentAt(noon - hour));
    expect(believedTime({ wall, line: 2 }, request, noon)).toBeNull();
    expect(believedTime({ wall, line: 3 }, { line: 3, offset: 60_000 }, noon)).toBe(momentAt(noon));
    expect(believedTime({ wall, line: 3 }, { line: 3, offset: 60_001 }, noon)).toBeNull();
    expect(believedGiven(`${wall}-00ab-${device}` as Stamp, noon)).toBe(momentAt(noon, 0xab));
    expect(believedGiven(`${wall}-00ab-${device}` as Stamp, noon - 1)).toBe(momentAt(noon - 1));
  });

  it('[ORDER] the lower bound is the greatest of base and own lower n; seen stands for a base that the server lacks, at most now', () => {
    const base = stampAt(momentAt(noon, 4), device);
    const seen = stampAt(momentAt(noon + hour), device);
    expect(lowerBound({ base: null, seen: null, ownEarlier: null }, noon)).toBe(momentAt(0));
    expect(lowerBound({ base, seen, ownEarlier: momentAt(noon - 1) }, noon)).toBe(momentAt(noon, 4));
    expect(lowerBound({ base, seen: null, ownEarlier: momentAt(noon + 1) }, noon)).toBe(momentAt(noon + 1));
    expect(lowerBound({ base: null, seen, ownEarlier: null }, noon)).toBe(momentAt(noon));
  });

  it('[ORDER] effective is the believed time if later than the bound, else its successor; the cut wins over both', () => {
    const believed = momentAt(noon);
    expect(effectiveStamp(device, believed, momentAt(noon - 1, 9), null)).toBe(stampAt(believed, device));
    expect(effectiveStamp(device, believed, believed, null)).toBe(stampAt(momentAt(noon, 1), device));
    expect(effectiveStamp(device, null, momentAt(noon + hour, 0xffff), null)).toBe(
      stampAt(momentAt(noon + hour + 1), device),
    );
    const successorStamp = stampAt(momentAt(noon - hour, 7), device);
    expect(effectiveStamp(device, believed, momentAt(noon + hour), successorStamp)).toBe(
      stampAt(momentAt(noon - hour - 1), device),
    );
    expect(effectiveStamp(device, momentAt(noon - 2 * hour, 3), momentAt(0), successorStamp)).toBe(
      stampAt(momentAt(noon - 2 * hour, 3), device),
    );
    expect(effectiveStamp(device, believed, momentAt(0), stampAt(momentAt(0), device))).toBe(
      stampAt(momentAt(0), device),
    );
  });
});
