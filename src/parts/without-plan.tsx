import type { Incident } from '../domain/incident/incident.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';

/** An incident is known before the plan version that it is worked by: that one is fetched after each connection. */
export function WithoutPlan({ title, incident }: { readonly title: string; readonly incident: Incident }) {
  return (
    <Page title={title}>
      <EmptyState title={`The plan of “${incident.title}” is not on this device yet.`}>
        Holdfast asks the server for it at every connection. Until it is here, work from your paper role card.
      </EmptyState>
    </Page>
  );
}
