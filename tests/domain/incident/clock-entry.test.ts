import { describe, expect, it } from 'vitest';
import { readClock } from '../../../src/domain/incident/clock-entry.ts';

describe('a time of day as it is said', () => {
  it.each([
    ['1412', '14:12'],
    ['14:12', '14:12'],
    [' 9.05 ', '09:05'],
    ['905', '09:05'],
    ['0000', '00:00'],
    ['23h59', '23:59'],
  ])('[TIME-11] reads %s', (typed, read) => {
    expect(readClock(typed)).toBe(read);
  });

  it.each(['', '14', '2400', '1260', '14:1', 'noon', '12:12:12'])('[TIME-11] does not guess at "%s"', (typed) => {
    expect(readClock(typed)).toBeNull();
  });
});
