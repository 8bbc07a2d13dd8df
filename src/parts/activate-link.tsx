import { ButtonLink } from '../ui/button.tsx';
import { mayActivate } from './may-activate.ts';
import { useMe } from './use-me.ts';
import { usePlan, usePlanVersions } from './use-plan-versions.ts';

/** Leads to the activation; for who may not activate, to those who may. */
export function ActivateLink() {
  const me = useMe();
  const plan = usePlan(usePlanVersions()?.[0]);
  if (me == null) return null;
  const may = plan === null ? me.access === 'coordinator' : mayActivate(me, plan);
  return <ButtonLink href="/activate">{may ? 'Activate a plan' : 'Who may activate'}</ButtonLink>;
}
