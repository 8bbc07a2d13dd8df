import type { PlanHash } from '../../domain/ids.ts';
import { usePlan, usePlanVersions, type HeldVersion } from '../../parts/use-plan-versions.ts';
import { useIncidents } from '../../parts/incident.tsx';
import { mayActivate } from '../../parts/may-activate.ts';
import { useMe, type Me } from '../../parts/use-me.ts';
import { StartFromBuiltIn } from '../../parts/start-from-built-in.tsx';
import type { Plan } from '../../domain/plan/plan.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { useState } from 'react';
import { ActivationForm } from './activation-form.tsx';
import { WhoActivates } from './who-activates.tsx';

/** Starts an incident or an exercise from a published version; works offline. */
export function ActivatePage() {
  const versions = usePlanVersions();
  const me = useMe();
  const [chosen, setChosen] = useState<PlanHash | null>(null);
  const held = versions?.find(({ hash }) => hash === chosen) ?? versions?.[0] ?? null;
  const plan = usePlan(held);
  const isOpen = useIncidents().known.some(({ incident }) => incident.status === 'active');
  if (versions === undefined || me == null) return null;
  const may = held === null || plan === null || mayActivate(me, plan);
  return (
    <Page title={!may ? 'Who may activate' : isOpen ? 'Activate another' : 'Activate a plan'}>
      <Content versions={versions} held={held} plan={plan} me={me} onVersion={setChosen} />
    </Page>
  );
}

type ContentProps = {
  readonly versions: readonly HeldVersion[];
  readonly held: HeldVersion | null;
  readonly plan: Plan | null;
  readonly me: Me;
  readonly onVersion: (hash: PlanHash) => void;
};

function Content({ versions, held, plan, me, onVersion }: ContentProps) {
  if (held === null || plan === null) {
    if (me.access === 'coordinator') return <StartFromBuiltIn />;
    return (
      <EmptyState title="No plan on this device yet.">
        It comes with the next connection; then it can be activated without one.
      </EmptyState>
    );
  }
  if (!mayActivate(me, plan)) {
    return <WhoActivates plan={plan} />;
  }
  return <ActivationForm key={held.hash} versions={versions} held={held} plan={plan} me={me} onVersion={onVersion} />;
}
