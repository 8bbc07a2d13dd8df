import type { ResourceId } from '../ids.ts';
import type { Resource, Task } from '../plan/plan-item.ts';
import type { Plan } from '../plan/plan.ts';

export type ResourceKind = Resource['kind'];

/** What the resources of a plan cost, against the money that it sets aside; in the plan's currency, to the cent. */
export type ResourceCosts = {
  readonly byKind: Readonly<Record<'technical' | 'human', number>>;
  readonly total: number;
  /** The quantities of the financial resources. */
  readonly budget: number;
  /** Budget less total; negative where the plan costs more than it has. */
  readonly left: number;
  /** Technical and human resources of which no cost is known; the total leaves them out. */
  readonly unpriced: number;
};

/** A financial resource is money set aside and no cost, also where the plan repeats its amount as one. */
export function resourceCosts(resources: readonly Resource[]): ResourceCosts {
  const costOf = (kind: ResourceKind) =>
    cents(resources.filter((each) => each.kind === kind).map(({ cost }) => cost ?? 0));
  const byKind = { technical: costOf('technical'), human: costOf('human') };
  const total = cents(Object.values(byKind));
  const budget = cents(resources.filter(({ kind }) => kind === 'financial').map(({ quantity }) => quantity));
  const unpriced = resources.filter(({ kind, cost }) => kind !== 'financial' && cost === undefined).length;
  return { byKind, total, budget, left: cents([budget, -total]), unpriced };
}

/** The tasks that name each resource, in the plan's order; resources that no task names have no entry. */
export function tasksByResource(plan: Plan): ReadonlyMap<ResourceId, readonly Task[]> {
  const tasks = new Map<ResourceId, Task[]>();
  for (const task of plan.tasks) {
    for (const resource of new Set(task.resources)) {
      const known = tasks.get(resource);
      if (known === undefined) tasks.set(resource, [task]);
      else known.push(task);
    }
  }
  return tasks;
}

/** Amounts may have cents, which add up wrongly as fractions. */
function cents(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0) / 100;
}
