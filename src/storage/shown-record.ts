import type { Shown } from '../domain/ports/records.ts';
import { isKind, kinds, type Kind, type ValueOf } from '../domain/sync/kinds.ts';
import { isPending } from './overlay.ts';
import type { OutboxRow, StoredRecord, Verdict } from './rows.ts';

/*
 * Rows as the screens read them. Apart from overlay.ts, so that the service worker, which shows nothing, carries no schema of
 * any record.
 */

export function shownEntry<K extends Kind>(entry: OutboxRow): Shown<K> {
  return {
    kind: entry.kind as K,
    key: entry.key,
    value: entry.value as ValueOf<K> | null,
    change: entry.id,
    stamp: stampOf(entry.verdict),
    author: { person: entry.person, device: entry.device },
    at: entry.wall,
    unsent: isPending(entry) || entry.state === 'carried',
    readOnly: isNewer(entry.kind, entry.v),
  };
}

export function shownRecord<K extends Kind>(record: StoredRecord): Shown<K> {
  return {
    kind: record.kind as K,
    key: record.key,
    value: record.value as ValueOf<K> | null,
    change: record.change,
    stamp: record.stamp,
    author: record.author,
    at: record.at,
    unsent: false,
    readOnly: isNewer(record.kind, record.v),
  };
}

/** True if a newer app wrote it: shown, never overwritten (protocol.md, Records). */
export function isNewer(kind: string, v: number): boolean {
  return isKind(kind) && v > kinds[kind].v;
}

function stampOf(verdict: Verdict | null): Shown<Kind>['stamp'] {
  return verdict === null || verdict.outcome === 'refused' ? null : verdict.stamp;
}
