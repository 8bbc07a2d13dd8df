import { startTransition, useEffect, useState } from 'react';
import { planIndex, type PlanIndex } from '../../domain/plan/find-items.ts';
import type { PlanItem } from '../../domain/plan/plan-item.ts';
import type { Plan } from '../../domain/plan/plan.ts';

/** Few enough that a slow phone reads their words between two letters typed. */
const itemsAtOnce = 100;

/** The words of a plan, gathered piece by piece once they are wanted; null until all of them are there. */
export function usePlanIndex(plan: Plan, wanted: boolean): PlanIndex | null {
  const [made, setMade] = useState<{ readonly plan: Plan; readonly index: PlanIndex } | null>(null);
  const whole = made?.plan === plan ? made.index : null;
  const isNeeded = wanted && whole === null;
  useEffect(() => {
    if (!isNeeded) return undefined;
    const items = itemsOf(plan);
    const index: PlanIndex[number][] = [];
    let next: ReturnType<typeof setTimeout>;
    const goOn = () => {
      index.push(...planIndex(items.slice(index.length, index.length + itemsAtOnce)));
      if (index.length < items.length) next = setTimeout(goOn);
      else startTransition(() => setMade({ plan, index }));
    };
    next = setTimeout(goOn);
    return () => clearTimeout(next);
  }, [plan, isNeeded]);
  return whole;
}

/** In the order of the document; groups are found by their roles. */
function itemsOf(plan: Plan): readonly PlanItem[] {
  return [
    ...plan.tasks,
    ...plan.roles,
    ...plan.contacts,
    ...plan.systems,
    ...plan.procedures,
    ...plan.milestones,
    ...plan.resources,
    ...(plan.header === null ? [] : [plan.header]),
    ...plan.objectives,
    ...plan.risks,
    ...plan.criteria,
    ...plan.phases,
  ];
}
