import type { PrefixOptions } from '../domain/ports/records.ts';
import type { Kind } from '../domain/sync/kinds.ts';
import type { Tables } from './database.ts';
import { entriesOver } from './outbox.ts';
import { shownEntry, shownRecord, type Row } from './shown-record.ts';
import type { OutboxRow, RecordName, StoredRecord } from './rows.ts';

/*
 * Reads of overlay(replica, own) by ranges of indexes, never by scanning. Each must run inside one transaction over `own`,
 * `outbox` and `records`. Tombstones are given; who does not want them leaves them out.
 */

/** Greater than any character a key may have. */
const beyond = '\uffff';
/** Rows taken at once: small enough that no single read holds the page up. */
const chunk = 500;

/** One record each, in the order of `names`; null where there is none. */
export async function readNamed<K extends Kind>(
  tables: Tables,
  live: number,
  names: readonly RecordName[],
): Promise<readonly (Row<K> | null)[]> {
  const [entries, stored] = await Promise.all([
    entriesOver(tables, names),
    tables.records.bulkGet(names.map(([kind, key]) => [live, kind, key] as const)),
  ]);
  const over = new Map(entries.map((entry) => [`${entry.kind} ${entry.key}`, entry]));
  return names.map(([kind, key], at) => {
    const entry = over.get(`${kind} ${key}`);
    if (entry !== undefined) return shownEntry<K>(entry);
    const record = stored[at];
    return record === undefined ? null : shownRecord<K>(record);
  });
}

/** All records of a kind whose key starts with `prefix`, in key order. */
export async function readPrefix<K extends Kind>(
  tables: Tables,
  live: number,
  kind: K,
  prefix: string,
): Promise<readonly Row<K>[]> {
  const entries = await inChunks<OutboxRow>(prefix, (after) =>
    tables.outbox
      .where('[over+kind+key]')
      .between([1, kind, after.key], [1, kind, prefix + beyond], after.inclusive)
      .limit(chunk)
      .toArray(),
  );
  const records = await inChunks<StoredRecord>(prefix, (after) =>
    tables.records
      .where('[replica+kind+key]')
      .between([live, kind, after.key], [live, kind, prefix + beyond], after.inclusive)
      .limit(chunk)
      .toArray(),
  );
  return merged<K>(records, entries);
}

/** The `count` greatest keys with a value, greatest first. */
export async function readLast<K extends Kind>(
  tables: Tables,
  live: number,
  kind: K,
  prefix: string,
  { last, tombstones }: PrefixOptions & { readonly last: number },
): Promise<readonly Row<K>[]> {
  const found: Row<K>[] = [];
  let below = prefix + beyond;
  for (;;) {
    const wanted = last - found.length;
    const [entries, records] = await Promise.all([
      tables.outbox
        .where('[over+kind+key]')
        .between([1, kind, prefix], [1, kind, below])
        .reverse()
        .limit(wanted)
        .toArray(),
      tables.records
        .where('[replica+kind+key]')
        .between([live, kind, prefix], [live, kind, below])
        .reverse()
        .limit(wanted)
        .toArray(),
    ]);
    // Of two descending runs only the first `wanted` of both together are known to have no gap between them.
    const rows = merged<K>(records.reverse(), entries.reverse()).slice(-wanted).reverse();
    found.push(...rows.filter((row) => isThere(row, tombstones)));
    const end = rows.at(-1);
    if (end === undefined || rows.length < wanted || found.length >= last) return found;
    below = end.key;
  }
}

/** Log entries that name a task. */
export async function readTaskLog(tables: Tables, live: number, incidentTask: string): Promise<readonly Row<'log'>[]> {
  const [entries, records] = await Promise.all([
    tables.outbox.where('[over+task]').equals([1, incidentTask]).toArray(),
    tables.records.where('[replica+task]').equals([live, incidentTask]).toArray(),
  ]);
  return merged<'log'>(records.sort(byKey), entries.sort(byKey));
}

/** Not deleted; or the deleted are asked for too. */
export function isThere({ value, unreadable }: Row, tombstones = false): boolean {
  return tombstones || unreadable || value !== null;
}

type After = { readonly key: string; readonly inclusive: boolean };

async function inChunks<Each extends { readonly key: string }>(
  prefix: string,
  next: (after: After) => PromiseLike<readonly Each[]>,
): Promise<readonly Each[]> {
  const rows: Each[] = [];
  let after: After = { key: prefix, inclusive: true };
  for (;;) {
    const page = await next(after);
    rows.push(...page);
    const end = page.at(-1);
    if (page.length < chunk || end === undefined) return rows;
    after = { key: end.key, inclusive: false };
  }
}

/** Both in key order; where both have a key, the own change stands over the record. */
function merged<K extends Kind>(records: readonly StoredRecord[], entries: readonly OutboxRow[]): Row<K>[] {
  const shown: Row<K>[] = [];
  let at = 0;
  for (const record of records) {
    for (let entry = entries[at]; entry !== undefined && entry.key < record.key; entry = entries[at]) {
      shown.push(shownEntry(entry));
      at += 1;
    }
    if (entries[at]?.key !== record.key) shown.push(shownRecord(record));
  }
  for (const entry of entries.slice(at)) shown.push(shownEntry(entry));
  return shown;
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

export const readTables = ['own', 'outbox', 'records'] as const;
