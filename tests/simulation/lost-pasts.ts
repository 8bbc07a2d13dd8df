import type { OutboxRow, StoredRecord } from '../../src/storage/rows.ts';
import type { Run } from './run.ts';
import type { SimDevice } from './support/sim-device.ts';

/** What a phone knew when the server lost its past (protocol.md, "A server with another past"). */
export type Remembered = {
  readonly device: SimDevice;
  /** How many pasts it had seen. */
  readonly history: number;
  readonly records: readonly StoredRecord[];
  /** The effective stamps that its own changes were given. */
  readonly stamps: ReadonlyMap<string, string>;
};

export function remember(run: Run): readonly Remembered[] {
  return run.devices.map((device) => ({
    device,
    history: device.sync?.history ?? 0,
    records: device.records,
    stamps: new Map(device.outbox.flatMap(stampOf)),
  }));
}

function stampOf({ id, bundle, state, verdict }: OutboxRow): readonly (readonly [string, string])[] {
  const isSettled = bundle === undefined && state !== 'given-up';
  return isSettled && verdict !== null && verdict.stamp !== null ? [[id, verdict.stamp]] : [];
}

/** Own changes go again with the stamp they had, and what others wrote and is lost is kept aside. */
export function lostPastFaults(run: Run): readonly string[] {
  // a phone without power may forget again what it had heard
  if (run.has('power')) return [];
  return run.remembered
    .filter(
      ({ device, history }) =>
        !run.isGone(device) && device.membership.state === 'member' && device.sync?.history !== history,
    )
    .flatMap((remembered) => [...givenFaults(remembered), ...asideFaults(run, remembered)]);
}

function givenFaults({ device, stamps }: Remembered): readonly string[] {
  return device.outbox
    .filter(({ id, verdict }) => stamps.has(id) && verdict?.history === device.sync?.history)
    .filter(({ id, given }) => given !== stamps.get(id))
    .map(({ id, given }) => `${device.name} sent ${id} again as of ${String(given)}, it had ${String(stamps.get(id))}`);
}

function asideFaults({ watch: { model } }: Run, { device, records }: Remembered): readonly string[] {
  const own = new Set<string>(device.outbox.map(({ id }) => id));
  const aside = new Set((device.disk.rows('aside') as readonly { readonly change: string }[]).map((row) => row.change));
  return records
    .filter(({ kind, change }) => !keptOtherwise.has(kind) && !model.held.has(change) && !own.has(change))
    .filter(({ kind, key, stamp }) => (model.winners.get(`${kind} ${key}`)?.stamp ?? '') < stamp)
    .filter(({ change }) => !aside.has(change))
    .map(({ kind, key, change }) => `${device.name} kept nothing of ${change} (${kind} ${key}), which the server lost`);
}

/** The server writes conflicts anew, a device reports on itself, and a grant is only lost where it says something else. */
const keptOtherwise: ReadonlySet<string> = new Set(['conflict', 'device', 'grant']);
