import * as z from 'zod/mini';
import { incidentId } from '../incident/incident-id.ts';
import type { Incident } from '../incident/incident.ts';
import type { Json } from '../json.ts';
import { planHash } from '../plan/plan-hash.ts';
import { planItem, type PlanItem } from '../plan/plan-item.ts';
import { kinds, type Kind } from './kinds.ts';

const planItems = z.array(planItem);
const hashForm = /^[0-9a-f]{64}$/;

/**
 * Whether `value` may stand under `key`: every fault in words, none where it may. Null (a tombstone) always may. Used by the
 * phone before saving and by the server before accepting, so that what was saved is not refused later.
 */
export function checkValue(kind: Kind, key: string, value: Json): readonly string[] {
  if (value === null) return [];
  const read = z.safeParse(kinds[kind].value, value);
  if (!read.success)
    return read.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'value'}: ${issue.message}`);
  if (kind === 'incident') return incidentFaults(key, value as unknown as Incident);
  if (kind === 'plan-item') return planItemFaults(key, value as unknown as PlanItem);
  if (kind === 'plan-version') return planVersionFaults(key, value as unknown as PlanVersionFrame);
  return [];
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
  if (!value.withheld.every((each) => hashForm.test(each))) return ['withheld: must be hashes of items'];
  if (planHash(value) !== key) return ['the key is not the hash of the items'];
  const read = z.safeParse(planItems, value.items);
  return read.success
    ? []
    : read.error.issues.map((issue) => `items.${issue.path.map(String).join('.')}: ${issue.message}`);
}
