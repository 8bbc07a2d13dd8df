import { useParams } from 'wouter';
import type { RoleId } from '../../domain/ids.ts';
import { heldRoles } from '../../domain/incident/held-roles.ts';
import { holdersOf, nobodyWords } from '../../parts/holders-of.ts';
import { useIncident, type IncidentView } from '../../parts/incident.tsx';
import { TakeOverActions, TakenByMore } from '../../parts/take-over-actions.tsx';
import { vestOf } from '../../parts/role-badge.tsx';
import { RoleCard } from '../../parts/role-card.tsx';
import { TaskRow } from '../../parts/task-row.tsx';
import { taskView } from '../../parts/task-view.ts';
import { ThreeWordsOf } from '../../parts/three-words-of.tsx';
import { planMinutes, whenWords } from '../../parts/time-words.ts';
import { useGrantedRoles } from '../../parts/use-grants.ts';
import { useMe } from '../../parts/use-me.ts';
import { useNow } from '../../parts/use-now.ts';
import { nameOf } from '../../parts/use-people.ts';
import { usePlan, usePlanVersions, type HeldVersion } from '../../parts/use-plan-versions.ts';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Page } from '../../ui/page.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { CardRead } from './card-read.tsx';
import { HandOver } from './hand-over.tsx';

/** Where a role card's QR code leads: the role, and whether the card is of the version held here. */
export function RolePage() {
  const { prefix, role } = useParams<{ prefix: string; role: string }>();
  const incident = useIncident();
  const versions = usePlanVersions();
  const now = useNow();
  const me = useMe();
  const open = incident.state === 'open' ? incident.view : null;
  const worked = open?.version ?? versions?.[0] ?? null;
  const latestPlan = usePlan(open === null ? worked : null);
  const plan = open?.plan ?? latestPlan;
  if (versions === undefined || incident.state === 'reading') return null;
  if (plan === null || worked === null) {
    return (
      <Page title="Role">
        <EmptyState title="No plan on this device yet." action={<ButtonLink href="/join">Join with a code</ButtonLink>}>
          Join first; then this card opens its role here.
        </EmptyState>
      </Page>
    );
  }
  const id = role as RoleId;
  const found = plan.roleById.get(id);
  if (found === undefined) {
    return (
      <Page title="Role">
        <CardVersion prefix={prefix} worked={worked} versions={versions} />
        <EmptyState title={`The plan held here has no role “${role}”.`}>
          The card may be of another plan, or of an older version.
        </EmptyState>
      </Page>
    );
  }
  const tasks = plan.tasks.filter(({ owner }) => owner === id);
  return (
    <Page title={found.title}>
      <CardVersion prefix={prefix} worked={worked} versions={versions} />
      <RoleCard plan={plan} role={id} heading="h2" />
      {open === null ? null : <RoleNow view={open} role={id} />}
      <Stack close>
        <GroupTitle aside={`${tasks.length}`}>Tasks</GroupTitle>
        <RowList>
          {tasks.map((task) => (
            <li key={task.id}>
              {open === null ? (
                <p>
                  <strong>{task.id}</strong> {task.title}, within {planMinutes(task.target)}
                </p>
              ) : (
                <TaskRow
                  row={taskView(open, task, now)}
                  band={vestOf(plan, id)}
                  now={now}
                  zone={open.incident.zone}
                  onDone={null}
                />
              )}
            </li>
          ))}
        </RowList>
      </Stack>
      {open === null && me != null && heldRoles(plan, me.person, me.roles, []).includes(id) ? (
        <CardRead me={me} plan={plan} version={worked} role={id} />
      ) : null}
    </Page>
  );
}

/** Who works in it now, and what this person can do about that. */
function RoleNow({ view, role }: { readonly view: IncidentView; readonly role: RoleId }) {
  const granted = useGrantedRoles();
  const now = useNow();
  const { people, me, incident } = view;
  const working = holdersOf({ plan: view.plan, incident: view, granted }, role).now.map(({ person, since }) => {
    const name = person === me.person ? 'you' : nameOf(people, person);
    return since === null ? name : `${name}, since ${whenWords(since, incident.zone, now)}`;
  });
  return (
    <Stack close>
      <GroupTitle>Works in it now</GroupTitle>
      <p>{working.length === 0 ? nobodyWords(view) : `${working.join('; ')}.`}</p>
      <TakenByMore view={view} role={role} />
      <TakeOverActions view={view} role={role} />
      <HandOver view={view} role={role} />
      <ButtonLink href={`/people/role/${role}`}>How to reach its holders</ButtonLink>
    </Stack>
  );
}

function CardVersion({
  prefix,
  worked,
  versions,
}: {
  readonly prefix: string;
  readonly worked: HeldVersion;
  readonly versions: readonly HeldVersion[];
}) {
  const card = prefix === '' ? undefined : versions.find(({ hash }) => hash.startsWith(prefix.toLowerCase()));
  if (card?.hash === worked.hash) {
    return (
      <Banner tone="good" icon="check" title="The card is of the version held here.">
        Version {worked.version.number}: <ThreeWordsOf hash={worked.hash} />
      </Banner>
    );
  }
  return (
    <Banner
      tone="late"
      icon="warning"
      title={
        card === undefined
          ? 'The card is of a version that is not on this device.'
          : `The card is of version ${card.version.number}.`
      }
    >
      <p>
        Worked here is version {worked.version.number}: <ThreeWordsOf hash={worked.hash} />. Compare the three words on
        the card before you follow it.
      </p>
    </Banner>
  );
}
