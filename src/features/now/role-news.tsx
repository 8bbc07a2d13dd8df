import { offeredRoles } from '../../domain/incident/take-over.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { TakenByMore } from '../../parts/take-over-actions.tsx';
import { nameOf } from '../../parts/use-people.ts';
import { useTakeOver } from '../../parts/use-take-over.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

/** What happened to this person's roles: handed over to them, or taken by another as well. */
export function RoleNews({ view }: { readonly view: IncidentView }) {
  const { take } = useTakeOver(view);
  const { me, people, plan, incident, assignments } = view;
  if (incident.status !== 'active' || me.access === 'observer') return null;
  return (
    <>
      {offeredRoles(assignments, me.person).map(({ role, person, assignment }) => (
        <Banner
          key={`${role} ${person}`}
          tone="late"
          icon="people"
          title={`${nameOf(people, person)} hands ${roleTitle(plan, role)} over to you.`}
          action={
            <Button fit kind="primary" onClick={() => void take(role)}>
              Take over
            </Button>
          }
        >
          {assignment.note}
        </Banner>
      ))}
      {view.myRoles.map((role) => (
        <TakenByMore key={role} view={view} role={role} />
      ))}
    </>
  );
}
