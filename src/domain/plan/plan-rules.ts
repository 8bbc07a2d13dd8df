import { placeholders, templateFaults } from '../communication/template.ts';
import { isKnownZone } from '../incident/zoned-time.ts';
import type { Json, JsonObject } from '../json.ts';
import { didYouMean } from './closest-name.ts';
import { cyclesIn } from './dependency-graph.ts';
import type { ItemFault, NamedItem } from './plan-fault.ts';
import type { PlanSection } from './plan-item.ts';

/** What a well-formed item may still say wrong by itself. Fields of the wrong type are passed over: the schema reports them. */
export function itemRuleFaults({ section, item }: NamedItem): readonly ItemFault[] {
  if (section === 'header') return zoneFaults(item);
  if (section === 'phase') return windowFaults(item, []);
  if (section === 'milestone') return milestoneFaults(item);
  if (section === 'procedure') return procedureFaults(item);
  return [];
}

/** Tasks that wait for each other, systems that depend on each other, roles that report to each other; by place of an item in it. */
export function cycleFaults(named: readonly NamedItem[]): ReadonlyMap<number, readonly ItemFault[]> {
  const faults = new Map<number, readonly ItemFault[]>();
  for (const { section, field, words } of orders) {
    const inSection = named.filter((each) => each.section === section);
    const places = new Map(inSection.map(({ id, place }) => [id, place]));
    const edges = new Map(inSection.map(({ id, item }) => [id, strings(item[field])]));
    for (const cycle of cyclesIn(edges)) {
      const place = places.get(cycle[0] ?? '');
      if (place === undefined) continue;
      const said = cycle.length === 2 ? words.itself : `${words.eachOther}: ${cycle.join(' → ')}`;
      faults.set(place, [...(faults.get(place) ?? []), { tag: 'cycle', path: [field], words: said }]);
    }
  }
  return faults;
}

type Order = {
  readonly section: PlanSection;
  readonly field: string;
  readonly words: { readonly itself: string; readonly eachOther: string };
};

const orders: readonly Order[] = [
  {
    section: 'task',
    field: 'dependsOn',
    words: { itself: 'waits for itself', eachOther: 'tasks wait for each other' },
  },
  {
    section: 'system',
    field: 'dependsOn',
    words: { itself: 'depends on itself', eachOther: 'systems depend on each other' },
  },
  {
    section: 'role',
    field: 'reportsTo',
    words: { itself: 'reports to itself', eachOther: 'roles report to each other' },
  },
];

function zoneFaults({ zone }: JsonObject): readonly ItemFault[] {
  if (typeof zone !== 'string' || zone === '' || isKnownZone(zone)) return [];
  return [
    { tag: 'malformed', path: ['zone'], words: `no time zone "${zone}"; it must be one like Africa/Johannesburg` },
  ];
}

function windowFaults({ from, to }: JsonObject, path: readonly PropertyKey[]): readonly ItemFault[] {
  if (typeof from !== 'number' || typeof to !== 'number' || to > from) return [];
  return [
    { tag: 'window', path: [...path, 'to'], words: `must end after it begins: from minute ${from} to minute ${to}` },
  ];
}

function milestoneFaults({ tasks, phase }: JsonObject): readonly ItemFault[] {
  if (!Array.isArray(tasks) || tasks.length > 0 || typeof phase === 'string') return [];
  return [
    { tag: 'leads-nowhere', path: ['tasks'], words: 'leads to nothing: name the tasks or the phase that reach it' },
  ];
}

function procedureFaults({ cadence, templates }: JsonObject): readonly ItemFault[] {
  const ids = new Set<string>();
  return [
    ...objects(cadence).flatMap(([row, place]) => windowFaults(row, ['cadence', place])),
    ...objects(templates).flatMap(([template, place]) => [
      ...repeatedId(template, ids, place),
      ...['subject', 'body'].flatMap((field) => placeholderFaults(template[field], ['templates', place, field])),
    ]),
  ];
}

function repeatedId({ id }: JsonObject, before: Set<string>, place: number): readonly ItemFault[] {
  if (typeof id !== 'string') return [];
  const repeated = before.has(id);
  before.add(id);
  const words = `the template id "${id}" is used twice in this procedure`;
  return repeated ? [{ tag: 'duplicate', path: ['templates', place, 'id'], words }] : [];
}

function placeholderFaults(text: Json | undefined, path: readonly PropertyKey[]): readonly ItemFault[] {
  if (typeof text !== 'string') return [];
  return templateFaults(text).map((fault) => ({
    tag: 'placeholder',
    path,
    words:
      fault.tag === 'unclosed'
        ? 'has braces that do not belong together: a placeholder is written {{incident}}'
        : `no placeholder {{${fault.name}}}${didYouMean(fault.name, placeholders)}`,
  }));
}

function objects(value: Json | undefined): readonly (readonly [JsonObject, number])[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((member, place): readonly (readonly [JsonObject, number])[] =>
    typeof member === 'object' && member !== null && !Array.isArray(member) ? [[member as JsonObject, place]] : [],
  );
}

function strings(value: Json | undefined): readonly string[] {
  const members: readonly Json[] = Array.isArray(value)
    ? (value as readonly Json[])
    : value === undefined
      ? []
      : [value];
  return members.filter((member): member is string => typeof member === 'string');
}
