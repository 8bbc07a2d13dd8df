import * as z from 'zod/mini';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import { planItem, type PlanItem, type PlanSection, type PublishedPlan } from '../../../src/domain/plan/plan-item.ts';

/** Plain words, or one word without a place to break, in the widest letters. */
export const wordings = ['words', 'unbroken'] as const;
export type Wording = (typeof wordings)[number];

/** The role that owns everything. */
export const owner = 'owner'.padEnd(64, '-of-everything');
const emptyRoles = ['empty-1'];
const phases = Array.from({ length: 8 }, (_, place) => `phase-${place + 1}`);
export const shortCodes = Array.from({ length: 40 }, (_, place) => `IT-${String(place + 1).padStart(2, '0')}`);
export const longCodes = ['A', 'B', 'C'].map((letter) => `${letter}${'-LONG-CODE'.repeat(6)}`.padEnd(64, 'W'));

/** A plan in which each text is as long as the schema of plan files lets it be. */
export function longestPlan(wording: Wording): PublishedPlan {
  const make = (section: PlanSection, id: string, given: Given) => longestItem(section, id, given, wording);
  const [anyLength, wholePage, mostSteps] = longCodes as [string, string, string];
  const taskFields = { owner, supporting: emptyRoles, dependsOn: [], target: 525_600, resources: ['resource'] };
  const items = [
    make('header', 'plan', {
      zone: 'Africa/Johannesburg',
      currency: 'ZAR',
      commandingRole: owner,
      declaredBy: [owner],
      approvedBy: [owner],
      recoveryTests: [],
      recoverySignOff: owner,
    }),
    make('group', 'group', { vest: 'operations' }),
    make('role', 'lead', { group: 'group', reportsTo: null }),
    make('role', owner, { group: 'group', reportsTo: 'lead' }),
    ...emptyRoles.map((id) => make('role', id, { group: 'group', reportsTo: owner, holders: [] })),
    make('contact', 'contact', { verifiedAt: '2026-11-02', neededBy: [owner] }),
    make('procedure', 'procedure', { owner, from: 0, to: 525_600, every: 525_600 }),
    ...phases.map((id, place) => make('phase', id, { from: place * 60, to: place * 60 + 60 })),
    make('task', anyLength, { ...taskFields, phase: 'phase-1', dependsOn: [...shortCodes, wholePage] }),
    make('task', wholePage, {
      ...taskFields,
      phase: 'phase-1',
      detail: undefined,
      steps: [],
      completionTest: longText(wording, 'whole-page-test', 400),
    }),
    make('task', mostSteps, { ...taskFields, phase: 'phase-2', owner: 'empty-1' }),
    ...shortCodes.map((id, place) =>
      make('task', id, {
        ...taskFields,
        phase: phases[place % phases.length],
        title: `Restore what ${id} names`,
        detail: undefined,
        steps: [],
        completionTest: `${id} can be read back.`,
      }),
    ),
    make('milestone', 'many', { at: 525_600, tasks: [...shortCodes, ...longCodes] }),
    ...phases.map((id, place) =>
      make('milestone', `end-of-${id}`, { at: place * 60 + 60, tasks: shortCodes.slice(0, 9), phase: id }),
    ),
    make('resource', 'resource', { owner, quantity: 1e12, cost: 1e12 }),
  ];
  const salted = items.map((item, place) => ({ ...item, order: place, salt: String(place).padStart(22, 'salt') }));
  const version = { plan: `longest-${wording}`, number: 1, author: null, items: salted, withheld: [] };
  return { ...(version as unknown as PublishedPlan), hash: planHash(version) };
}

/** Fields by their name that must not be made up; undefined leaves an optional one out. */
type Given = Readonly<Record<string, Json | undefined>>;

type Schema = {
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly type?: string;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
};

const schemas = (z.toJSONSchema(planItem, { io: 'input' }) as Schema).oneOf ?? [];

function longestItem(section: PlanSection, id: string, given: Given, wording: Wording): JsonObject {
  const schema = schemas.find(({ properties }) => properties?.['section']?.const === section);
  if (schema === undefined) throw new Error(`no schema of ${section}`);
  return longest(schema, `${id.slice(0, 10)}-${section}`, { id, order: 0, salt: '', ...given }, wording) as JsonObject;
}

/** Every field as long as it may be; of a list, more members than anybody writes. */
function longest(schema: Schema, path: string, given: Given, wording: Wording): Json {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0] ?? null;
  if (schema.oneOf !== undefined) return longest(schema.oneOf.at(-1) ?? {}, path, given, wording);
  if (schema.type === 'boolean') return true;
  if (schema.type === 'string' && schema.maxLength !== undefined) return longText(wording, path, schema.maxLength);
  if (schema.pattern !== undefined) return path;
  if (schema.type === 'array' && schema.items !== undefined) {
    const { items } = schema;
    return Array.from({ length: 4 }, (_, place) => longest(items, `${path}${place + 1}`, given, wording));
  }
  if (schema.properties === undefined) throw new Error(`${path} must be given`);
  const { id: _, ...within } = given;
  const fields = Object.entries(schema.properties).flatMap(([name, field]): readonly (readonly [string, Json])[] => {
    const isLeftOut = field.pattern !== undefined && !schema.required?.includes(name);
    const value =
      name in given ? given[name] : isLeftOut ? undefined : longest(field, `${path}-${name}`, within, wording);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(fields);
}

/** Exactly so long, and no two paths give the same. */
export function longText(wording: Wording, path: string, length: number): string {
  return wording === 'words'
    ? filledUp(`${path} `, (n) => `${plainWords[n % plainWords.length] ?? ''}${n} `, length)
    : filledUp(path.toUpperCase().replaceAll('-', ''), (n) => `W${n}M`, length);
}

const plainWords = [
  'restore',
  'the',
  'order',
  'database',
  'before',
  'anybody',
  'opens',
  'a',
  'till',
  'somewhere',
  'else',
];

function filledUp(start: string, part: (n: number) => string, length: number): string {
  let text = start;
  for (let n = 1; text.length < length; n += 1) text += part(n);
  return text.slice(0, length).replace(/ $/, '.');
}

/** Texts of sections, those of some fields only or all that are printed at all. */
export function textsIn(
  items: readonly PlanItem[],
  sections: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return items.flatMap((item) => {
    const fields = sections[item.section];
    if (fields === undefined) return [];
    return Object.entries(item).flatMap(([name, value]) => {
      if (fields.length > 0 && !fields.includes(name)) return [];
      return inOneSentence.has(name) ? [(value as readonly string[]).join(', ')] : textsOf(value as Json);
    });
  });
}

const inOneSentence = new Set(['audiences', 'channels']);

function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return value.length < shortestField ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** Ids are shorter. */
const shortestField = 200;
