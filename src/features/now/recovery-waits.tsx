import { recoveryOf } from '../../domain/incident/recovery.ts';
import { recordKey } from '../../domain/sync/kinds.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { useRecord } from '../../parts/use-live.ts';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';

/** For who may sign off: that every test is final, and their decision waits. */
export function RecoveryWaits({ view }: { readonly view: IncidentView }) {
  const role = view.plan.header?.recoverySignOff ?? null;
  const asked = role !== null && view.incident.status === 'active';
  const approval = useRecord('approval', asked ? recordKey(view.id, role) : null);
  if (!asked || approval === undefined) return null;
  const { openTests, declared } = recoveryOf(view.plan, view.records.progress, approval?.value ?? null);
  if (declared || openTests.length > 0 || view.plan.header?.recoveryTests.length === 0) return null;
  return (
    <Banner
      icon="check"
      title="A decision waits: declare recovery"
      action={
        <ButtonLink fit href="/incident">
          Decide
        </ButtonLink>
      }
    >
      Every test of the plan is final. It needs the sign-off of: {roleTitle(view.plan, role)}.
    </Banner>
  );
}
