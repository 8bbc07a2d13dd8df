import * as z from 'zod/mini';
import type { Json, JsonObject } from '../json.ts';
import { utf8Length } from '../sync/hash.ts';
import { limits } from '../sync/limits.ts';
import { didYouMean } from './closest-name.ts';
import { fieldPath } from './field-path.ts';
import type { ItemFault, NamedItem, PlanFault } from './plan-fault.ts';
import { planItem, type PlanSection } from './plan-item.ts';
import { referencesOf } from './plan-references.ts';
import { cycleFaults, itemRuleFaults } from './plan-rules.ts';
import { shapeFaults } from './shape-faults.ts';

/**
 * Every fault of a plan, in the order of its items: what the plan file reader refuses and what an editor shows before
 * publishing. Guarantees: no fault hides another in a different field or item; an item that is malformed still counts as
 * there for those that refer to it; an empty list means that every reference leads somewhere and tasks, systems and roles
 * have an order. What refers to items that were withheld (a vendor's copy) can't be told and is not reported.
 */
export function validatePlan(items: readonly Json[], withheld: readonly string[] = []): readonly PlanFault[] {
  const named = items.flatMap(nameOf);
  const known = idsBySection(named);
  const whole = withheld.length === 0;
  const guess = guesses(known);
  const byPlace = new Map(named.map((each) => [each.place, each]));
  const cycles = cycleFaults(named);
  const doubles = duplicateFaults(named);
  const faults = items.flatMap((item, place) => {
    const each = byPlace.get(place);
    const found: readonly ItemFault[] = [
      ...itemShapeFaults(item),
      ...(doubles.get(place) ?? []),
      ...(each === undefined ? [] : itemRuleFaults(each)),
      ...(each === undefined || !whole ? [] : unknownReferences(each, known, guess)),
      ...(cycles.get(place) ?? []),
    ];
    return found.map(({ tag, path, words }) => ({
      tag,
      path: fieldPath(['items', place, ...path]),
      item: each === undefined ? null : { section: each.section, id: each.id },
      words,
    }));
  });
  return whole && !named.some(({ section }) => section === 'header') ? [...faults, noHeader] : faults;
}

const noHeader: PlanFault = {
  tag: 'no-header',
  path: 'items',
  item: null,
  words: 'the plan has no header (section "header", id "plan"): title, organisation and commanding role are missing',
};

const sections: ReadonlySet<unknown> = new Set(
  planItem._zod.def.options.map((option) => option.shape.section._zod.def.values[0]),
);

function nameOf(item: Json, place: number): readonly NamedItem[] {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
  const { section, id } = item as JsonObject;
  if (!sections.has(section) || typeof id !== 'string') return [];
  return [{ place, section: section as PlanSection, id, item: item as JsonObject }];
}

function idsBySection(named: readonly NamedItem[]): ReadonlyMap<PlanSection, ReadonlySet<string>> {
  const known = new Map<PlanSection, Set<string>>();
  for (const { section, id } of named) known.set(section, (known.get(section) ?? new Set()).add(id));
  return known;
}

function itemShapeFaults(item: Json): readonly ItemFault[] {
  const read = z.safeParse(planItem, item);
  const shape = read.success ? [] : shapeFaults(read.error.issues, item);
  const bytes = utf8Length(JSON.stringify(item));
  return [
    ...shape.map(({ path, words }) => ({ tag: 'malformed' as const, path, words })),
    ...(bytes > limits.valueBytes
      ? [{ tag: 'too-large' as const, path: [], words: `has ${bytes} bytes; one item may have ${limits.valueBytes}` }]
      : []),
  ];
}

/** Task codes are said over a radio, where capitals can't be heard: two that differ only in them count as one. */
function duplicateFaults(named: readonly NamedItem[]): ReadonlyMap<number, readonly ItemFault[]> {
  const first = new Map<string, NamedItem>();
  const faults = new Map<number, readonly ItemFault[]>();
  for (const each of named) {
    const key = `${each.section}/${each.section === 'task' ? each.id.toUpperCase() : each.id}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, each);
    else
      faults.set(each.place, [
        {
          tag: 'duplicate',
          path: ['id'],
          words: `${each.section === 'task' ? 'the task code' : `the ${each.section} id`} "${each.id}" is already taken by items[${before.place}]`,
        },
      ]);
  }
  return faults;
}

type Guess = (section: PlanSection, id: string) => string;

function unknownReferences(
  { section, item }: NamedItem,
  known: ReadonlyMap<PlanSection, ReadonlySet<string>>,
  guess: Guess,
): readonly ItemFault[] {
  return referencesOf(item).flatMap((reference): readonly ItemFault[] => {
    if (known.get(reference.section)?.has(reference.id) === true) return [];
    const inNoPhase = section === 'task' && reference.section === 'phase' ? 'is in no phase: ' : '';
    const words = `${inNoPhase}no ${reference.section} "${reference.id}"${guess(reference.section, reference.id)}`;
    return [{ tag: 'unknown-reference', path: reference.path, words }];
  });
}

/** A file of nothing but faults must not take minutes to explain: each name is guessed once, and only so many of them. */
function guesses(known: ReadonlyMap<PlanSection, ReadonlySet<string>>): Guess {
  const most = 50;
  const given = new Map<string, string>();
  return (section, id) => {
    const key = `${section}/${id}`;
    const before = given.get(key);
    if (before !== undefined) return before;
    const words = given.size < most ? didYouMean(id, known.get(section) ?? []) : '';
    given.set(key, words);
    return words;
  };
}
