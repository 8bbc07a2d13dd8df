import type { Packed, PackFault } from '../domain/ports/hand-over.ts';
import type { DeviceKey } from '../domain/ports/sync-store.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { base64url } from '../domain/sync/base64url.ts';
import {
  ageAt,
  bundleFormat,
  bundleParts,
  signedText,
  type Bundle,
  type HandOver,
  type RelayedBundle,
} from '../domain/sync/bundle.ts';
import { notice } from '../domain/sync/hybrid-clock.ts';
import type { SentChange } from '../domain/sync/protocol.ts';
import { instant, type Millis } from '../domain/time.ts';
import { isDue } from './bundle-due.ts';
import type { Tables } from './database.ts';
import type { DeviceClock } from './device-clock.ts';
import { readKey } from './device-key.ts';
import { entriesIn } from './outbox.ts';
import { readOwnState } from './own-state.ts';
import { sentChange } from './prepare-request.ts';
import { readReplica } from './replica.ts';
import type { StorageParts } from './write-changes.ts';

type Load = {
  readonly workspace: string;
  readonly person: string;
  readonly wall: Millis;
  readonly line: number;
  readonly changes: readonly SentChange[];
  readonly carried: readonly RelayedBundle[];
  readonly run: DeviceClock['run'];
};

/** See `HandOver.pack`. */
export async function packHandOver(
  parts: StorageParts & { readonly crypto: Crypto },
): Promise<Result<Packed, PackFault>> {
  const read = await parts.database.writeStrict(['own', 'outbox', 'replicas', 'bundles'], (tables) =>
    readLoad(tables, parts.clock),
  );
  if (!read.ok) return read;
  const key = await readKey(parts, 'live');
  if (!key.ok) return key;
  if (read.value === null || key.value === null) return err({ tag: 'not-joined' });
  const load = read.value;
  parts.clock.keep(load.run);
  const own: RelayedBundle[] = [];
  for (const changes of bundleParts(load.changes)) own.push({ ...(await signed(key.value, load, changes)), age: 0 });
  const handOver: HandOver = {
    format: bundleFormat,
    workspace: load.workspace,
    packedAt: instant(load.wall),
    // What others made first: what is made here may rest on it.
    bundles: [...load.carried, ...own],
  };
  return ok({ text: JSON.stringify(handOver), own: changesIn(own), carried: changesIn(load.carried) });
}

/** Everything unsettled, as one moment found it. The clock is noticed as before a push, whose `line` must be of that moment. */
async function readLoad(tables: Tables, clock: DeviceClock): Promise<Load | null> {
  const own = await readOwnState(tables);
  if (own.membership.state !== 'member') return null;
  const reading = clock.reading();
  const noticed = notice(own.clock.hybrid, clock.run, reading);
  if (noticed.clock.line !== own.clock.hybrid.line) await tables.own.put({ ...own.clock, hybrid: noticed.clock });
  const { line } = noticed.clock;
  const [again, unsent, rows, live] = [
    await entriesIn(tables, 'again').toArray(),
    await entriesIn(tables, 'unsent').toArray(),
    await tables.bundles.toArray(),
    await readReplica(tables, own.sync.live),
  ];
  const at = { wall: reading.wall, line, history: live.history, workspace: own.sync.workspace };
  return {
    workspace: own.membership.workspace.id,
    person: own.membership.person,
    ...{ wall: reading.wall, line },
    changes: [...again, ...unsent].map(sentChange),
    carried: rows.filter((row) => isDue(row, at)).map(({ bundle, taken }) => ({ ...bundle, age: ageAt(taken, at) })),
    run: noticed.run,
  };
}

async function signed(key: DeviceKey, load: Load, changes: readonly SentChange[]): Promise<Bundle> {
  const { workspace, person, wall, line } = load;
  const rest = {
    device: key.device,
    publicKey: key.publicKey,
    person,
    workspace,
    clientNow: instant(wall),
    line,
    changes,
  };
  return { ...rest, signature: base64url(await key.sign(signedText(rest))) };
}

function changesIn(bundles: readonly Bundle[]): number {
  return bundles.reduce((sum, { changes }) => sum + changes.length, 0);
}
