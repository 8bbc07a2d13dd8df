import { useSyncExternalStore } from 'react';
import type { SyncStatus } from '../domain/ports/sync-status.ts';
import { usePorts } from './ports.tsx';

export function useSyncStatus(): SyncStatus {
  const { status } = usePorts().sync;
  return useSyncExternalStore(status.subscribe, status.get);
}
