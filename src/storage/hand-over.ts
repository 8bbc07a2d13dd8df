import { instant } from '../domain/time.ts';
import { mayBeHandedOver } from '../domain/sync/bundle.ts';
import type { CarriedBundle, HandOver, Held } from '../domain/ports/hand-over.ts';
import { waitingRivals } from './bundle-due.ts';
import { carriedOf } from './carry.ts';
import type { Tables } from './database.ts';
import { entriesIn, settle } from './outbox.ts';
import { pulseAfter, readOwnState } from './own-state.ts';
import { packHandOver } from './pack-hand-over.ts';
import { readReplica } from './replica.ts';
import type { BundleRow, EntryKey, RecordName } from './rows.ts';
import { inspectHandOver, takeHandOver } from './take-hand-over.ts';
import type { StorageParts } from './write-changes.ts';
import { withoutValue } from './without-value.ts';

/** The `HandOver` port over the phone's database. Loaded when somebody opens its screen. */
export function createHandOver(parts: StorageParts & { readonly crypto: Crypto }): HandOver {
  const { database } = parts;
  return {
    held: database.live(['outbox', 'bundles'], readHeld),
    pack: () => packHandOver(parts),
    inspect: (text, way) => inspectHandOver(parts, text, way),
    take: (text, way) => takeHandOver(parts, text, way),
    forget: async (bundle) =>
      withoutValue(
        await database.writeStrict(['own', 'outbox', 'replicas', 'records', 'bundles'], (tables) =>
          forget(tables, bundle),
        ),
      ),
  };
}

async function readHeld(tables: Tables): Promise<Held> {
  const [unsent, again, rows] = await Promise.all([
    entriesIn(tables, 'unsent').toArray(),
    entriesIn(tables, 'again').toArray(),
    tables.bundles.toArray(),
  ]);
  const own = [...unsent, ...again];
  const travelling = own.filter(mayBeHandedOver).length;
  return {
    own: travelling,
    keptBack: own.length - travelling,
    carried: await Promise.all(rows.map((row) => carriedBundle(tables, row))),
  };
}

async function carriedBundle(tables: Tables, row: BundleRow): Promise<CarriedBundle> {
  const entries = await carriedOf(tables, row);
  const { device, person } = row.bundle;
  const rivals = row.rivals ?? [];
  return {
    bundle: row.signature,
    device,
    person: person ?? null,
    takenAt: instant(row.taken.wall),
    waiting: entries.filter(({ state }) => state === 'carried').length + waitingRivals(row),
    declined: [
      ...entries.flatMap(({ state, kind, key, verdict }) =>
        state === 'declined' && verdict?.reason ? [{ kind, key, reason: verdict.reason }] : [],
      ),
      ...rivals.flatMap(({ kind, key, reason }) => (reason === null ? [] : [{ kind, key, reason }])),
    ],
  };
}

async function forget(tables: Tables, signature: string): Promise<void> {
  const row = await tables.bundles.get(signature);
  // Until each change has its verdict the whole must go on: it is signed as a whole.
  if (row === undefined || row.judgedIn === null) return;
  const entries = await carriedOf(tables, row);
  const own = await readOwnState(tables);
  const names = entries.map(({ kind, key }): RecordName => [kind, key]);
  await tables.outbox.bulkDelete(entries.map(({ device, n }): EntryKey => [device, n]));
  await tables.bundles.delete(signature);
  await settle(tables, await readReplica(tables, own.sync.live), names);
  await tables.own.put(pulseAfter(own.pulse, names));
}
