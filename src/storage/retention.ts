import { day, type Millis } from '../domain/time.ts';
import type { Tables } from './database.ts';
import { nameText } from './outbox.ts';
import type { EntryKey, OutboxRow } from './rows.ts';

const keptFor = 90 * day;
const chunk = 500;

export type Retention = {
  readonly serverNow: Millis;
  /** Up to here a verified backup of the server holds the journal. */
  readonly safeSeq: number;
  readonly history: number;
};

/**
 * Removes outbox entries that nobody can need again: a verified backup holds their verdict *and* it is 90 days old by the
 * server's clock; never the newest of a record, never one that is unsent or refused (protocol.md, "A server with another past").
 */
export async function removeSettled({ outbox }: Tables, { serverNow, safeSeq, history }: Retention): Promise<number> {
  let removed = 0;
  let kept = 0;
  for (;;) {
    const old = await outbox
      .where('settledAt')
      .belowOrEqual(serverNow - keptFor)
      .offset(kept)
      .limit(chunk)
      .toArray();
    const free = old.filter((entry) => isSafe(entry, safeSeq, history));
    const names = [...new Map(free.map((entry) => [nameText(entry), [entry.kind, entry.key]])).values()];
    const newest = newestOf(await outbox.where('[kind+key]').anyOf(names).toArray());
    const gone = free.filter((entry) => newest.get(nameText(entry)) !== entry.id);
    await outbox.bulkDelete(gone.map(({ device, n }): EntryKey => [device, n]));
    removed += gone.length;
    if (old.length < chunk) return removed;
    kept += old.length - gone.length;
  }
}

function isSafe({ state, verdict, over }: OutboxRow, safeSeq: number, history: number): boolean {
  if (over === 1 || verdict === null || (state !== 'judged' && state !== 'given-up')) return false;
  return verdict.history === history && safeSeq >= verdict.headSeq;
}

function newestOf(entries: readonly OutboxRow[]): ReadonlyMap<string, string> {
  const newest = new Map<string, OutboxRow>();
  for (const entry of entries) {
    const known = newest.get(nameText(entry));
    if (known === undefined || entry.stamp > known.stamp || (entry.stamp === known.stamp && entry.n > known.n))
      newest.set(nameText(entry), entry);
  }
  return new Map([...newest].map(([name, { id }]) => [name, id]));
}
