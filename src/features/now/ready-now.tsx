import { ThreeWordsOf } from '../../parts/three-words-of.tsx';
import { useMe } from '../../parts/use-me.ts';
import { usePlan, usePlanVersions } from '../../parts/use-plan-versions.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { RoleCard } from '../../parts/role-card.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import { StartFromBuiltIn } from '../../parts/start-from-built-in.tsx';

/** No incident: the plan is ready, and this is what will appear here. */
export function ReadyNow() {
  const versions = usePlanVersions();
  const me = useMe();
  const latest = versions?.[0] ?? null;
  const plan = usePlan(latest);
  if (versions === undefined || me == null) return null;
  if (latest === null || plan === null) return <NoPlanYet coordinator={me.access === 'coordinator'} />;
  return (
    <Page title="Ready" aside="No incident">
      <Card>
        <p>
          <strong>{plan.header?.title ?? 'The plan'}</strong>, version {latest.version.number} ·{' '}
          <ThreeWordsOf hash={latest.hash} />
        </p>
        <p>
          {plan.tasks.length} tasks in {plan.phases.length} phases for {plan.roles.length} roles. They are on this
          device and work without a network. When the plan is activated, your next task appears here.
        </p>
        {me.access === 'vendor' || me.access === 'observer' ? null : (
          <ButtonLink kind="primary" href="/activate">
            Activate the plan
          </ButtonLink>
        )}
      </Card>
      <Stack close>
        <GroupTitle>{me.roles.length > 1 ? 'Your roles' : 'Your role'}</GroupTitle>
        {me.roles.length === 0 ? (
          <p>You hold no role yet. A coordinator gives you one, or you take one when the plan is activated.</p>
        ) : null}
        {me.roles.map((role) => (
          <RoleCard key={role} plan={plan} role={role} />
        ))}
      </Stack>
    </Page>
  );
}

function NoPlanYet({ coordinator }: { readonly coordinator: boolean }) {
  return (
    <Page title="No plan yet">
      {coordinator ? (
        <StartFromBuiltIn />
      ) : (
        <EmptyState title="The plan has not come yet.">
          It comes with the next connection, and then works without one.
        </EmptyState>
      )}
    </Page>
  );
}
