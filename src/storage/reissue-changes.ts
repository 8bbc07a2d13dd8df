import type { Randomness } from '../domain/ports/sync-store.ts';
import type { ChangeId, DeviceId, PersonId } from '../domain/ids.ts';
import { utf8Length } from '../domain/sync/hash.ts';
import { momentOf, stampAt } from '../domain/sync/stamp.ts';
import { uuid7, uuid7Bytes } from '../domain/sync/uuid7.ts';
import type { Millis } from '../domain/time.ts';
import type { Tables } from './database.ts';
import { changeOf, entriesIn } from './outbox.ts';
import type { EntryKey, OutboxRow } from './rows.ts';

export type NewAuthor = { readonly device: DeviceId; readonly person: PersonId; readonly n: number };

/**
 * Issues a device's unsent changes anew under another identity: new id and `n`, same `wall` and `line`, and the place among
 * unsent work they had; a `base` among them is mapped (protocol.md, Clones). Gives the last `n` used.
 */
export async function reissueChanges(
  tables: Tables,
  old: DeviceId,
  author: NewAuthor,
  now: Millis,
  random: Randomness,
): Promise<number> {
  const unsent = await entriesIn(tables, 'unsent').toArray();
  // A change being sent again can turn out to be another's under the same `n`; it too needs a new name then.
  const again = await entriesIn(tables, 'again').toArray();
  const entries = [...again.filter(({ cloned }) => cloned === true), ...unsent]
    .filter(({ device }) => device === old)
    .sort((a, b) => a.n - b.n);
  const ids = new Map<ChangeId, ChangeId>(entries.map(({ id }) => [id, uuid7(now, random.bytes(uuid7Bytes))]));
  const rows = entries.map((entry, at) => reissued(entry, ids, { ...author, n: author.n + at + 1 }));
  await tables.outbox.bulkDelete(entries.map(({ device, n }): EntryKey => [device, n]));
  await tables.outbox.bulkPut(rows);
  return author.n + rows.length;
}

function reissued(entry: OutboxRow, ids: ReadonlyMap<ChangeId, ChangeId>, { device, person, n }: NewAuthor): OutboxRow {
  const { cloned: _, settledAt: __, ...rest } = entry;
  const id = ids.get(entry.id) ?? entry.id;
  const base = entry.base === null ? null : (ids.get(entry.base) ?? entry.base);
  const next: OutboxRow = { ...rest, id, n, base, device, person, stamp: stampAt(momentOf(entry.stamp), device) };
  return {
    ...next,
    bytes: utf8Length(JSON.stringify(changeOf(next))),
    state: 'unsent',
    given: null,
    verdict: null,
    formerly: null,
  };
}
