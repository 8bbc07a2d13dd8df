import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../src/domain/ports/sync-status.ts';
import { connectionAfter, type RoundEnd } from '../../src/sync/connectivity.ts';
import { createSyncState } from '../../src/sync/sync-state.ts';

type Connection = SyncStatus['connection'];
const befores: readonly Connection[] = ['alone', 'offline', 'sending', 'online', 'needs-code', 'needs-update'];
const lost: RoundEnd = { tag: 'fault', fault: { tag: 'storage-lost' } };

/** What the line says after each end, whatever it said before; null: as before, but never still "sending". */
const table: readonly (readonly [RoundEnd, Connection | null])[] = [
  [{ tag: 'settled' }, 'online'],
  [{ tag: 'alone' }, 'alone'],
  [{ tag: 'wiped' }, 'alone'],
  [{ tag: 'unreached', hold: null }, 'offline'],
  [{ tag: 'unreached', hold: 30_000 }, 'offline'],
  [{ tag: 'needs-code' }, 'needs-code'],
  [{ tag: 'needs-update' }, 'needs-update'],
  [lost, null],
  [{ tag: 'stopped' }, null],
];

describe('connectionAfter', () => {
  for (const [end, expected] of table) {
    it.each(befores)(
      `[SYNC-TRUTH] after ${JSON.stringify(end)} and "%s" the line says ${expected ?? 'what it said'}`,
      (before) => {
        expect(connectionAfter(end, before)).toBe(expected ?? (before === 'sending' ? 'offline' : before));
      },
    );
  }
});

describe('createSyncState', () => {
  const counts = { unsent: 0, refused: 0, carried: 0, lastSentAt: null, filling: null };

  it('[SYNC-TRUTH] counts a write as unsent before the count was read', () => {
    const state = createSyncState();
    state.setCounts(counts);
    state.wrote();
    expect(state.get().unsent).toBe(1);
    state.setCounts({ ...counts, unsent: 3 });
    state.wrote();
    expect(state.get().unsent).toBe(3);
  });

  it('[SYNC-TRUTH] keeps a fault of the counts until they are read again, beside a fault of the engine', () => {
    const state = createSyncState();
    state.countsFailed({ tag: 'storage-lost' });
    state.setEngine({ connection: 'offline', fault: { tag: 'storage-full' } });
    expect(state.get().fault).toEqual({ tag: 'storage-full' });
    state.setEngine({ fault: null });
    expect(state.get().fault).toEqual({ tag: 'storage-lost' });
    state.setCounts(counts);
    expect(state.get().fault).toBeNull();
  });

  it('[SYNC-TRUTH] calls subscribers only when something changed, with the new status in place', () => {
    const state = createSyncState();
    const seen: string[] = [];
    const leave = state.subscribe(() => seen.push(state.get().connection));
    state.setEngine({ connection: 'offline' });
    state.setEngine({ connection: 'offline' });
    state.setEngine({ connection: 'online' });
    leave();
    state.setEngine({ connection: 'offline' });
    expect(seen).toEqual(['offline', 'online']);
  });
});
