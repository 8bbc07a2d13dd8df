import { describe, expect, it } from 'vitest';
import { longestHold, retryAfter } from '../../src/sync/retry-after.ts';

const now = Date.parse('2016-01-01T00:00:00Z');

describe('retryAfter', () => {
  it('[REL-37] reads seconds and dates, and nothing else', () => {
    expect(retryAfter(new Headers({ 'retry-after': '7' }), now)).toBe(7_000);
    expect(retryAfter(new Headers({ 'retry-after': '-7' }), now)).toBeNull();
    expect(retryAfter(new Headers({ 'retry-after': 'soon' }), now)).toBeNull();
    expect(retryAfter(new Headers(), now)).toBeNull();
  });

  it("[REL-37] takes a date relative to the server's own clock, since the phone's may be ten years behind", () => {
    const headers = new Headers({
      date: 'Mon, 23 Nov 2026 12:00:00 GMT',
      'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT',
    });
    expect(retryAfter(headers, now)).toBe(30_000);
  });

  it('[REL-37] never stops for longer than ten minutes, nor for less than nothing', () => {
    expect(retryAfter(new Headers({ 'retry-after': '31536000' }), now)).toBe(longestHold);
    const past = new Headers({ date: 'Mon, 23 Nov 2026 12:00:00 GMT', 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' });
    expect(retryAfter(past, now)).toBe(0);
  });
});
