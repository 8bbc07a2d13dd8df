import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../src/domain/ids.ts';
import {
  clockTime,
  dueWords,
  fromLocalInput,
  fullTime,
  isKnownZone,
  localDate,
  localInput,
  whenWords,
  zoneName,
} from '../../../src/domain/incident/zoned-time.ts';
import { instant, millis, minute } from '../../../src/domain/time.ts';

const durban = 'Africa/Johannesburg';
const london = 'Europe/London';
const at = (text: string) => millis(text as Instant);
const noon = at('2026-11-23T12:02:00.000Z');

describe('times in the zone of the incident', () => {
  it('[TIME] shows a 24-hour clock in the zone, whatever the zone of the device', () => {
    expect(clockTime(noon, durban)).toBe('14:02');
    expect(clockTime('2026-11-23T22:00:00.000Z' as Instant, durban)).toBe('00:00');
    expect(clockTime(noon, 'Asia/Kathmandu')).toBe('17:47');
    expect(localDate(at('2026-11-23T22:30:00.000Z'), durban)).toBe('2026-11-24');
  });

  it('[SEC-11] a time that no engine can show stops no screen', () => {
    for (const odd of [NaN, Infinity, -Infinity, 9e15, -9e15, Number.MAX_SAFE_INTEGER * 60_000]) {
      expect(clockTime(odd, 'Africa/Johannesburg')).toMatch(/^\d\d:\d\d$/);
      expect(fullTime(odd, 'Asia/Kolkata')).toMatch(/:\d\d /);
      expect(whenWords(odd, 'America/New_York', 0)).toMatch(/:\d\d$/);
    }
  });

  it("[TIME] adds the date when it isn't today in the zone, and the year when it isn't this year", () => {
    expect(whenWords(at('2026-11-23T05:30:00.000Z'), durban, noon)).toBe('07:30');
    expect(whenWords(at('2026-11-22T21:59:00.000Z'), durban, noon)).toBe('22 Nov 23:59');
    // Still the 22nd in UTC, already the 23rd in Durban.
    expect(whenWords(at('2026-11-22T22:01:00.000Z'), durban, noon)).toBe('00:01');
    expect(whenWords(at('2025-11-23T12:02:00.000Z'), durban, noon)).toBe('23 Nov 2025 14:02');
  });

  it('[TIME] names the zone as people there do, summer time included', () => {
    expect(fullTime(noon, durban)).toBe('23 Nov 2026, 14:02 SAST');
    expect(zoneName(london, at('2026-07-01T12:00:00.000Z'))).toBe('BST');
    expect(zoneName(london, at('2026-12-01T12:00:00.000Z'))).toBe('GMT');
    expect(zoneName('Asia/Kathmandu', noon)).toBe('GMT+5:45');
  });

  it('[TIME] counts an unknown zone as UTC, and says so', () => {
    expect(isKnownZone('Africa/Johanesburg')).toBe(false);
    expect(isKnownZone(durban)).toBe(true);
    expect(fullTime(noon, 'Africa/Johanesburg')).toBe('23 Nov 2026, 12:02 UTC');
  });

  it('[TIME] says relatively what is near', () => {
    expect(dueWords(noon + 25 * minute, noon, durban)).toBe('due in 25 min');
    expect(dueWords(noon + 180 * minute, noon, durban)).toBe('due 17:02');
    expect(dueWords(noon + 24 * 60 * minute, noon, durban)).toBe('due 24 Nov 14:02');
    expect(dueWords(noon - 12 * minute, noon, durban)).toBe('12 min late');
    expect(dueWords(noon - minute + 1, noon, durban)).toBe('due now');
  });
});

describe('times that a person types', () => {
  it('[TIME] reads what it wrote, in any zone and season', () => {
    const zones = [durban, london, 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC', 'nowhere'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: at('2040-01-01T00:00:00.000Z') / minute }),
        (zone, minutes) => {
          const wrote = localInput(minutes * minute, zone);
          const read = millis(fromLocalInput(wrote, zone) ?? instant(0));
          expect(localInput(read, zone)).toBe(wrote);
          expect(read).toBeLessThanOrEqual(minutes * minute);
        },
      ),
      { seed: 20_261_123, numRuns: 1000 },
    );
  });

  it('[TIME] takes the first of two when the clocks go back, and the time after when they go forward', () => {
    expect(fromLocalInput('2026-10-25T01:30', london)).toBe('2026-10-25T00:30:00.000Z');
    expect(clockTime(fromLocalInput('2026-03-29T01:30', london) ?? 0, london)).toBe('02:30');
  });

  it('[TIME] refuses what is no date', () => {
    for (const text of ['', '14:02', '2026-13-01T00:00', '2026-02-31T00:00', '2026-01-01T25:00'])
      expect(fromLocalInput(text, durban)).toBeNull();
  });
});
