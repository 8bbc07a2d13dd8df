import { describe, expect, it } from 'vitest';
import { lockDelays, locksAfter, pinForm, readScreenLock, waitLeft } from '../../../src/domain/access/screen-lock.ts';
import { hour, minute } from '../../../src/domain/time.ts';

const lock = { salt: 'c2FsdA', proof: 'cHJvb2Y', rounds: 1000, after: 5 * minute, misses: 0, missedAt: 0 };

describe('the lock of a screen', () => {
  it('[LOCK-1] the first four misses cost nothing, each further one twice as much as the last, up to 15 minutes', () => {
    const waitAfter = (misses: number) => waitLeft({ misses, missedAt: hour }, hour);
    expect([0, 1, 4].map(waitAfter)).toEqual([0, 0, 0]);
    expect([5, 6, 7, 8].map(waitAfter)).toEqual([15_000, 30_000, 60_000, 120_000]);
    expect([11, 12, 1000].map(waitAfter)).toEqual([15 * minute, 15 * minute, 15 * minute]);
  });

  it('[LOCK-1] a wait ends by the clock, and a clock that was set back shuts nobody out', () => {
    const missed = { misses: 6, missedAt: 10 * hour };
    expect(waitLeft(missed, 10 * hour + 10_000)).toBe(20_000);
    expect(waitLeft(missed, 10 * hour + 30_000)).toBe(0);
    expect(waitLeft(missed, 2 * hour)).toBe(0);
  });

  it('[LOCK-2] asks again once the app was out of sight for as long as the person chose', () => {
    expect(locksAfter(lock, 5 * minute - 1)).toBe(false);
    expect(locksAfter(lock, 5 * minute)).toBe(true);
    expect(locksAfter({ after: 0 }, 0)).toBe(true);
    expect(lockDelays[0]).toBe(0);
  });

  it('[LOCK-3] a PIN is four to twelve digits', () => {
    for (const good of ['1234', '123456789012']) expect(pinForm.test(good)).toBe(true);
    for (const bad of ['', '123', '12a4', '1234567890123', '12 34']) expect(pinForm.test(bad)).toBe(false);
  });

  it('[LOCK-4] what can’t be read is no lock: a curtain that is torn shuts nobody out', () => {
    expect(readScreenLock(JSON.stringify(lock))).toEqual(lock);
    for (const torn of [null, '', '{', '7', 'null', '{}', JSON.stringify({ ...lock, misses: 'many' })])
      expect(readScreenLock(torn)).toBeNull();
  });
});
