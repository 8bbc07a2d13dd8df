import type { Tables } from './database.ts';
import { blankReplica } from './own-state.ts';
import type { RecordName, ReplicaRow, StoredRecord, SyncRow } from './rows.ts';

/** The replica that replies are stored in: the one being filled, else the live one. */
export async function targetReplica(tables: Tables, { filling, live }: SyncRow): Promise<ReplicaRow> {
  return await readReplica(tables, filling ?? live);
}

export async function readReplica({ replicas }: Tables, number: number): Promise<ReplicaRow> {
  return (await replicas.get(number)) ?? blankReplica(number, 0);
}

/** Nothing was ever stored in it, so a server's reset has nothing to replace. */
export function isBlank({ cursor, filled }: ReplicaRow): boolean {
  return cursor === 0 && filled === 0;
}

/** A new replica to be filled beside the live one; one that was being filled is given up. */
export function withNewFilling(sync: SyncRow): { readonly sync: SyncRow; readonly number: number } {
  const number = sync.nextReplica;
  const doomed = sync.filling === null ? sync.doomed : [...sync.doomed, sync.filling];
  return { sync: { ...sync, filling: number, nextReplica: number + 1, doomed }, number };
}

/** Deletes the records of replicas that are no longer used. Safe to break off and repeat. */
export async function deleteDoomed(tables: Tables, doomed: readonly number[]): Promise<void> {
  for (const number of doomed) {
    await recordsOf(tables, number).delete();
    await tables.replicas.delete(number);
  }
}

export function recordsOf({ records }: Tables, number: number) {
  return records.where('[replica+kind+key]').between([number], [number, []]);
}

/** Up to `most` records of a replica, by kind and key, from the one after `after`. */
export function recordsAfter(
  { records }: Tables,
  number: number,
  after: RecordName | null,
  most: number,
): PromiseLike<StoredRecord[]> {
  const from = after === null ? [number] : [number, ...after];
  return records.where('[replica+kind+key]').between(from, [number, []], false).limit(most).toArray();
}
