import type { Millis } from '../domain/time.ts';
import type { Tables } from './database.ts';
import { isLost } from './lost-record.ts';
import { settleAll } from './outbox.ts';
import { readReplica, recordsAfter } from './replica.ts';
import type { AsideRow, RecordName, ReplicaRow, StoredRecord, SyncRow } from './rows.ts';

const chunk = 500;

/**
 * Makes the filled replica the live one, in the caller's transaction. Where the server's past is another one, what others
 * wrote and it no longer has is kept aside (protocol.md, "A server with another past"). The old replica is deleted later.
 */
export async function switchReplica(
  tables: Tables,
  sync: SyncRow,
  filled: ReplicaRow,
  serverNow: Millis,
): Promise<SyncRow> {
  const old = await readReplica(tables, sync.live);
  if (old.history !== filled.history) await keepLostAside(tables, old, filled, serverNow);
  await settleAll(tables, filled);
  return { ...sync, live: filled.number, filling: null, doomed: [...sync.doomed, old.number] };
}

async function keepLostAside(tables: Tables, old: ReplicaRow, filled: ReplicaRow, foundAt: Millis): Promise<void> {
  for (let after: RecordName | null = null; ;) {
    const stored: readonly StoredRecord[] = await recordsAfter(tables, old.number, after, chunk);
    const end = stored.at(-1);
    if (end === undefined) return;
    const now = await tables.records.bulkGet(stored.map(({ kind, key }) => [filled.number, kind, key] as const));
    const lost = stored.filter((record, at) => isLost(record, now[at]));
    const own = new Set(
      (
        await tables.outbox
          .where('id')
          .anyOf(lost.map(({ change }) => change))
          .toArray()
      ).map(({ id }) => id),
    );
    const aside = lost.filter(({ change }) => !own.has(change)).map((record) => asideRow(record, foundAt));
    if (aside.length > 0) await tables.aside.bulkPut(aside);
    after = [end.kind, end.key];
  }
}

function asideRow({ replica: _, task: __, ...record }: StoredRecord, foundAt: Millis): AsideRow {
  return { ...record, foundAt };
}
