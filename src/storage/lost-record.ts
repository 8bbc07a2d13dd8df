import type { SyncedRecord } from '../domain/sync/protocol.ts';

type Held = Pick<SyncedRecord, 'kind' | 'change' | 'base' | 'stamp' | 'value'>;

/**
 * Whether a new past lacks what this record says and knows nothing later of it. The server writes `conflict` records anew by
 * itself, and only a device itself reports on it. A server set up anew begins its grants from nothing: what somebody was granted
 * before is not overtaken by that.
 */
export function isLost(record: Held, now: Held | undefined): boolean {
  if (record.kind === 'conflict' || record.kind === 'device') return false;
  if (now === undefined) return true;
  if (now.change === record.change) return false;
  if (record.kind === 'grant' && now.base === null) return JSON.stringify(now.value) !== JSON.stringify(record.value);
  return now.stamp < record.stamp;
}
