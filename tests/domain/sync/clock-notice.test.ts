import { describe, expect, it } from 'vitest';
import { clockNotice } from '../../../src/domain/sync/clock-notice.ts';
import { minute } from '../../../src/domain/time.ts';

describe('a wrong clock', () => {
  it('[CLOCK-1] is told from more than two minutes on, either way, and nothing is claimed before the server spoke', () => {
    expect([null, 0, 2 * minute, -2 * minute].map((offset) => clockNotice(offset, null))).toEqual(
      Array(4).fill('right'),
    );
    expect([2 * minute + 1, -2 * minute - 1].map((offset) => clockNotice(offset, null))).toEqual(['wrong', 'wrong']);
  });

  it('[CLOCK-2] once dismissed it is silent until it changes by more than a minute', () => {
    expect(clockNotice(7 * minute, 7 * minute - 400)).toBe('wrong-and-dismissed');
    expect(clockNotice(8 * minute, 7 * minute)).toBe('wrong-and-dismissed');
    expect(clockNotice(8 * minute + 1, 7 * minute)).toBe('wrong');
    expect(clockNotice(-7 * minute, 7 * minute)).toBe('wrong');
  });
});
