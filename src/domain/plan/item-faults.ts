import type { Json } from '../json.ts';
import type { PlanItem } from './plan-item.ts';
import type { PlanFault } from './plan-fault.ts';
import { validatePlan } from './validate-plan.ts';

/** A fault of one item for its form: `field` is where it stands, null for the item as a whole. */
export type FieldFault = {
  readonly field: string | null;
  /** The place in a list (`steps[2]`), from 0; null where the field is no list or the fault is the list's. */
  readonly place: number | null;
  readonly words: string;
};

/**
 * What would be wrong with an item if it stood in the draft, field by field: its own faults, and a cycle that it closes even
 * where the whole plan's check names the cycle at another member.
 */
export function itemFaults(items: readonly PlanItem[], item: PlanItem): readonly FieldFault[] {
  const at = items.findIndex((each) => each.section === item.section && each.id === item.id);
  const whole = at < 0 ? [...items, item] : items.map((each, place) => (place === at ? item : each));
  const own = `items[${at < 0 ? items.length : at}]`;
  return validatePlan(whole as unknown as readonly Json[]).flatMap((fault): readonly FieldFault[] => {
    if (fault.path === own || fault.path.startsWith(`${own}.`)) return [fieldFault(fault, own)];
    if (fault.tag === 'cycle' && fault.item?.section === item.section && namesInCycle(fault).includes(item.id))
      return [{ field: item.section === 'role' ? 'reportsTo' : 'dependsOn', place: null, words: fault.words }];
    return [];
  });
}

function fieldFault({ path, words }: PlanFault, own: string): FieldFault {
  const [, field = null, place] = /^\.([A-Za-z]+)(?:\[(\d+)\])?/.exec(path.slice(own.length)) ?? [];
  return { field, place: place === undefined ? null : Number(place), words };
}

function namesInCycle({ words }: PlanFault): readonly string[] {
  return words.slice(words.indexOf(': ') + 2).split(' → ');
}
