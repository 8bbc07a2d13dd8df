import {
  forbiddenNames,
  keySegment,
  parseChangeId,
  parseInstant,
  type ChangeId,
  type DeviceId,
  type Stamp,
} from '../ids.ts';
import type { Json } from '../json.ts';
import { canonicalJson } from './canonical-json.ts';
import { checkValue } from './check-value.ts';
import { utf8Length } from './hash.ts';
import { isKind, kinds } from './kinds.ts';
import { limits } from './limits.ts';
import type { Change, Refusal, RefusalCode } from './protocol.ts';
import { deviceOf, parseStamp } from './stamp.ts';

/** One change of a request, read on its own: a bad one never stands in the way of the others (protocol.md, `POST /api/sync`). */
export type ReadChange =
  | {
      readonly tag: 'readable';
      readonly change: Change;
      /** The effective stamp it had before the server lost it. An unreadable one counts as none. */
      readonly given: Stamp | null;
      /** RFC 8785 text of the value; what is kept, compared and hashed. */
      readonly valueText: string;
      /** The first reason, from `unknown-kind` to `invalid` (value), for which it must be refused. */
      readonly fault: Refusal | null;
    }
  | {
      readonly tag: 'unreadable';
      /** Without an id the verdict stands by position. */
      readonly id: ChangeId | null;
      /** Both known: the change uses up this `n` of this device although it is refused. */
      readonly device: DeviceId | null;
      readonly n: number | null;
      readonly fault: Refusal;
    };

/** Values nested deeper than this are refused: what a recursion can't walk could not be hashed or shown. */
export const deepest = 64;
const kindForm = /^[a-z][a-z0-9-]{0,63}$/;

/** Reads one change from anything that JSON can say. Never throws; gives reasons in the order of protocol.md. */
export function readChange(raw: unknown): ReadChange {
  const fields = asFields(raw);
  const id = parseChangeId(fields.id);
  const n = isCounter(fields.n, 1) ? fields.n : null;
  const stamp = parseStamp(fields.stamp);
  const fault = headFault(fields, id.ok, stamp !== null);
  if (fault !== null || !id.ok || n === null || stamp === null) {
    return {
      tag: 'unreadable',
      id: id.ok ? id.value : null,
      device: stamp === null ? null : deviceOf(stamp),
      n,
      fault: fault ?? refusal('invalid', 'the change is not readable'),
    };
  }
  const value = fields.value === undefined ? null : (fields.value as Json);
  const change = onlyKnown(fields as unknown as Change, value);
  const shape = shapeFault(value);
  const valueText = shape === null ? canonicalJson(value) : plainText(value);
  return {
    tag: 'readable',
    change,
    given: parseStamp(fields.given),
    valueText,
    fault: valueFault(change, fields.value === undefined ? 'the value is missing' : shape, valueText),
  };
}

/** Bytes that count against the limits: UTF-8 of `JSON.stringify(value)`. */
export function valueBytes(value: Json): number {
  return utf8Length(JSON.stringify(value));
}

/** The most bytes that a value of this kind may have. */
export function mostBytes(kind: string): number {
  if (kind === 'plan-version') return limits.planVersionBytes;
  // The server writes two whole values into it; who decides sends them back.
  return kind === 'conflict' ? 2 * limits.valueBytes + 4096 : limits.valueBytes;
}

export function refusal(code: RefusalCode, message: string): Refusal {
  return { code, message };
}

/** Whether `key` is readable as a key of `kind`: generic segments for a kind that this build does not know. */
export function isKeyOf(kind: string, key: unknown): key is string {
  if (typeof key !== 'string' || key.length > 65 * 8) return false;
  const segments = key.split('/');
  if (isKind(kind) && segments.length !== kinds[kind].key.length) return false;
  return segments.every((segment) => keySegment.test(segment) && !forbiddenNames.has(segment));
}

function headFault(fields: Fields, hasId: boolean, hasStamp: boolean): Refusal | null {
  if (!hasId) return unreadable('id');
  if (!isCounter(fields.n, 1)) return unreadable('n');
  if (typeof fields.kind !== 'string' || !kindForm.test(fields.kind)) return unreadable('kind');
  if (!isKeyOf(fields.kind, fields.key)) return unreadable('key');
  if (!hasStamp) return unreadable('stamp');
  if (!parseInstant(fields.wall).ok) return unreadable('wall');
  if (!isCounter(fields.line, 0)) return unreadable('line');
  if (fields.base !== null && !parseChangeId(fields.base).ok) return unreadable('base');
  if (fields.seen !== null && parseStamp(fields.seen) === null) return unreadable('seen');
  return null;
}

function unreadable(what: string): Refusal {
  return refusal('invalid', `${what} is not readable`);
}

function valueFault(change: Change, shape: string | null, valueText: string): Refusal | null {
  if (!isKind(change.kind)) return refusal('unknown-kind', `this server does not know records of kind ${change.kind}`);
  const { v } = kinds[change.kind];
  if (!isCounter(change.v, 1) || change.v > v)
    return refusal('unsupported', `this server reads ${change.kind} up to v ${String(v)}`);
  const bytes = utf8Length(valueText);
  const most = mostBytes(change.kind);
  if (bytes > most)
    return refusal('too-large', `the value has ${String(bytes)} bytes, at most ${String(most)} are kept`);
  if (shape !== null) return refusal('invalid', shape);
  const faults = checkValue(change.kind, change.key, change.value);
  return faults.length === 0 ? null : refusal('invalid', faults.slice(0, 5).join('; '));
}

/** What could not be hashed or walked safely: numbers without end, names that reach a prototype, and nesting that has no end. */
export function shapeFault(value: Json, levels = deepest): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'a number is greater than any that can be kept';
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return `the value is nested deeper than ${String(deepest)} levels`;
  const isList = Array.isArray(value);
  const members = value as { readonly [name: string]: Json };
  for (const name of Object.keys(members)) {
    if (!isList && forbiddenNames.has(name)) return `a field may not be named ${name}`;
    const fault = shapeFault(members[name] ?? null, levels - 1);
    if (fault !== null) return fault;
  }
  return null;
}

/** The value as it came, for the quarantine. One nested beyond what the engine can write is not kept. */
function plainText(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'null';
  }
}

/** Unknown request fields are ignored (protocol.md, Limits). A `v` that is no number is none that anybody supports. */
function onlyKnown({ id, n, kind, key, base, seen, stamp, wall, line, v }: Change, value: Json): Change {
  return { id, n, kind, key, value, base, seen, stamp, wall, line, v: typeof v === 'number' ? v : 0 };
}

type Fields = { readonly [name in keyof Change | 'given']?: unknown };

function asFields(raw: unknown): Fields {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : {};
}

function isCounter(raw: unknown, least: number): raw is number {
  return Number.isSafeInteger(raw) && (raw as number) >= least;
}
