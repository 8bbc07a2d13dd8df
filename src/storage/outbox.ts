import type { DeviceId, PersonId } from '../domain/ids.ts';
import { utf8Length } from '../domain/sync/hash.ts';
import type { Change } from '../domain/sync/protocol.ts';
import type { Tables } from './database.ts';
import { entryOver, taskOf } from './overlay.ts';
import type { OutboxRow, RecordName, ReplicaRow, StoredRecord } from './rows.ts';

const few = 16;

/** A change as it enters the outbox: never judged, standing over what is stored. */
export function newEntry(change: Change, device: DeviceId, person: PersonId | null): OutboxRow {
  return {
    ...change,
    device,
    person,
    bytes: utf8Length(JSON.stringify(change)),
    state: 'unsent',
    over: 1,
    ...taskOf(change.kind, change.key, change.value),
    given: null,
    verdict: null,
    formerly: null,
  };
}

/** The change as it travels; what else a row holds stays on the device. */
export function changeOf({ id, n, kind, key, value, base, seen, stamp, wall, line, v }: OutboxRow): Change {
  return { id, n, kind, key, value, base, seen, stamp, wall, line, v };
}

/** The entries that stand over the live replica, of these records. */
export async function entriesOver({ outbox }: Tables, names: readonly RecordName[]): Promise<readonly OutboxRow[]> {
  const over = outbox.where('[over+kind+key]');
  // Of a few records each is one direct read; many are cheaper by walking the index once.
  if (names.length > few) return await over.anyOf(names.map(([kind, key]) => [1, kind, key])).toArray();
  return (await Promise.all(names.map(([kind, key]) => over.equals([1, kind, key]).toArray()))).flat();
}

export async function countPending({ outbox }: Tables): Promise<number> {
  const [unsent, again] = await Promise.all([countState(outbox, 'unsent'), countState(outbox, 'again')]);
  return unsent + again;
}

export function countState(outbox: Tables['outbox'], state: OutboxRow['state']): Promise<number> {
  return outbox.where('[state+device+n]').between([state], [state, []]).count();
}

/** Entries of one state by device, then n. */
export function entriesIn({ outbox }: Tables, state: OutboxRow['state']) {
  return outbox.where('[state+device+n]').between([state], [state, []]);
}

/** Decides anew, for these records, which own change stands over the live replica. Repeating it changes nothing. */
export async function settle(tables: Tables, live: ReplicaRow, names: readonly RecordName[]): Promise<void> {
  if (names.length === 0) return;
  const [entries, stored] = await Promise.all([
    tables.outbox
      .where('[kind+key]')
      .anyOf(names.map((name) => [...name]))
      .toArray(),
    tables.records.bulkGet(names.map(([kind, key]) => [live.number, kind, key] as const)),
  ]);
  const byName = new Map<string, OutboxRow[]>(names.map(([kind, key]) => [nameText({ kind, key }), []]));
  for (const entry of entries) byName.get(nameText(entry))?.push(entry);
  const changed: OutboxRow[] = [];
  names.forEach(([kind, key], at) => {
    const own = byName.get(nameText({ kind, key })) ?? [];
    changed.push(...resettled(own, stored[at] ?? null, live.history));
  });
  if (changed.length > 0) await tables.outbox.bulkPut(changed);
}

/** The same for the whole outbox, after the live replica was changed over. */
export async function settleAll(tables: Tables, live: ReplicaRow): Promise<void> {
  const names = (await tables.outbox.orderBy('[kind+key]').uniqueKeys()) as unknown as readonly RecordName[];
  for (let at = 0; at < names.length; at += 500) await settle(tables, live, names.slice(at, at + 500));
}

export function nameText({ kind, key }: { readonly kind: string; readonly key: string }): string {
  return `${kind} ${key}`;
}

function resettled(entries: readonly OutboxRow[], record: StoredRecord | null, history: number): readonly OutboxRow[] {
  const over = entryOver(entries, { record, history });
  const changed: OutboxRow[] = [];
  for (const entry of entries) {
    const { over: stood, ...rest } = entry;
    if ((entry === over) === (stood === 1)) continue;
    changed.push(entry === over ? { ...rest, over: 1 } : rest);
  }
  return changed;
}
