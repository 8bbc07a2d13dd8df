import type { PersonId, RoleId } from '../ids.ts';
import type { Task } from '../plan/plan-item.ts';
import type { Plan } from '../plan/plan.ts';

/** Who holds which roles before an incident. */
type HoldersByRole = ReadonlyMap<RoleId, readonly PersonId[]>;

export type StruckRole = {
  readonly role: RoleId;
  /** Its holders who are missing. */
  readonly lost: readonly PersonId[];
  /** Its holders who are there. */
  readonly left: readonly PersonId[];
  readonly tasks: readonly Task[];
};

/** What a plan is like without some of its people. */
type MissingTonight = {
  /** Roles of which every known holder is missing; those with critical tasks first, then by the number of tasks. */
  readonly uncovered: readonly StruckRole[];
  /** Roles that hang on one person. */
  readonly thin: readonly StruckRole[];
  /** Roles that nobody known here holds, whoever is missing. */
  readonly unheld: readonly RoleId[];
};

/** Takes `missing` out of the plan. Guarantees: nobody missing uncovers nothing; the more are missing, the more is uncovered. */
export function missingTonight(plan: Plan, holders: HoldersByRole, missing: ReadonlySet<PersonId>): MissingTonight {
  const roles = plan.roles.map(({ id }): StruckRole => {
    const all = [...new Set(holders.get(id) ?? [])];
    return {
      role: id,
      lost: all.filter((person) => missing.has(person)),
      left: all.filter((person) => !missing.has(person)),
      tasks: plan.tasks.filter(({ owner }) => owner === id),
    };
  });
  return {
    uncovered: roles.filter(({ lost, left }) => left.length === 0 && lost.length > 0).sort(worstFirst),
    thin: roles.filter(({ lost, left }) => left.length === 1 && lost.length > 0).sort(worstFirst),
    unheld: roles.filter(({ lost, left }) => lost.length + left.length === 0).map(({ role }) => role),
  };
}

function worstFirst(a: StruckRole, b: StruckRole): number {
  return criticalOf(b) - criticalOf(a) || b.tasks.length - a.tasks.length;
}

export function criticalOf({ tasks }: StruckRole): number {
  return tasks.filter(({ critical }) => critical).length;
}
