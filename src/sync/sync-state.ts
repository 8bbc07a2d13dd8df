import type { Live } from '../domain/ports/live.ts';
import { nothingKnown, type SyncStatus } from '../domain/ports/sync-status.ts';
import type { SyncStore } from '../domain/ports/sync-store.ts';

/** What the engine alone knows; counts come from the store, never from the engine. */
export type EngineView = Pick<SyncStatus, 'connection' | 'lastHeardAt' | 'clockOffset' | 'fault'>;
export type Counts = SyncStore['unsent'] extends Live<infer T> ? T : never;

/** What the sync line reads; the leading tab fills it from its engine, the others from what the leader tells. */
export interface SyncState {
  get(): SyncStatus;
  subscribe(onChange: () => void): () => void;
  engine(): EngineView;
  setEngine(change: Partial<EngineView>): void;
  setCounts(counts: Counts): void;
  /** A write was made and its count isn't read yet: until then nothing may say that all is sent. */
  wrote(): void;
  /** The counts can't be read. */
  countsFailed(fault: NonNullable<SyncStatus['fault']>): void;
}

export function createSyncState(): SyncState {
  let status: SyncStatus = nothingKnown;
  let engineFault: SyncStatus['fault'] = null;
  let countsFault: SyncStatus['fault'] = null;
  const listeners = new Set<() => void>();
  const set = (change: Partial<SyncStatus>) => {
    const next = { ...status, ...change };
    if (same(next, status)) return;
    status = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => status,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    engine: () => ({
      connection: status.connection,
      lastHeardAt: status.lastHeardAt,
      clockOffset: status.clockOffset,
      fault: engineFault,
    }),
    setEngine(change) {
      if (change.fault !== undefined) engineFault = change.fault;
      set({ ...change, fault: engineFault ?? countsFault });
    },
    setCounts({ unsent, refused, carried, lastSentAt, filling }) {
      countsFault = null;
      set({ unsent, refused, carried, lastSentAt, filling, fault: engineFault });
    },
    wrote() {
      set({ unsent: Math.max(status.unsent, 1) });
    },
    countsFailed(fault) {
      countsFault = fault;
      set({ fault: engineFault ?? fault });
    },
  };
}

function same(a: SyncStatus, b: SyncStatus): boolean {
  return (Object.keys(a) as (keyof SyncStatus)[]).every((name) => a[name] === b[name]);
}
