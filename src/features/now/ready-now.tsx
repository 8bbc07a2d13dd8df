import type { AccessLevel } from '../../domain/access/access.ts';
import { cardPath } from '../../domain/card/card-path.ts';
import { heldRoles } from '../../domain/incident/held-roles.ts';
import { counted } from '../../parts/amount-words.ts';
import { ExamplesNotice } from '../../parts/examples-notice.tsx';
import { LostBanner } from '../../parts/lost-banner.tsx';
import { mayActivate } from '../../parts/may-activate.ts';
import { ThreeWordsOf } from '../../parts/three-words-of.tsx';
import { useMe, type Me } from '../../parts/use-me.ts';
import { usePlan, usePlanVersions } from '../../parts/use-plan-versions.ts';
import { BeforeItCounts } from './before-it-counts.tsx';
import { CardRead } from './card-read.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { RoleCard } from '../../parts/role-card.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import { TrainingDueBanner } from '../../parts/training-due-banner.tsx';
import { YourNumbers } from '../../parts/your-numbers.tsx';
import { StartFromBuiltIn } from '../../parts/start-from-built-in.tsx';

const noRole: Readonly<Record<AccessLevel, string>> = {
  coordinator: 'You hold no role yet. You take one when the plan is activated.',
  responder: 'You hold no role yet. A coordinator gives you one, or you take one when the plan is activated.',
  observer: 'None: you read the plan and every incident, and change nothing.',
  vendor: 'You hold no role yet. A coordinator gives you one.',
};

/** No incident: the plan is ready, and this is what will appear here. */
export function ReadyNow() {
  const versions = usePlanVersions();
  const me = useMe();
  const latest = versions?.[0] ?? null;
  const plan = usePlan(latest);
  if (versions === undefined || me == null) return null;
  if (latest === null || plan === null) return <NoPlanYet me={me} />;
  const roles = heldRoles(plan, me.person, me.roles, []);
  return (
    <Page title="Ready" aside="No incident">
      <LostBanner />
      <TrainingDueBanner me={me} held={roles} />
      <ExamplesNotice plan={plan} mayEdit={me.access === 'coordinator'} />
      <Card>
        <p>
          <strong>{plan.header?.title ?? 'The plan'}</strong>, version {latest.version.number} ·{' '}
          <ThreeWordsOf hash={latest.hash} />
        </p>
        <p>
          {counted(plan.tasks.length, 'task')} in {counted(plan.phases.length, 'phase')} for{' '}
          {counted(plan.roles.length, 'role')}. They are on this device and work without a network. When the plan is
          activated, your next task appears here.
        </p>
        {mayActivate(me, plan) ? (
          <ButtonLink kind="primary" href="/activate">
            Activate the plan
          </ButtonLink>
        ) : (
          <ButtonLink href="/activate">Who may activate</ButtonLink>
        )}
      </Card>
      <Stack close>
        <GroupTitle>{roles.length > 1 ? 'Your roles' : 'Your role'}</GroupTitle>
        {roles.length === 0 ? <p>{noRole[me.access]}</p> : null}
        {roles.map((role) => (
          <RoleCard key={role} plan={plan} role={role}>
            <ButtonLink href={cardPath(latest.hash, role)} icon="role">
              Open my card
            </ButtonLink>
            <CardRead me={me} plan={plan} version={latest} role={role} />
          </RoleCard>
        ))}
      </Stack>
      <BeforeItCounts me={me} plan={plan} roles={roles} />
      <YourNumbers me={me} />
    </Page>
  );
}

function NoPlanYet({ me }: { readonly me: Me }) {
  return (
    <Page title="No plan yet">
      <LostBanner />
      {me.access === 'coordinator' ? (
        <StartFromBuiltIn />
      ) : me.access === 'vendor' && me.roles.length === 0 ? (
        <EmptyState title="You hold no role yet.">
          A coordinator gives you one; your part of the plan comes with the next connection after that.
        </EmptyState>
      ) : (
        <EmptyState title="The plan has not come yet.">
          It comes with the next connection, and then works without one.
        </EmptyState>
      )}
    </Page>
  );
}
