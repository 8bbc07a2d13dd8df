import type { Json, JsonObject } from '../json.ts';
import type { PlanSection } from './plan-item.ts';

/** One place of an item that names another item. */
export type PlanReference = {
  /** Inside the item: `['dependsOn', 0]`. */
  readonly path: readonly PropertyKey[];
  readonly section: PlanSection;
  readonly id: string;
};

/** `list` names each member; `holders` names the contact inside each member. */
type ReferenceField = readonly [field: string, section: PlanSection, form: 'one' | 'list' | 'holders'];

const fields: Readonly<Partial<Record<PlanSection, readonly ReferenceField[]>>> = {
  header: [
    ['commandingRole', 'role', 'one'],
    ['declaredBy', 'role', 'list'],
    ['approvedBy', 'role', 'list'],
    ['recoveryTests', 'task', 'list'],
    ['recoverySignOff', 'role', 'one'],
  ],
  system: [
    ['owner', 'role', 'one'],
    ['dependsOn', 'system', 'list'],
  ],
  role: [
    ['group', 'group', 'one'],
    ['reportsTo', 'role', 'one'],
    ['holders', 'contact', 'holders'],
  ],
  contact: [['neededBy', 'role', 'list']],
  procedure: [['owner', 'role', 'one']],
  task: [
    ['phase', 'phase', 'one'],
    ['owner', 'role', 'one'],
    ['supporting', 'role', 'list'],
    ['dependsOn', 'task', 'list'],
    ['resources', 'resource', 'list'],
    ['systems', 'system', 'list'],
  ],
  milestone: [
    ['tasks', 'task', 'list'],
    ['phase', 'phase', 'one'],
    ['system', 'system', 'one'],
  ],
  resource: [['owner', 'role', 'one']],
};

/** Every reference of an item that may be malformed elsewhere: what can be read as a name is given, the rest is left to the schema. */
export function referencesOf(item: JsonObject): readonly PlanReference[] {
  return (fields[item.section as PlanSection] ?? []).flatMap(([field, section, form]) => {
    const value = Object.hasOwn(item, field) ? item[field] : undefined;
    return named(value, [field], form).map(({ path, id }) => ({ path, section, id }));
  });
}

type Named = { readonly path: readonly PropertyKey[]; readonly id: string };

function named(value: Json | undefined, path: readonly PropertyKey[], form: ReferenceField[2]): readonly Named[] {
  if (form === 'one') return typeof value === 'string' ? [{ path, id: value }] : [];
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((member, place): readonly Named[] => {
    if (form === 'list') return named(member, [...path, place], 'one');
    return isObject(member) ? named(member['contact'], [...path, place, 'contact'], 'one') : [];
  });
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
