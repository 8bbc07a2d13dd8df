import type { RoleId, TaskCode } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { Approval, TaskProgress } from './incident.ts';

/** What stands between an incident and its declared recovery. */
export type Recovery = {
  /** The tests of the plan that are neither done nor not applicable. */
  readonly openTests: readonly TaskCode[];
  /** The role that signs recovery off; null where the plan names none. */
  readonly signOff: RoleId | null;
  readonly declared: boolean;
};

/**
 * Declaring recovery needs the test tasks and the sign-off of the role that the plan names (product.md, Sequence). A test that
 * was reopened after the sign-off takes the declaration back.
 */
export function recoveryOf(
  plan: Plan,
  progress: ReadonlyMap<TaskCode, TaskProgress>,
  approval: Approval | null,
): Recovery {
  const openTests = (plan.header?.recoveryTests ?? []).filter((code) => {
    const status = progress.get(code)?.status;
    return status !== 'done' && status !== 'not-applicable';
  });
  return {
    openTests,
    signOff: plan.header?.recoverySignOff ?? null,
    declared: openTests.length === 0 && approval?.decision === 'approved',
  };
}
