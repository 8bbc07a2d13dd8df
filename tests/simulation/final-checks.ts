import type { Json } from '../../src/domain/json.ts';
import type { SentChange } from '../../src/domain/sync/protocol.ts';
import type { OutboxRow } from '../../src/storage/rows.ts';
import type { TakenOver } from './hand-overs.ts';
import { markOf, type Made } from './ledger.ts';
import { lostPastFaults } from './lost-pasts.ts';
import { conflictFaults } from './model/conflict-rules.ts';
import type { Held } from './model/held.ts';
import { serverDevice } from './model/model-journal.ts';
import { visible } from './model/page-rules.ts';
import type { Run } from './run.ts';
import type { SimDevice } from './support/sim-device.ts';

/** reliability.md: nothing lost, nothing twice, everybody who was overruled told, all devices the same. */
export function finalFaults(run: Run): readonly string[] {
  const { model } = run.watch;
  const names = new Set(model.entries.map(({ kind, key }) => `${kind} ${key}`));
  return [
    ...conflictFaults(model, names),
    ...run.ledger.made.flatMap((made) => fateFaults(run, made)),
    ...run.takenOver.flatMap((taken) => takenFaults(run, taken)),
    ...lostPastFaults(run),
    ...run.devices.filter((device) => !run.isGone(device)).flatMap((device) => deviceFaults(run, device)),
  ];
}

/** Applied, superseded, or refused and kept with its reason; exactly once, on the server and on the phone that made it. */
function fateFaults(run: Run, made: Made): readonly string[] {
  const { mark, kind, key } = made;
  const name = `${mark} (${kind} ${key})`;
  const accepted = run.watch.model.entries.filter((entry) => isOf(made, entry));
  const faults: string[] = [];
  if (accepted.length > 1) faults.push(`${name} is ${String(accepted.length)} times in the journal`);
  if (run.isGone(made.device)) return faults;
  const rows = [made.device, ...made.device.twins].flatMap(({ outbox }) => outbox.filter((row) => isOf(made, row)));
  // not what was issued anew, and comes back in a bundle under its former name
  const own = made.device.outbox.filter((row) => row.bundle === undefined && isOf(made, row));
  if (made.failed && own.length > 0) faults.push(`${name} was said not to be kept, and is`);
  if (!made.sure && own.length === 0) return faults;
  if (own.length !== 1 && !isTidied(own, accepted, run.watch.model.safeSeq)) {
    faults.push(`${name} is ${String(own.length)} times on the phone of who made it`);
    return faults;
  }
  const [row] = own;
  if (row === undefined) return faults;
  if (row.state === 'judged' && !accepted.some(({ id }) => rows.some((each) => each.id === id)))
    faults.push(`${name} was accepted, and is not in the journal`);
  if (row.state === 'refused' && row.verdict?.reason == null) faults.push(`${name} is refused without a reason`);
  if (row.state === 'refused' && row.verdict?.history !== made.device.sync?.history)
    faults.push(`${name} was refused by a past that is gone, and never sent again`);
  if ((row.state === 'refused' || row.state === 'given-up') && accepted.length > 0 && rows.length === 1)
    faults.push(`${name} is refused on the phone and accepted by the server`);
  if (row.state === 'unsent' || row.state === 'again') faults.push(`${name} is still ${row.state}`);
  return faults;
}

/** What a phone took over reached the server, or was refused there and is kept with the reason; whatever became of its author. */
function takenFaults(run: Run, { by, changes }: TakenOver): readonly string[] {
  // a server that lost it may find its author again
  if (run.isGone(by) || run.remembered.length > 0) return [];
  const rivals = by.bundles.flatMap((row) => row.rivals ?? []).filter(({ reason }) => reason !== null);
  const refused = by.outbox.filter(({ verdict }) => verdict?.reason != null);
  const declined = new Set([...refused, ...rivals].map(({ id }) => id as string));
  const own = new Set(by.outbox.filter(({ bundle }) => bundle === undefined).map(workOf));
  return (
    changes
      .filter(({ id }) => !run.watch.model.held.has(id) && !declined.has(id))
      // what came back to its author, a clone that issued it anew since
      .filter((change) => !own.has(workOf(change)))
      .map(({ id }) => `${id}, which ${by.name} took over, came to nothing`)
  );
}

function workOf({ kind, key, value, wall }: Pick<SentChange, 'kind' | 'key' | 'value' | 'wall'>): string {
  return [kind, key, text(value), wall].join(' ');
}

/** Removed from the outbox long after a verified backup held it. */
function isTidied(own: readonly OutboxRow[], accepted: readonly Held[], safeSeq: number): boolean {
  return own.length === 0 && accepted.length === 1 && accepted.every(({ seq }) => seq <= safeSeq);
}

function isOf(
  { mark, kind }: Made,
  row: { readonly kind: string; readonly value: unknown; readonly device: string },
): boolean {
  if (row.kind !== kind || row.device === serverDevice) return false;
  return markOf(kind, row.value)?.split('/')[0] === mark;
}

function deviceFaults(run: Run, device: SimDevice): readonly string[] {
  const { membership } = device;
  const { model } = run.watch;
  if (membership.state !== 'member') return [];
  const faults: string[] = [];
  const wanted = visible(model, membership);
  const wantedByName = new Map(wanted.map((held) => [`${held.kind} ${held.key}`, held]));
  const stored = new Map(device.records.map((record) => [`${record.kind} ${record.key}`, record]));
  for (const [name, held] of wantedByName) {
    const record = stored.get(name);
    if (record?.change !== held.id)
      faults.push(`${device.name} has ${String(record?.change)} of ${name}, not ${held.id}`);
    else if (record.stamp !== held.stamp || record.seq !== held.seq || !isSame(record.value, held.value))
      faults.push(`${device.name} has another ${name} than the server`);
  }
  for (const name of stored.keys())
    if (!wantedByName.has(name)) faults.push(`${device.name} has ${name}, which it may not see`);
  for (const { over, kind, key, id } of device.outbox)
    if (over === 1 && wantedByName.has(`${kind} ${key}`))
      faults.push(`${device.name} shows its own ${id} over ${kind} ${key}`);
  for (const tab of device.tabs) faults.push(...screenFaults(tab.name, tab.seen, wanted, device.outbox));
  return faults;
}

/** What the live reads told the screens is what is stored. */
function screenFaults(
  name: string,
  seen: ReadonlyMap<string, readonly { readonly key: string; readonly change: string }[]>,
  wanted: readonly Held[],
  outbox: readonly OutboxRow[],
): readonly string[] {
  return [...seen].flatMap(([kind, rows]) => {
    const own = outbox.filter((row) => row.over === 1 && row.kind === kind && row.value !== null);
    const due = wanted.filter((held) => held.kind === kind && held.value !== null);
    const shown = [...new Map([...due, ...own].map(({ key, id }) => [key, id]))].map((pair) => pair.join(' ')).sort();
    const told = rows.map(({ key, change }) => `${key} ${change}`).sort();
    return shown.join() === told.join() ? [] : [`the screens of ${name} show ${told.join()} for ${shown.join()}`];
  });
}

function isSame(a: Json, b: unknown): boolean {
  return text(a) === text(b);
}

function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(text).join()}]`;
  return `{${Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${name}:${text(each)}`)
    .join()}}`;
}
