import type { PreparedRequest } from '../domain/ports/sync-store.ts';
import type { Head } from '../domain/sync/protocol.ts';
import type { Tables } from './database.ts';
import { entriesIn } from './outbox.ts';
import { blankReplica, pulseAfter, readOwnState, type OwnState } from './own-state.ts';
import { putInChunks } from './put-in-chunks.ts';
import { readReplica, targetReplica, withNewFilling } from './replica.ts';
import type { OutboxRow, SyncRow } from './rows.ts';

/** What is known of the server's new past; nulls where it was never heard. */
export type NewPast = { readonly epoch: string | null; readonly head: Head | null };

/**
 * ‡ A server with another past (protocol.md): begins a new replica from 0, and the whole outbox is to be sent again, refused
 * changes included, each with the effective stamp it had. Changes that were given up stay so. A call for a request that the
 * phone has moved on from does nothing.
 */
export async function historyChanged(tables: Tables, { body }: PreparedRequest, past: NewPast): Promise<void> {
  const own = await readOwnState(tables);
  const asked = await targetReplica(tables, own.sync);
  if (body.epoch !== asked.epoch || body.cursor !== asked.cursor || body.head?.hash !== asked.head?.hash) return;
  const sync = await beginHistory(tables, own, past);
  await tables.own.bulkPut([sync, pulseAfter(own.pulse, null)]);
}

/** The part of it that another server's membership shares. Gives the row to store. */
export async function beginHistory(tables: Tables, { sync }: OwnState, { epoch, head }: NewPast): Promise<SyncRow> {
  const live = await readReplica(tables, sync.live);
  const history = sync.history + 1;
  const begun = withNewFilling({ ...sync, history });
  // The live one's view: if the server still has it for this device, it answers without another reset.
  await tables.replicas.put({ ...blankReplica(begun.number, history), epoch, head, view: live.view });
  const judged = await entriesIn(tables, 'judged').toArray();
  const refused = await entriesIn(tables, 'refused').toArray();
  await putInChunks(tables.outbox, [...judged, ...refused].map(sentAgain));
  return begun.sync;
}

function sentAgain({ settledAt: _, ...entry }: OutboxRow): OutboxRow {
  return { ...entry, state: 'again', given: entry.verdict?.stamp ?? entry.given };
}
