import { useParams } from 'wouter';
import type { PersonId, RoleId } from '../../domain/ids.ts';
import type { GrantedRoles } from '../../domain/incident/workers-in.ts';
import { useIncident, type IncidentView } from '../../parts/incident.tsx';
import { ServerMemory } from '../../parts/server-memory.tsx';
import { useGrantedRoles } from '../../parts/use-grants.ts';
import { useMe, type Me } from '../../parts/use-me.ts';
import { useCurrentContacts } from '../../parts/use-current-contacts.ts';
import { usePlan, usePlanVersions } from '../../parts/use-plan-versions.ts';
import { usePeople, type People } from '../../parts/use-people.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { TwoPanes } from '../../ui/two-panes.tsx';
import { ContactTestPane } from './contact-test-pane.tsx';
import { DevicesPane } from './devices-pane.tsx';
import { InvitePane } from './invite-pane.tsx';
import { InvitesPane } from './invites-pane.tsx';
import { SeveralPane } from './several-pane.tsx';
import { PeopleList } from './people-list.tsx';
import { PersonPane } from './person-pane.tsx';
import { QuarantinePane } from './quarantine-pane.tsx';
import { RolePane } from './role-pane.tsx';
import { TrainingPane } from './training-pane.tsx';
import styles from './people.module.css';

/** What every part of this screen reads. `plan` and `view` are null where there is none yet. */
export type PeopleView = {
  readonly me: Me;
  readonly people: People;
  readonly plan: Plan | null;
  readonly incident: IncidentView | null;
  readonly granted: GrantedRoles;
};

/** Who takes part, who holds which role, how to reach them; coordinators invite and revoke here. */
export function PeoplePage() {
  const { what, id } = useParams<{ what?: string; id?: string }>();
  const me = useMe();
  const people = usePeople();
  const incident = useIncident();
  const granted = useGrantedRoles();
  const newest = usePlanVersions()?.[0] ?? null;
  const published = usePlan(newest);
  const open = incident.state === 'open' ? incident.view : null;
  const { plan } = useCurrentContacts(open?.plan ?? published, open?.version ?? newest);
  if (me == null || incident.state === 'reading') return null;
  const view: PeopleView = { me, people, plan, incident: open, granted };
  const pane = paneFor(view, what, id);
  return (
    <ServerMemory>
      <TwoPanes
        list={<PeopleList view={view} />}
        detail={pane}
        detailLabel="Details"
        hint={<p className={styles.hint}>Press a person or a role to see how to reach them.</p>}
      />
    </ServerMemory>
  );
}

function paneFor(view: PeopleView, what: string | undefined, id: string | undefined): React.ReactNode | null {
  switch (what) {
    case 'invite':
      return <InvitePane view={view} />;
    case 'invite-several':
      return <SeveralPane view={view} />;
    case 'invites':
      return <InvitesPane view={view} />;
    case 'devices':
      return <DevicesPane view={view} />;
    case 'contact-test':
      return <ContactTestPane view={view} />;
    case 'training':
      return <TrainingPane view={view} />;
    case 'quarantine':
      return id === undefined ? null : <QuarantinePane key={id} view={view} device={id} />;
    case 'role':
      return id === undefined ? null : <RolePane key={id} view={view} role={id as RoleId} />;
    case 'person':
      return id === undefined ? null : <PersonPane key={id} view={view} person={id as PersonId} />;
    default:
      return null;
  }
}
