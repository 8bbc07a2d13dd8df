import type { TaskCode } from '../ids.ts';
import type { Contact, PlanItem, Task } from './plan-item.ts';
import type { Plan } from './plan.ts';

/*
 * What an editor does to a draft beyond one field of one item. Each function gives the items that change, without new salts:
 * who writes them gives each its own.
 */

/**
 * The tasks whose `order` changes when one moves a place up (-1) or down (1) within its phase. Guarantees: mostly one task, so
 * that two people who move different tasks both keep their move; the whole phase only where no number lies in between.
 */
export function moveTask(plan: Plan, code: TaskCode, by: -1 | 1): readonly Task[] {
  const task = plan.taskByCode.get(code);
  const inPhase = task === undefined ? [] : (plan.tasksByPhase.get(task.phase) ?? []);
  const from = inPhase.findIndex(({ id }) => id === code);
  const to = from + by;
  if (task === undefined || from < 0 || to < 0 || to >= inPhase.length) return [];
  const rest = inPhase.filter(({ id }) => id !== code);
  const order = between(rest[to - 1]?.order, rest[to]?.order);
  if (order !== null) return [{ ...task, order }];
  const moved = [...rest.slice(0, to), task, ...rest.slice(to)];
  return moved.map((each, place) => ({ ...each, order: (place + 1) * step }));
}

/** A place after everything of its section (tasks: of its phase). */
export function lastOrder(items: readonly { readonly order: number }[]): number {
  return items.reduce((greatest, { order }) => Math.max(greatest, order), 0) + step;
}

/** A free code in the manner of the owner's other tasks: `IT-09` after `IT-08`. */
export function freeTaskCode(plan: Plan, owner: string): string {
  const prefixes = plan.tasks.filter((task) => task.owner === owner).map(({ id }) => prefixOf(id));
  const prefix =
    prefixes[0] ??
    (owner
      .replace(/[^A-Za-z]/g, '')
      .slice(0, 3)
      .toUpperCase() ||
      'T');
  const taken = plan.tasks
    .filter(({ id }) => prefixOf(id) === prefix)
    .map(({ id }) => Number(/\d+$/.exec(id)?.[0] ?? 0));
  return `${prefix}-${String(Math.max(0, ...taken) + 1).padStart(2, '0')}`;
}

/** A free id made of the words of a name: `fire-brigade`, `fire-brigade-2`. */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48);
  const base = words === '' ? 'contact' : words;
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
  return id;
}

/**
 * What else changes when a task leaves the plan: tasks that waited for it wait for what it waited for, and milestones and
 * recovery tests no longer name it. Nothing is left that leads nowhere.
 */
export function withoutTask(items: readonly PlanItem[], code: TaskCode): readonly PlanItem[] {
  const gone = items.find((item): item is Task => item.section === 'task' && item.id === code);
  const inherited = gone?.dependsOn ?? [];
  return items.flatMap((item): readonly PlanItem[] => {
    if (item.section === 'task' && item.id !== code && item.dependsOn.includes(code)) {
      const dependsOn = item.dependsOn.flatMap((before) => (before === code ? inherited : [before]));
      return [{ ...item, dependsOn: [...new Set(dependsOn)].filter((before) => before !== item.id) }];
    }
    if (item.section === 'milestone' && item.tasks.includes(code))
      return [{ ...item, tasks: item.tasks.filter((each) => each !== code) }];
    if (item.section === 'header' && item.recoveryTests.includes(code))
      return [{ ...item, recoveryTests: item.recoveryTests.filter((each) => each !== code) }];
    return [];
  });
}

/** What else changes when a contact leaves the plan: holders keep their name and lose the link to it. */
export function withoutContact(items: readonly PlanItem[], id: Contact['id']): readonly PlanItem[] {
  return items.flatMap((item): readonly PlanItem[] => {
    if (item.section !== 'role' || !item.holders.some(({ contact }) => contact === id)) return [];
    const holders = item.holders.map((holder) => {
      if (holder.contact !== id) return holder;
      const { contact: _, ...rest } = holder;
      return rest;
    });
    return [{ ...item, holders }];
  });
}

const step = 10;

/** A number between two orders, or before or after the only one; null where there is none. */
function between(before: number | undefined, after: number | undefined): number | null {
  if (before === undefined) return after === undefined ? step : after - step;
  if (after === undefined) return before + step;
  const middle = (before + after) / 2;
  return middle > before && middle < after ? middle : null;
}

function prefixOf(code: string): string {
  return code.replace(/-?\d+$/, '');
}
