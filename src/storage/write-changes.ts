import type { Draft, Saved, WriteFault } from '../domain/ports/records.ts';
import type { Membership } from '../domain/ports/device.ts';
import type { ChangeId, DeviceId, PersonId, Stamp } from '../domain/ids.ts';
import type { Json } from '../domain/json.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { mostBytes, readChange, valueBytes } from '../domain/sync/change.ts';
import { tick } from '../domain/sync/hybrid-clock.ts';
import { kinds } from '../domain/sync/kinds.ts';
import type { Change } from '../domain/sync/protocol.ts';
import { formatStamp } from '../domain/sync/stamp.ts';
import { uuid7, uuid7Bytes } from '../domain/sync/uuid7.ts';
import { instant } from '../domain/time.ts';
import { writeDirect, type WriteTables } from './direct-write.ts';
import type { OpenDatabase } from './open-database.ts';
import { nameText, newEntry } from './outbox.ts';
import { isBeyond } from './shown-record.ts';
import { pulseAfter, readOwnState, type OwnState } from './own-state.ts';
import type { OutboxRow, RecordName, StoredRecord } from './rows.ts';

/** Everything but the browser's cryptography, which only keys need. */
export type StorageParts = Omit<OpenDatabase, 'crypto'>;

/** A draft that may be saved, under the id it will have. */
export type ReadyDraft = {
  readonly id: ChangeId;
  readonly kind: Draft['kind'];
  readonly key: string;
  readonly value: Json;
  readonly shown: { readonly change: ChangeId; readonly stamp: Stamp | null } | null;
};

export type ChangeAuthor = { readonly device: DeviceId; readonly person: PersonId };

/** The guarantees are those of `Records.write`. */
export async function writeChanges(
  parts: StorageParts,
  drafts: readonly Draft[],
): Promise<Result<readonly Saved[], WriteFault>> {
  if (drafts.length === 0) return ok([]);
  // Read once, so that another attempt writes the same changes; and while the disk answers.
  let read: Result<readonly ReadyDraft[], WriteFault> | null = null;
  let run = parts.clock.run;
  const written = await writeDirect(parts.database, async (tables): Promise<Result<readonly Saved[], WriteFault>> => {
    const before = read?.ok === true ? await alreadySaved(tables, read.value) : null;
    if (before !== null) return ok(before);
    const reading = readBefore(parts, tables, drafts);
    read ??= readyDrafts(parts, drafts);
    const { own, newer, stood } = await reading;
    if (!read.ok) return read;
    const author = authorOf(own.membership);
    if (author === null) return err({ tag: 'no-author' });
    if (newer !== null) return err({ tag: 'read-only', kind: newer.kind, key: newer.key });
    const added = addChanges(parts, own, author, read.value);
    run = added.run;
    await Promise.all([
      putEntries(tables, added.entries, stood),
      tables.own.bulkPut([added.own.clock, added.own.pulse]),
    ]);
    return ok(added.entries.map(({ id, n }) => ({ change: id, n })));
  });
  if (!written.ok) return written;
  if (written.value.ok) parts.clock.keep(run);
  return written.value;
}

type Before = {
  readonly own: OwnState;
  readonly newer: StoredRecord | null;
  readonly stood: readonly OutboxRow[];
};

/** All that a write must know, asked for at once: a person waits for each way to the disk and back. */
async function readBefore(parts: StorageParts, tables: WriteTables, drafts: readonly Draft[]): Promise<Before> {
  const guess = parts.memo.live;
  const names = drafts.map(({ kind, key }): RecordName => [kind, key]);
  const [own, newer, stood] = await Promise.all([
    readOwnState(tables),
    newerRecord(tables, guess, names),
    tables.entriesOver(names),
  ]);
  const { live } = own.sync;
  parts.memo.live = live;
  return { own, newer: live === guess ? newer : await newerRecord(tables, live, names), stood };
}

function readyDrafts(parts: StorageParts, drafts: readonly Draft[]): Result<readonly ReadyDraft[], WriteFault> {
  const ready: ReadyDraft[] = [];
  for (const draft of drafts) {
    const read = readyDraft(parts, draft);
    if (!read.ok) return read;
    ready.push(read.value);
  }
  return ok(ready);
}

/** Everything that can be refused of a draft by itself is refused here, before anything is written. */
export function readyDraft({ clock, random }: StorageParts, draft: Draft): Result<ReadyDraft, WriteFault> {
  // What is kept is what will travel: JSON, without the fields that are undefined.
  const value = JSON.parse(JSON.stringify(draft.value)) as Json;
  const { kind, key, shown } = draft;
  const now = clock.now();
  const id = uuid7(now, random.bytes(uuid7Bytes));
  const read = readChange({
    ...{ id, n: 1, kind, key, value, base: null, seen: null, line: 1, v: kinds[kind].v, wall: instant(now) },
    stamp: formatStamp({ time: now, counter: 0, device: '0000000000000000' as DeviceId }),
  });
  if (read.fault === null) return ok({ id, kind, key, value, shown });
  if (read.fault.code === 'too-large')
    return err({ tag: 'too-large', kind, key, bytes: valueBytes(value), most: mostBytes(kind) });
  return err({ tag: 'invalid', kind, key, faults: [read.fault.message] });
}

/** Gives each draft its `n` and claimed stamp and moves counter, clock and pulse on. */
export function addChanges(
  parts: StorageParts,
  own: OwnState,
  { device, person }: ChangeAuthor,
  drafts: readonly ReadyDraft[],
) {
  const entries: OutboxRow[] = [];
  let { n, hybrid } = own.clock;
  let { run } = parts.clock;
  for (const { id, kind, key, value, shown } of drafts) {
    const ticked = tick(hybrid, run, parts.clock.reading(), device);
    ({ clock: hybrid, run } = ticked);
    n += 1;
    const { stamp, wall, line } = ticked;
    const about = { base: shown?.change ?? null, seen: shown?.stamp ?? null, v: kinds[kind].v };
    const change: Change = { id, n, kind, key, value, ...about, stamp, wall, line };
    entries.push(newEntry(change, device, person));
  }
  const touched = entries.map(({ kind, key }): RecordName => [kind, key]);
  const next: OwnState = { ...own, clock: { ...own.clock, n, hybrid }, pulse: pulseAfter(own.pulse, touched) };
  return { entries, own: next, run };
}

/** Adds new entries; each takes the place of the one that `stood` over its record. */
export async function putEntries(
  { outbox }: { readonly outbox: { bulkPut(rows: readonly OutboxRow[]): PromiseLike<unknown> } },
  entries: readonly OutboxRow[],
  stood: readonly OutboxRow[],
): Promise<void> {
  const last = new Map(entries.map((entry) => [nameText(entry), entry]));
  const rows = entries.map((entry) => (last.get(nameText(entry)) === entry ? entry : withoutOver(entry)));
  await outbox.bulkPut([...stood.map(withoutOver), ...rows]);
}

export function withoutOver({ over: _, ...entry }: OutboxRow): OutboxRow {
  return entry;
}

/** The commit of an earlier attempt may have succeeded although its word was lost with the connection. */
async function alreadySaved(tables: WriteTables, drafts: readonly ReadyDraft[]): Promise<readonly Saved[] | null> {
  const found = await tables.entriesOf(drafts.map(({ id }) => id));
  if (found.length < drafts.length) return null;
  const byId = new Map(found.map(({ id, n }) => [id, n]));
  return drafts.map(({ id }) => ({ change: id, n: byId.get(id) ?? 0 }));
}

/** A record among these that only a newer app may write. */
async function newerRecord(
  tables: WriteTables,
  live: number,
  names: readonly RecordName[],
): Promise<StoredRecord | null> {
  const stored = await tables.stored(live, names);
  return stored.find((record) => record !== undefined && isBeyond(record)) ?? null;
}

/** Whose changes this device makes; null for a device that is nobody's, such as one that was just wiped. */
export function authorOf(membership: Membership): ChangeAuthor | null {
  return membership.state === 'alone' || membership.state === 'member' ? membership : null;
}
