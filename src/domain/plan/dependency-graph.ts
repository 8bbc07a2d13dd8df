import type { TaskCode } from '../ids.ts';
import type { Task } from './plan-item.ts';
import type { Plan } from './plan.ts';

/** From each id to the ids it waits for. Ids that are named but have no entry count as having nothing to wait for. */
export type Edges = ReadonlyMap<string, readonly string[]>;

/** The tasks that this one waits for itself, in the order the plan names them; codes that the plan doesn't have are left out. */
export function predecessors(plan: Plan, code: TaskCode): readonly Task[] {
  return (plan.taskByCode.get(code)?.dependsOn ?? []).flatMap((before) => plan.taskByCode.get(before) ?? []);
}

/** The tasks that wait for this one itself, in the plan's order. */
export function successors(plan: Plan, code: TaskCode): readonly Task[] {
  return plan.tasks.filter((task) => task.dependsOn.includes(code));
}

/**
 * One cycle of every knot of ids that wait for each other: the shortest one through the knot's first id, as
 * `['IT-03', 'IT-05', 'IT-03']`. Guarantees: an empty list means that there is an order; any depth is walked without recursion.
 */
export function cyclesIn(edges: Edges): readonly (readonly string[])[] {
  return knots(edges).flatMap((knot) => {
    const first = [...edges.keys()].find((id) => knot.has(id));
    const cycle = first === undefined ? null : shortestCycle(edges, first, knot);
    return cycle === null ? [] : [cycle];
  });
}

type Visit = { readonly id: string; readonly next: readonly string[]; place: number };

/** Tarjan's strongly connected components with a stack of its own; only those that hold a cycle. */
function knots(edges: Edges): readonly ReadonlySet<string>[] {
  const found: ReadonlySet<string>[] = [];
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const pending: string[] = [];
  const isPending = new Set<string>();
  const enter = (id: string): Visit => {
    index.set(id, index.size);
    lowest.set(id, index.size - 1);
    pending.push(id);
    isPending.add(id);
    return { id, next: edges.get(id) ?? [], place: 0 };
  };
  const lower = (id: string, to: number) => lowest.set(id, Math.min(lowest.get(id) ?? to, to));
  const leave = (id: string) => {
    if (lowest.get(id) !== index.get(id)) return;
    const knot = new Set(pending.splice(pending.lastIndexOf(id)));
    for (const each of knot) isPending.delete(each);
    if (knot.size > 1 || (edges.get(id) ?? []).includes(id)) found.push(knot);
  };
  for (const start of edges.keys()) {
    if (index.has(start)) continue;
    const stack = [enter(start)];
    for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
      const next = visit.next[visit.place];
      visit.place += 1;
      if (next === undefined) {
        leave(visit.id);
        stack.pop();
        const above = stack.at(-1);
        if (above !== undefined) lower(above.id, lowest.get(visit.id) ?? 0);
      } else if (!index.has(next)) stack.push(enter(next));
      else if (isPending.has(next)) lower(visit.id, index.get(next) ?? 0);
    }
  }
  return found;
}

function shortestCycle(edges: Edges, from: string, within: ReadonlySet<string>): readonly string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [from];
  for (let at = 0; at < queue.length; at += 1) {
    const here = queue[at] as string;
    for (const next of edges.get(here) ?? []) {
      if (next === from) return [...pathBack(cameFrom, from, here), from];
      if (!within.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, here);
      queue.push(next);
    }
  }
  return null;
}

function pathBack(cameFrom: ReadonlyMap<string, string>, from: string, to: string): readonly string[] {
  const path = [to];
  for (let at: string | undefined = to; at !== undefined && at !== from; at = cameFrom.get(at)) {
    const before = cameFrom.get(at);
    if (before !== undefined) path.unshift(before);
  }
  return path;
}
