import { useMemo } from 'react';
import { currentContacts } from '../domain/communication/contacts.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { usePlan, usePlanVersions, type HeldVersion } from './use-plan-versions.ts';

export type WithCurrentContacts<P extends Plan | null> = {
  /** The same object where no contact was put right since. */
  readonly plan: P;
  /** The later version that some of its contacts are of; null where all are its own. */
  readonly from: number | null;
};

/** A plan version with its contacts as put right in a later version of the same plan (docs/decisions/0012-current-contacts.md). */
export function useCurrentContacts<P extends Plan | null>(plan: P, held: HeldVersion | null): WithCurrentContacts<P> {
  const newest = usePlanVersions()?.find(({ version }) => version.plan === held?.version.plan) ?? null;
  const later = newest !== null && held !== null && newest.version.number > held.version.number ? newest : null;
  const laterPlan = usePlan(later);
  return useMemo(() => {
    if (plan === null || later === null || laterPlan === null) return { plan, from: null };
    const contacts = currentContacts(plan.contacts, laterPlan.contacts);
    const isChanged = contacts.some((each) => !plan.contacts.includes(each));
    return isChanged ? { plan: { ...plan, contacts }, from: later.version.number } : { plan, from: null };
  }, [plan, later, laterPlan]);
}
