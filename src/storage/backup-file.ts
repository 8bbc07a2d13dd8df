import * as z from 'zod/mini';
import { parseInstant, parsePersonId } from '../domain/ids.ts';
import type { Json } from '../domain/json.ts';
import { readBundle, type RelayedBundle } from '../domain/sync/bundle.ts';
import { deepest, isKeyOf, readChange, shapeFault } from '../domain/sync/change.ts';
import { head, type Change, type SyncedRecord } from '../domain/sync/protocol.ts';
import { parseStamp } from '../domain/sync/stamp.ts';
import type { AsideRow, CarriedState, EntryState, OutboxRow, ReplicaRow, SettingRow, Verdict } from './rows.ts';

/*
 * `holdfast-backup/1`: one JSON document, written with one entry a line so that a file of any size is written and read in
 * pieces. It holds no key, no identity and no counter (protocol.md, Clones); unsent changes keep their ids.
 */

export const backupFormat = 'holdfast-backup/1';

export type BackupHeader = {
  readonly format: typeof backupFormat;
  readonly createdAt: string;
  /** Null if the phone never had a server. */
  readonly workspace: string | null;
  /** Whose phone it was; null if it was new. */
  readonly person: string | null;
  readonly replica: Pick<ReplicaRow, 'epoch' | 'view' | 'cursor' | 'head' | 'filled' | 'complete'>;
};

/** An outbox entry as it travels in the file; `verdict` only if it is of the file's replica's past. */
export type BackupChange = Pick<OutboxRow, 'person' | 'given'> & {
  /** Of this device's own work; what is carried for others travels in its bundle. */
  readonly state: Exclude<EntryState, CarriedState>;
  readonly change: Change;
  readonly verdict: Omit<Verdict, 'history'> | null;
  readonly settledAt: number | null;
};

export type BackupEntry =
  | { readonly entry: 'change'; readonly value: BackupChange }
  | { readonly entry: 'record'; readonly value: SyncedRecord }
  | { readonly entry: 'aside'; readonly value: AsideRow }
  | { readonly entry: 'setting'; readonly value: SettingRow }
  /** Carried for another device, as old as it was when the file was written. */
  | { readonly entry: 'bundle'; readonly value: RelayedBundle }
  /** The last one: a file without it was cut off. */
  | { readonly entry: 'end'; readonly value: { readonly entries: number } };

export function headerText(header: BackupHeader): string {
  return `${JSON.stringify(header).slice(0, -1)},"entries":[\n`;
}

export function entryText(entry: BackupEntry): string {
  return entry.entry === 'end' ? `${JSON.stringify(entry)}\n]}\n` : `${JSON.stringify(entry)},\n`;
}

/** Why a file is not taken; `detail` names the line, counted from 1. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
  readonly newer: boolean;

  constructor(detail: string, newer = false) {
    super(detail);
    this.newer = newer;
  }
}

export function parseHeader(line: string): BackupHeader {
  const opening = line.trim();
  if (!opening.endsWith('"entries":[')) throw new BackupFault('line 1: not the first line of a backup file');
  const raw = parseJson(`${opening}]}`, 1);
  const format = typeof raw === 'object' && raw !== null && 'format' in raw ? raw.format : null;
  if (typeof format !== 'string' || !/^holdfast-backup\/\d+$/.test(format))
    throw new BackupFault('line 1: not a backup file');
  if (format !== backupFormat) throw new BackupFault(`line 1: ${format} is newer than this app`, true);
  return read(headerSchema, raw, 1) as BackupHeader;
}

/** One entry, fully checked: nothing that this gives can break what is written later. */
export function parseEntry(line: string, at: number): BackupEntry {
  const raw = read(entrySchema, parseJson(line.trim().replace(/,$/, ''), at), at) as BackupEntry;
  if (raw.entry === 'change') return { entry: 'change', value: checkedChange(raw.value, at) };
  if (raw.entry === 'bundle' && readBundle(raw.value) === null)
    throw new BackupFault(`line ${String(at)}: not a readable bundle`);
  if ((raw.entry === 'record' || raw.entry === 'aside') && !isRecord(raw.value))
    throw new BackupFault(`line ${String(at)}: not a readable record`);
  return raw;
}

const text = z.string();
const whole = z.int().check(z.gte(0));

const headerSchema = z.looseObject({
  format: z.literal(backupFormat),
  createdAt: text.check(z.refine((raw) => parseInstant(raw).ok, 'must be a time')),
  workspace: z.nullable(text),
  person: z.nullable(text.check(z.refine((raw) => parsePersonId(raw).ok, 'must be a person'))),
  replica: z.looseObject({
    epoch: z.nullable(text),
    view: z.nullable(text),
    cursor: whole,
    head: z.nullable(head),
    filled: whole,
    complete: z.boolean(),
  }),
});

const verdictSchema = z.looseObject({
  outcome: z.enum(['applied', 'superseded', 'refused']),
  stamp: z.nullable(text),
  seq: z.nullable(whole),
  reason: z.nullable(z.looseObject({ code: text, message: text })),
  headSeq: whole,
});

const recordSchema = z.looseObject({
  kind: text,
  key: text,
  v: whole,
  change: text,
  base: z.nullable(text),
  stamp: text,
  author: z.looseObject({ person: z.nullable(text), device: text }),
  at: text,
  seq: whole,
});

const entrySchema = z.discriminatedUnion('entry', [
  z.looseObject({
    entry: z.literal('change'),
    value: z.looseObject({
      change: z.looseObject({}),
      person: z.nullable(text),
      state: z.enum(['unsent', 'again', 'judged', 'refused', 'given-up']),
      given: z.nullable(text),
      verdict: z.nullable(verdictSchema),
      settledAt: z.nullable(z.number()),
    }),
  }),
  z.looseObject({ entry: z.literal('record'), value: recordSchema }),
  z.looseObject({ entry: z.literal('aside'), value: z.extend(recordSchema, { foundAt: z.number() }) }),
  z.looseObject({ entry: z.literal('setting'), value: z.looseObject({ name: text, value: text }) }),
  z.looseObject({ entry: z.literal('bundle'), value: z.looseObject({}) }),
  z.looseObject({ entry: z.literal('end'), value: z.looseObject({ entries: whole }) }),
]);

/** What a newer app wrote is taken as it is; what this app could not have saved means a damaged file. */
function checkedChange(value: BackupChange, at: number): BackupChange {
  const change = readChange(value.change);
  if (change.tag === 'unreadable') throw new BackupFault(`line ${String(at)}: ${change.fault.message}`);
  const isDamaged = change.fault !== null && (change.fault.code === 'invalid' || change.fault.code === 'too-large');
  if (isDamaged && (value.state === 'unsent' || value.state === 'again'))
    throw new BackupFault(`line ${String(at)}: ${change.fault?.message ?? ''}`);
  const { person, state, verdict, settledAt } = value;
  return { change: change.change, person, state, verdict, settledAt, given: parseStamp(value.given) };
}

function isRecord({ kind, key, stamp, at, value }: SyncedRecord): boolean {
  return isKeyOf(kind, key) && parseStamp(stamp) !== null && parseInstant(at).ok && value !== undefined;
}

function read(schema: z.ZodMiniType, raw: Json, at: number): unknown {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new BackupFault(`line ${String(at)}: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`);
}

/** The most that stands around a value in one line. */
const aroundValue = 16;

function parseJson(line: string, at: number): Json {
  const raw = parsed(line, at);
  const fault = shapeFault(raw, deepest + aroundValue);
  if (fault !== null) throw new BackupFault(`line ${String(at)}: ${fault}`);
  return raw;
}

function parsed(line: string, at: number): Json {
  try {
    return JSON.parse(line) as Json;
  } catch {
    throw new BackupFault(`line ${String(at)}: not readable`);
  }
}
