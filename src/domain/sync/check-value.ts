import * as z from 'zod/mini';
import { incidentId } from '../incident/incident-id.ts';
import { parseInstant } from '../ids.ts';
import { taskStatuses, type Incident, type TaskStatus } from '../incident/incident.ts';
import type { Json, JsonObject } from '../json.ts';
import { planHash } from '../plan/plan-hash.ts';
import { planItem, type PlanItem } from '../plan/plan-item.ts';
import { kinds, type Kind } from './kinds.ts';
import { limits } from './limits.ts';

const hashForm = /^[0-9a-f]{64}$/;

/**
 * Whether `value` may stand under `key`: every fault in words, none where it may. Null (a tombstone) always may. Used by the
 * phone before saving and by the server before accepting, so that what was saved is not refused later.
 */
export function checkValue(kind: Kind, key: string, value: Json): readonly string[] {
  if (value === null) return [];
  const unreadable = kind === 'plan-version' ? planFrameFault(value) : null;
  if (unreadable !== null) return [unreadable];
  const read = z.safeParse(kinds[kind].value, value);
  if (!read.success)
    return read.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'value'}: ${issue.message}`);
  if (kind === 'incident') return incidentFaults(key, value as unknown as Incident);
  if (kind === 'plan-item') return planItemFaults(key, value as unknown as PlanItem);
  if (kind === 'plan-version') return planVersionFaults(key, value as unknown as PlanVersionFrame);
  return [];
}

/**
 * Whether the value has the shape that screens rely on. A server that is newer or wrong may send another one, which is then left
 * out. Kinds that a phone holds thousands of are looked at by hand, since a schema takes ten times as long; of a plan version only
 * the frame, its key being the hash that people compare.
 */
export function isReadable(kind: Kind, value: Json): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { status, reason, startedAt, endedAt, by, done, at, number } = value as JsonObject;
  switch (kind) {
    case 'task':
      return (
        taskStatuses.includes(status as TaskStatus) &&
        isText(reason) &&
        isText(by) &&
        isTime(startedAt) &&
        isTime(endedAt)
      );
    case 'step':
      return typeof done === 'boolean' && isText(by) && at !== null && isTime(at);
    case 'plan-version':
      return planFrameFault(value) === null && Number.isSafeInteger(number);
    default:
      return z.safeParse(kinds[kind].value, value).success;
  }
}

function isText(raw: Json | undefined): boolean {
  return raw === null || typeof raw === 'string';
}

function isTime(raw: Json | undefined): boolean {
  return raw === null || parseInstant(raw).ok;
}

/** Items of a plan, withheld ones included, are counted before any schema looks at them. */
export function hasTooManyItems(version: Json): boolean {
  const { items, withheld } = version as JsonObject;
  const count = (list: Json | undefined) => (Array.isArray(list) ? list.length : 0);
  return count(items) + count(withheld) > limits.planItems;
}

/** The first thing wrong with the frame: a schema would explain each of a hundred thousand empty items, and take minutes. */
function planFrameFault(value: Json): string | null {
  const { items, withheld } = value as JsonObject;
  if (hasTooManyItems(value)) return `items: a plan may have ${String(limits.planItems)}, withheld ones included`;
  if (!Array.isArray(items) || !Array.isArray(withheld)) return 'items and withheld must be lists';
  const place = (items as readonly Json[]).findIndex((item) => !isNamed(item));
  if (place !== -1) return `items.${String(place)}: must have section, id and salt`;
  return (withheld as readonly Json[]).every((each) => typeof each === 'string' && hashForm.test(each))
    ? null
    : 'withheld: must be hashes of items';
}

function isNamed(item: Json): boolean {
  if (typeof item !== 'object' || item === null) return false;
  const { section, id, salt } = item as JsonObject;
  return [section, id, salt].every((each) => typeof each === 'string');
}

type PlanVersionFrame = { readonly items: readonly object[]; readonly withheld: readonly string[] };

/** An incident can't move to another plan version, mode or code: its id is made of them (protocol.md, Ids). */
function incidentFaults(key: string, value: Incident): readonly string[] {
  if (value.mergedInto === key) return ['mergedInto: an incident can’t be merged into itself'];
  return incidentId(value.plan, value.mode, value.code) === key
    ? []
    : ['the key is not the id of this plan, mode and code'];
}

function planItemFaults(key: string, value: PlanItem): readonly string[] {
  const [, section, id] = key.split('/');
  return value.section === section && value.id === id ? [] : ['section and id are not those of the key'];
}

function planVersionFaults(key: string, value: PlanVersionFrame): readonly string[] {
  if (planHash(value) !== key) return ['the key is not the hash of the items'];
  for (const [place, item] of value.items.entries()) {
    if (JSON.stringify(item).length > limits.valueBytes)
      return [`items.${String(place)}: is larger than an item may be`];
    const read = z.safeParse(planItem, item);
    if (!read.success)
      return read.error.issues.map(
        (issue) => `items.${[place, ...issue.path].map(String).join('.')}: ${issue.message}`,
      );
  }
  return [];
}
