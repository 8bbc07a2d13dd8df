import { useMemo } from 'react';
import { currentContacts } from '../domain/communication/contacts.ts';
import type { Contact } from '../domain/plan/plan-item.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { usePlan, usePlanVersions, type HeldVersion } from './use-plan-versions.ts';

export type CurrentContacts = {
  readonly contacts: readonly Contact[];
  /** The later version that some of them are of; null where all are of the version itself. */
  readonly from: number | null;
};

/** The contacts of a plan version, as put right in a later version of the same plan. */
export function useCurrentContacts(plan: Plan | null, held: HeldVersion | null): CurrentContacts {
  const newest = usePlanVersions()?.find(({ version }) => version.plan === held?.version.plan) ?? null;
  const later = newest !== null && held !== null && newest.version.number > held.version.number ? newest : null;
  const laterPlan = usePlan(later);
  return useMemo(() => {
    const own = plan?.contacts ?? [];
    if (later === null || laterPlan === null) return { contacts: own, from: null };
    const contacts = currentContacts(own, laterPlan.contacts);
    const isChanged = contacts.some((each) => !own.includes(each));
    return { contacts, from: isChanged ? later.version.number : null };
  }, [plan, later, laterPlan]);
}
