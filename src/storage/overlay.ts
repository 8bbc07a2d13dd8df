import type { Json } from '../domain/json.ts';
import type { OutboxRow, StoredRecord } from './rows.ts';

/*
 * overlay(replica, own), protocol.md Order: over the pulled records a phone shows its own newest change of a record until
 * that is refused, or until the stored record's `seq` reaches the outcome's.
 */

/** What stands in the live replica under a record's name, and in which history its `seq` counts. */
export type Standing = {
  readonly record: Pick<StoredRecord, 'seq' | 'change' | 'stamp'> | null;
  readonly history: number;
};

/**
 * Of all own changes of one record: the one to show over what is stored, or null to show what is stored. A verdict counts
 * only in the history that gave it: a change being sent again has no outcome yet in the new one, and until the switch
 * stands in the old one as it did.
 */
export function entryOver(entries: readonly OutboxRow[], standing: Standing): OutboxRow | null {
  const newestFirst = [...entries].sort((a, b) => (a.stamp < b.stamp ? 1 : a.stamp > b.stamp ? -1 : b.n - a.n));
  const newest = newestFirst.find((entry) => !isRefused(entry, standing.history) && !isBehind(entry, standing));
  return newest === undefined || isReached(newest, standing) ? null : newest;
}

/** Another device's change may be older than what was pulled; who made it had then not seen that. */
function isBehind({ bundle, id, stamp }: OutboxRow, { record }: Standing): boolean {
  return bundle !== undefined && record !== null && (record.change === id || record.stamp > stamp);
}

/** True once the stored record has the change in its past: as winner, or overruled. */
export function isReached(
  { verdict, formerly }: Pick<OutboxRow, 'verdict' | 'formerly'>,
  { record, history }: Standing,
): boolean {
  if (record === null) return false;
  return [verdict, formerly].some(
    (each) => each !== null && each.history === history && each.seq !== null && record.seq >= each.seq,
  );
}

function isRefused({ state, verdict, formerly }: OutboxRow, history: number): boolean {
  if (state === 'refused' || state === 'given-up') return true;
  // Refused before a server with another past came: it is sent again and may be accepted, until then nothing changes on the screen.
  return [verdict, formerly].some((each) => each?.outcome === 'refused' && each.history === history);
}

/** To be sent, for the first time or again. */
export function isPending({ state }: Pick<OutboxRow, 'state'>): boolean {
  return state === 'unsent' || state === 'again';
}

/** `<incident>/<task>` of a log entry that names a task: by this it is found without reading the whole log. */
export function taskOf(kind: string, key: string, value: Json): { readonly task?: string } {
  if (kind !== 'log' || typeof value !== 'object' || value === null || !('task' in value)) return {};
  const { task } = value;
  return typeof task === 'string' ? { task: `${key.slice(0, key.indexOf('/'))}/${task}` } : {};
}
