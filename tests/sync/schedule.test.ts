import { describe, expect, it } from 'vitest';
import { nextAttemptIn, writeGapMs, type Schedule, type Why } from '../../src/sync/schedule.ts';

const at = (change: Partial<Schedule>): Schedule => ({
  last: 'settled',
  lastEndedAt: 1_000,
  heldUntil: 0,
  plannedAt: null,
  ...change,
});
const asked = (...why: Why[]): ReadonlySet<Why> => new Set(why);

describe('nextAttemptIn', () => {
  it('[REL-37] has nothing to do while nobody asks', () => {
    expect(nextAttemptIn(at({}), asked(), 1_000)).toBeNull();
  });

  it.each(['opened', 'foreground', 'online', 'wrote', 'live', 'asked'] as const)(
    '[REL-37] tries at once for "%s" while the server can be reached',
    (why) => {
      expect(nextAttemptIn(at({}), asked(why), 1_000)).toBe(0);
    },
  );

  it('[REL-37] waits for the planned retry, and not longer', () => {
    expect(nextAttemptIn(at({ last: 'unreached', plannedAt: 41_000 }), asked(), 1_000)).toBe(40_000);
    expect(nextAttemptIn(at({ last: 'unreached', plannedAt: 41_000 }), asked(), 50_000)).toBe(0);
  });

  it('[SYNC-BATTERY] tries for a write at most every five seconds while the server is gone', () => {
    const gone = at({ last: 'unreached', plannedAt: 41_000 });
    expect(nextAttemptIn(gone, asked('wrote'), 1_000)).toBe(writeGapMs);
    expect(nextAttemptIn(gone, asked('wrote', 'online'), 1_000)).toBe(0);
  });

  it('[REL-37] lets nobody through before Retry-After is over, whatever is asked', () => {
    const held = at({ last: 'unreached', heldUntil: 31_000, plannedAt: 31_500 });
    for (const why of ['opened', 'foreground', 'online', 'wrote', 'live', 'asked'] as const) {
      expect(nextAttemptIn(held, asked(why), 1_000)).toBe(30_000);
    }
    expect(nextAttemptIn(held, asked(), 1_000)).toBe(30_500);
  });

  it('[REL-37] does not ask a server that does not know this device again and again, except when a person does', () => {
    const stranger = at({ last: 'needs-code' });
    expect(nextAttemptIn(stranger, asked('wrote', 'live'), 99_000)).toBeNull();
    expect(nextAttemptIn(stranger, asked('opened'), 99_000)).toBe(0);
  });
});
