import type { PreparedRequest } from '../domain/ports/sync-store.ts';
import { notice } from '../domain/sync/hybrid-clock.ts';
import { limits } from '../domain/sync/limits.ts';
import type { SentChange } from '../domain/sync/protocol.ts';
import { isDue } from './bundle-due.ts';
import type * as carry from './carry.ts';
import type { Tables } from './database.ts';
import type { DeviceClock } from './device-clock.ts';
import { changeOf, countPending, entriesIn } from './outbox.ts';
import { readOwnState } from './own-state.ts';
import { targetReplica } from './replica.ts';
import type { OutboxRow } from './rows.ts';

export type Most = { readonly changes: number; readonly bytes: number };

/** What the clock was found to be, to be kept after the commit. */
export type Prepared = { readonly request: PreparedRequest; readonly run: DeviceClock['run'] };

/** Records asked for with a push: where all come back at once, everybody's verdicts come before everybody's news. */
const besideVerdicts = 100;

/** Bytes around each change: the comma, and `given` where it is sent again. */
const envelopeBytes = 80;

/** What brings other devices' changes along; null where nobody does, as in the service worker. */
export type Carry = Pick<typeof carry, 'nextLoad' | 'keepVerdicts' | 'dropBrought'> | null;

/** See `SyncStore.prepare`. Runs in one transaction; writes only where the clock was seen to jump. */
export async function prepareRequest(
  tables: Tables,
  clock: DeviceClock,
  most: Most,
  carrying: Carry,
): Promise<Prepared | null> {
  const own = await readOwnState(tables);
  if (own.membership.state !== 'member') return null;
  const noticed = notice(own.clock.hybrid, clock.run, clock.reading());
  if (noticed.clock.line !== own.clock.hybrid.line) await tables.own.put({ ...own.clock, hybrid: noticed.clock });
  const replica = await targetReplica(tables, own.sync);
  const { line } = noticed.clock;
  const at = { wall: clock.now(), line, history: replica.history, workspace: own.sync.workspace };
  const load = await carrying?.nextLoad(tables, at, most);
  const taken = await nextEntries(tables, load === undefined ? most : roomBeside(load, most));
  const remaining = (await countPending(tables)) - taken.length + (load?.left ?? 0);
  // Who brings nothing for others must not say that this device holds nothing more.
  const left = load === undefined ? await tables.bundles.filter((row) => isDue(row, at)).count() : 0;
  const request: PreparedRequest = {
    body: {
      protocol: 1,
      line,
      epoch: replica.epoch,
      head: replica.head,
      view: replica.view,
      cursor: replica.cursor,
      limit: taken.length === 0 ? limits.pageRecords : besideVerdicts,
      last: remaining + left === 0,
      changes: taken.map(sentChange),
      ...(load === undefined || load.relayed.length === 0 ? {} : { relayed: load.relayed }),
    },
    remaining,
  };
  return { request, run: noticed.run };
}

/** What a server with another past must judge again goes before anything newer; a request carries one device's changes. */
async function nextEntries(tables: Tables, most: Most): Promise<readonly OutboxRow[]> {
  const again = await firstOfOneDevice(tables, 'again', most);
  return again.length > 0 ? again : await firstOfOneDevice(tables, 'unsent', most);
}

function roomBeside({ changes, bytes }: carry.Load, most: Most): Most {
  return { changes: Math.max(0, Math.min(most.changes, limits.changesPerPush) - changes), bytes: most.bytes - bytes };
}

async function firstOfOneDevice(tables: Tables, state: 'again' | 'unsent', most: Most): Promise<readonly OutboxRow[]> {
  const rows = await entriesIn(tables, state).limit(Math.min(most.changes, limits.changesPerPush)).toArray();
  const taken: OutboxRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row.bytes + envelopeBytes;
    // A change larger than the batch still goes, alone: it would never go otherwise.
    if (taken.length > 0 && (row.device !== taken[0]?.device || bytes > most.bytes)) break;
    taken.push(row);
  }
  return taken;
}

export function sentChange(row: OutboxRow): SentChange {
  return row.given === null ? changeOf(row) : { ...changeOf(row), given: row.given };
}
