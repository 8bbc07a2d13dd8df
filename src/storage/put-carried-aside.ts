import type { PersonId } from '../domain/ids.ts';
import { readChange } from '../domain/sync/change.ts';
import { compareStamps, deviceOf, formatStamp } from '../domain/sync/stamp.ts';
import type { Millis } from '../domain/time.ts';
import type { Tables } from './database.ts';
import { entriesIn, newEntry } from './outbox.ts';
import type { AsideRow, BundleRow, EntryKey, OutboxRow } from './rows.ts';

/**
 * Puts what is carried for others where a coordinator can put it back from, in the caller's transaction: a bundle is signed for its
 * workspace, so no other one takes it. What was refused stays until somebody has read why.
 */
export async function putCarriedAside(tables: Tables, now: Millis): Promise<void> {
  const carried = await entriesIn(tables, 'carried').toArray();
  const brought = await entriesIn(tables, 'brought').toArray();
  const waiting = tables.bundles.filter(({ judgedIn }) => judgedIn === null);
  const rivals = (await waiting.toArray()).flatMap(rivalEntries);
  const entries = [...carried, ...brought, ...rivals].sort((a, b) => compareStamps(a.stamp, b.stamp));
  await tables.aside.bulkPut(entries.map((entry, at) => asideRow(entry, now, at)));
  await tables.outbox.bulkDelete([...carried, ...brought].map(({ device, n }): EntryKey => [device, n]));
  await waiting.delete();
}

/** What has no place in the outbox, as it would stand there. */
function rivalEntries({ bundle, rivals = [] }: BundleRow): readonly OutboxRow[] {
  const ids = new Set(rivals.map(({ id }) => id));
  return bundle.changes.flatMap((raw) => {
    const read = readChange(raw);
    if (read.tag === 'unreadable' || !ids.has(read.change.id)) return [];
    const { change } = read;
    return [newEntry(change, deviceOf(change.stamp), (bundle.person ?? null) as PersonId | null)];
  });
}

function asideRow(entry: OutboxRow, now: Millis, at: number): AsideRow {
  const { id, kind, key, value, v, base, verdict, person, device, wall } = entry;
  // The claim of a clock that ran ahead would stand above all that anybody says later.
  const latest = formatStamp({ time: now, counter: at, device });
  const claimed = entry.stamp > latest ? latest : entry.stamp;
  return {
    ...{ kind, key, value, v, change: id, base, stamp: verdict?.stamp ?? claimed, seq: verdict?.seq ?? 0 },
    ...{ author: { person, device }, at: wall, foundAt: now },
  };
}
