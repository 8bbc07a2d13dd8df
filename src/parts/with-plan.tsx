import { unreachable } from '../domain/result.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { useIncident, type IncidentView } from './incident.tsx';
import { usePlan, usePlanVersions, type HeldVersion } from './use-plan-versions.ts';
import { WithoutPlan } from './without-plan.tsx';

/** The plan to read: that of the open incident, else the newest published one. */
export type PlanInSight = {
  readonly plan: Plan;
  readonly version: HeldVersion;
  /** Null where nothing is activated. */
  readonly view: IncidentView | null;
};

type WithPlanProps = {
  readonly title: string;
  /** What this screen will show once there is a plan. */
  readonly appears: string;
  readonly children: (sight: PlanInSight) => React.ReactNode;
};

/** A screen of a plan that works with and without an incident; says plainly what will appear while there is no plan. */
export function WithPlan({ title, appears, children }: WithPlanProps) {
  const incident = useIncident();
  switch (incident.state) {
    case 'open':
      return children({ plan: incident.view.plan, version: incident.view.version, view: incident.view });
    case 'reading':
      return null;
    case 'none':
      return (
        <PublishedPlan title={title} appears={appears}>
          {children}
        </PublishedPlan>
      );
    case 'without-plan':
      return <WithoutPlan title={title} incident={incident.incident} />;
    default:
      return unreachable(incident);
  }
}

function PublishedPlan({ title, appears, children }: WithPlanProps) {
  const versions = usePlanVersions();
  const newest = versions?.[0] ?? null;
  const plan = usePlan(newest);
  if (versions === undefined) return null;
  if (newest === null || plan === null) {
    return (
      <Page title={title}>
        <EmptyState title="No plan on this device yet." action={<ButtonLink href="/now">Get a plan</ButtonLink>}>
          {appears}
        </EmptyState>
      </Page>
    );
  }
  return children({ plan, version: newest, view: null });
}
