import { describe, expect, it } from 'vitest';
import { nothingKnown, type SyncStatus } from '../../src/domain/ports/sync-status.ts';
import type { Instant } from '../../src/domain/ids.ts';
import { syncWords } from '../../src/parts/sync-line.tsx';

const now = Date.parse('2026-11-23T12:02:00.000Z');
const quiet: SyncStatus = { ...nothingKnown, connection: 'online' };
const words = (part: Partial<SyncStatus>) => syncWords({ ...quiet, ...part }, 'phone', 'Africa/Johannesburg', now);
const earlier = '2026-11-23T11:20:00.000Z' as Instant;

describe('the sync line', () => {
  it('[LINE-1] never claims "all sent" before the server said so', () => {
    expect(words({})).toBe('Saved on this phone');
    expect(words({ lastSentAt: earlier })).toBe('All sent · 13:20');
    expect(words({ lastSentAt: earlier, unsent: 2 })).toBe('Saved on this phone · 2 to send');
  });

  it('[LINE-2] offline is calm and says when it was last sent', () => {
    expect(words({ connection: 'offline', unsent: 3, lastSentAt: earlier })).toBe(
      'Saved on this phone · 3 to send · last sent 13:20',
    );
    expect(words({ connection: 'offline' })).toBe('Saved on this phone · nothing to send');
  });

  it('[LINE-3] while something is refused it is not "all sent": that one is on no server', () => {
    expect(words({ lastSentAt: earlier, refused: 1 })).toBe('Saved on this phone · last sent 13:20');
    expect(words({ connection: 'offline', refused: 1 })).toBe('Saved on this phone · nothing to send');
  });

  it('[LINE-6] while something is carried for others it is not "all sent", and is told apart from one’s own', () => {
    expect(words({ lastSentAt: earlier, carried: 14 })).toBe('Saved on this phone · 14 for others');
    expect(words({ connection: 'offline', carried: 14 })).toBe('Saved on this phone · 14 for others');
    expect(words({ connection: 'offline', unsent: 3, carried: 1 })).toBe(
      'Saved on this phone · 3 to send · 1 for others',
    );
  });

  it('[LINE-5] says "all sent" in no other state than that, whatever else is so', () => {
    const connections = ['alone', 'offline', 'sending', 'online', 'needs-code', 'needs-update'] as const;
    for (const connection of connections)
      for (const unsent of [0, 1])
        for (const refused of [0, 1])
          for (const lastSentAt of [null, earlier])
            for (const filling of [null, 3]) {
              const isSo =
                connection === 'online' && unsent === 0 && refused === 0 && lastSentAt !== null && filling === null;
              expect(words({ connection, unsent, refused, lastSentAt, filling }).startsWith('All sent')).toBe(isSo);
            }
  });

  it('[LINE-4] says what has to be done when it can’t send', () => {
    expect(words({ connection: 'needs-code', unsent: 4 })).toMatch(/join again · 4 to send$/);
    expect(words({ connection: 'needs-update' })).toMatch(/update the app to send/);
    expect(words({ connection: 'alone' })).toBe('Saved on this phone · no server');
    expect(words({ connection: 'sending', unsent: 12 })).toBe('Saved on this phone · sending 12');
    expect(words({ filling: 340 })).toBe('Receiving the plan: 340 so far');
  });

  it('[LINE-6] [REL-28] a page that can’t be kept is not "not saved", and never "all sent"', () => {
    const sent = { lastSentAt: earlier, unsent: 0 };
    expect(words({ ...sent, fault: { tag: 'storage-full' } })).toBe('Storage full: nothing new is received');
    expect(words({ ...sent, unsent: 2, fault: { tag: 'storage-lost' } })).toBe(
      'Storage closed: nothing is sent or received · 2 to send',
    );
  });
});
