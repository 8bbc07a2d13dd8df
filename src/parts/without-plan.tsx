import type { Incident } from '../domain/incident/incident.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { usePlanVersions } from './use-plan-versions.ts';

/** An incident is known before the plan version that it is worked by: that one is fetched after each connection. */
export function WithoutPlan({ title, incident }: { readonly title: string; readonly incident: Incident }) {
  const other = usePlanVersions()?.[0];
  return (
    <Page title={title}>
      <EmptyState
        title={`The plan of “${incident.title}” is not on this device yet.`}
        action={
          other === undefined ? undefined : (
            <ButtonLink href="/plan">Read version {other.version.number}, which is here</ButtonLink>
          )
        }
      >
        Holdfast asks the server for it at every connection. Until it is here, work from your paper role card.
      </EmptyState>
    </Page>
  );
}
