import { describe, expect, it } from 'vitest';
import { day, hour, instant, minute } from '../../src/domain/time.ts';
import {
  clockTime,
  fromLocalInput,
  fullTime,
  knownZone,
  localInput,
  planMinutes,
  sinceActivation,
  spanWords,
  whenWords,
  windowWords,
  zoneName,
} from '../../src/parts/time-words.ts';
import { dueWords, lateWords } from '../../src/parts/time-left.tsx';

const zone = 'Africa/Johannesburg';
const now = Date.parse('2026-11-23T12:02:00.000Z');

describe('times as a person reads them', () => {
  it('[TIME-1] 24-hour clock in the zone of the incident, the date when it isn’t today', () => {
    expect(clockTime(now, zone)).toBe('14:02');
    expect(whenWords(now - 2 * hour, zone, now)).toBe('12:02');
    expect(whenWords(now - day, zone, now)).toBe('22 Nov 14:02');
    expect(whenWords(now - 400 * day, zone, now)).toBe('19 Oct 2025 14:02');
    // Midnight is that of the zone, not of UTC.
    expect(whenWords(Date.parse('2026-11-22T22:30:00.000Z'), zone, now)).toBe('00:30');
    expect(fullTime(now, zone)).toBe('23 Nov 2026, 14:02 SAST');
  });

  it('[TIME-2] zones by the name that people there use', () => {
    expect(zoneName(zone, now)).toBe('SAST');
    expect(zoneName('Europe/Berlin', now)).toBe('CET');
    expect(zoneName('UTC', now)).toBe('UTC');
    expect(zoneName('Etc/GMT-4', now)).toMatch(/^GMT\+4$/);
  });

  it('[TIME-3] spans and relative times', () => {
    expect(spanWords(25 * minute)).toBe('25 min');
    expect(spanWords(130 * minute)).toBe('2 h 10 min');
    expect(spanWords(49 * hour)).toBe('2 days 1 h');
    expect(dueWords(now + 25 * minute, now, zone)).toBe('due in 25 min');
    expect(dueWords(now + 3 * hour, now, zone)).toBe('due 17:02');
    expect(dueWords(now, now, zone)).toBe('due now');
    expect(lateWords(now - 12 * minute, now)).toBe('12 min late');
  });

  it('[TIME-4] time since activation runs on beyond a day and before it', () => {
    expect(sinceActivation(instant(now - (8 * hour + 12 * minute)), now)).toBe('T+ 08:12');
    expect(sinceActivation(instant(now - 50 * hour), now)).toBe('T+ 50:00');
    expect(sinceActivation(instant(now + 10 * minute), now)).toBe('T− 00:10');
  });

  it('[TIME-5] a datetime-local control is read in the incident’s zone', () => {
    expect(localInput(now, zone)).toBe('2026-11-23T14:02');
    expect(fromLocalInput('2026-11-23T14:02', zone)).toBe('2026-11-23T12:02:00.000Z');
    expect(fromLocalInput('', zone)).toBeNull();
    expect(fromLocalInput('yesterday', zone)).toBeNull();
  });

  it('[TIME-6] a time that clocks skip goes forward, one that comes twice is the first', () => {
    // Berlin: 2026-03-29 02:00 -> 03:00, 2026-10-25 03:00 -> 02:00.
    expect(fromLocalInput('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(fromLocalInput('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('[TIME-7] a zone that the browser doesn’t know is shown in UTC, and known as such', () => {
    expect(knownZone(zone)).toBe(true);
    expect(knownZone('Mars/Olympus')).toBe(false);
    expect(clockTime(now, 'Mars/Olympus')).toBe('12:02');
  });

  it('[TIME-8] windows and targets as plans write them', () => {
    expect(windowWords(240, 720)).toBe('4-12 h');
    expect(windowWords(0, 90)).toBe('0 min to 1:30 h');
    expect(planMinutes(45)).toBe('45 min');
    expect(planMinutes(270)).toBe('4:30 h');
  });
});
