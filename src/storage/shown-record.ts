import type { Shown } from '../domain/ports/records.ts';
import type { Json } from '../domain/json.ts';
import { isReadable } from '../domain/sync/check-value.ts';
import { isKind, kinds, type Kind, type ValueOf } from '../domain/sync/kinds.ts';
import { isPending } from './overlay.ts';
import type { OutboxRow, StoredRecord, Verdict } from './rows.ts';

/*
 * Rows as the screens read them. Apart from overlay.ts, so that the service worker, which shows nothing, carries no schema of
 * any record.
 */

/** A record as it is shown. An unreadable one has no value, as if nothing stood there, and is read-only: it is kept as it came. */
export type Row<K extends Kind = Kind> = Shown<K> & { readonly unreadable: boolean };

export function shownEntry<K extends Kind>(entry: OutboxRow): Row<K> {
  return {
    ...content<K>(entry),
    change: entry.id,
    stamp: stampOf(entry.verdict),
    author: { person: entry.person, device: entry.device },
    at: entry.wall,
    unsent: isPending(entry) || entry.state === 'carried',
  };
}

export function shownRecord<K extends Kind>(record: StoredRecord): Row<K> {
  return {
    ...content<K>(record),
    change: record.change,
    stamp: record.stamp,
    author: record.author,
    at: record.at,
    unsent: false,
  };
}

/** True if a newer app wrote it: shown, never overwritten (protocol.md, Records). */
export function isNewer(kind: string, v: number): boolean {
  return isKind(kind) && v > kinds[kind].v;
}

/** True of what this app must not write over: a newer one wrote it, or its value is of a shape not known here. */
export function isBeyond({ kind, v, value }: Content): boolean {
  return isNewer(kind, v) || isUnreadable(kind, value);
}

type Content = { readonly kind: string; readonly key: string; readonly v: number; readonly value: Json };

function content<K extends Kind>({
  kind,
  key,
  v,
  value,
}: Content): Pick<Row<K>, 'kind' | 'key' | 'value' | 'readOnly' | 'unreadable'> {
  const unreadable = isUnreadable(kind, value);
  return {
    kind: kind as K,
    key,
    value: unreadable ? null : (value as ValueOf<K> | null),
    readOnly: unreadable || isNewer(kind, v),
    unreadable,
  };
}

function isUnreadable(kind: string, value: Json): boolean {
  return isKind(kind) && !isReadable(kind, value);
}

function stampOf(verdict: Verdict | null): Shown<Kind>['stamp'] {
  return verdict === null || verdict.outcome === 'refused' ? null : verdict.stamp;
}
