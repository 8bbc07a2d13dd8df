import { describe, expect, it } from 'vitest';
import { isSilentTooLong, type HeardDevice } from '../../../src/domain/access/long-silence.ts';
import { day, instant, type Millis } from '../../../src/domain/time.ts';

const now: Millis = Date.UTC(2026, 10, 27);
const ago = (days: number) => instant(now - days * day);
const device = (more: Partial<HeardDevice> = {}): HeardDevice => ({
  enrolledAt: ago(1000),
  lastSeenAt: null,
  approvedAt: null,
  revoked: null,
  ...more,
});

describe('[SEC-7] a device that was silent', () => {
  it.each([
    [399, false],
    [400, true],
    [401, true],
  ])('for %i days: %s', (days, expected) => {
    expect(isSilentTooLong(device({ lastSeenAt: ago(days) }), now)).toBe(expected);
    expect(isSilentTooLong(device({ lastSeenAt: ago(700), approvedAt: ago(days) }), now)).toBe(expected);
    expect(isSilentTooLong(device({ enrolledAt: ago(days) }), now)).toBe(expected);
  });

  it('is not asked for anything once it was revoked', () => {
    expect(isSilentTooLong(device({ revoked: { mode: 'lost' } }), now)).toBe(false);
  });
});
