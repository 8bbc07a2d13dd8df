import { readChange } from '../domain/sync/change.ts';
import { mayBeHandedOver, type RelayedBundle } from '../domain/sync/bundle.ts';
import { receive, type HybridClock } from '../domain/sync/hybrid-clock.ts';
import type { Change } from '../domain/sync/protocol.ts';
import { deviceOf } from '../domain/sync/stamp.ts';
import type { DeviceId, PersonId } from '../domain/ids.ts';
import type { Millis } from '../domain/time.ts';
import { bundleBytes } from './carry.ts';
import type { Tables } from './database.ts';
import { newEntry, settle } from './outbox.ts';
import type { OwnState } from './own-state.ts';
import { readReplica } from './replica.ts';
import type { BundleRow, EntryKey, OutboxRow, RecordName, Rival } from './rows.ts';

type Brought = {
  /** In due form and verified. */
  readonly bundles: readonly RelayedBundle[];
  /** This device's clock now. */
  readonly wall: Millis;
};

/**
 * Keeps other phones' bundles in the caller's transaction and shows what they hold over the replica, until the server has judged
 * it. What is here already stays as it is. Gives the clock that has seen their stamps, and the records they are about.
 */
export async function keepBundles(
  tables: Tables,
  { membership, clock, sync }: OwnState,
  { bundles, wall }: Brought,
): Promise<{ readonly hybrid: HybridClock; readonly names: readonly RecordName[] }> {
  const live = await readReplica(tables, sync.live);
  const own = 'device' in membership ? membership.device : null;
  const names: RecordName[] = [];
  let { hybrid } = clock;
  for (const { age, ...bundle } of bundles) {
    if ((await tables.bundles.get(bundle.signature)) !== undefined) continue;
    const taken = { age, wall, line: clock.hybrid.line };
    const row: BundleRow = {
      ...{ signature: bundle.signature, bundle, taken, judgedIn: null },
      bytes: bundleBytes({ ...bundle, age }),
    };
    const { entries, rivals } = await newEntries(tables, row, own);
    if (entries.length === 0 && rivals.length === 0) continue;
    await tables.bundles.put({ ...row, ...(rivals.length === 0 ? {} : { rivals }) });
    await tables.outbox.bulkPut(entries);
    names.push(...entries.map(({ kind, key }): RecordName => [kind, key]));
    hybrid = entries.reduce((seen, { stamp }) => receive(seen, stamp), hybrid);
  }
  await settle(tables, live, names);
  return { hybrid, names };
}

/** What can be read of a bundle and is not here yet. The rest is not shown, and goes on to the server with the whole. */
async function newEntries(
  tables: Tables,
  { signature, bundle }: BundleRow,
  own: DeviceId | null,
): Promise<{ readonly entries: readonly OutboxRow[]; readonly rivals: readonly Rival[] }> {
  // no phone hands the others over
  const changes = bundle.changes.flatMap((raw) => shownChange(raw)).filter(mayBeHandedOver);
  const here = await tables.outbox
    .where('id')
    .anyOf(changes.map(({ id }) => id))
    .toArray();
  const known = new Set(here.map(({ id }) => id));
  const taken = await tables.outbox.bulkGet(changes.map(({ stamp, n }): EntryKey => [deviceOf(stamp), n]));
  const [entries, rivals]: [OutboxRow[], Rival[]] = [[], []];
  changes.forEach((change, at) => {
    const { id, kind, key } = change;
    if (known.has(id)) return;
    known.add(id);
    const device = deviceOf(change.stamp);
    // Another change under this number, or under a number that this device will use, comes of a cloned phone; the server will tell
    // which one stands.
    if (taken[at] !== undefined || device === own) {
      rivals.push({ id, kind, key, reason: null });
      return;
    }
    const { over: _, ...entry } = newEntry(change, device, (bundle.person ?? null) as PersonId | null);
    entries.push({ ...entry, state: 'carried', bundle: signature });
  });
  return { entries, rivals };
}

/** A value that this app could not have saved is not put on any screen; what a newer app wrote is. */
function shownChange(raw: unknown): readonly Change[] {
  const read = readChange(raw);
  if (read.tag === 'unreadable') return [];
  const isOdd = read.fault !== null && (read.fault.code === 'invalid' || read.fault.code === 'too-large');
  return isOdd ? [] : [read.change];
}
