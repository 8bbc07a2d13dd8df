import { useMemo } from 'react';
import { useParams } from 'wouter';
import { resourceCosts, tasksByResource, type ResourceCosts } from '../../domain/resource/resource-costs.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Resource } from '../../domain/plan/plan-item.ts';
import { money } from '../../parts/money.ts';
import { unbroken } from '../../parts/unbroken.ts';
import { WithPlan, type PlanInSight } from '../../parts/with-plan.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle, ScreenTitle } from '../../ui/heading.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { TwoPanes } from '../../ui/two-panes.tsx';
import { ResourceDetail } from './resource-detail.tsx';
import { amountWords, kindWords } from './resource-words.ts';
import styles from './resources.module.css';

/** What the recovery needs, what that costs, and what is set aside for it; to read. */
export function ResourcesPage() {
  return (
    <WithPlan
      title="Resources"
      appears="What the recovery needs appears here: equipment, people and money, with what it costs and where it comes from."
    >
      {(sight) => <Resources sight={sight} />}
    </WithPlan>
  );
}

function Resources({ sight: { plan, view } }: { readonly sight: PlanInSight }) {
  const { resource: opened } = useParams<{ resource?: string }>();
  const tasks = useMemo(() => tasksByResource(plan), [plan]);
  const found = plan.resources.find(({ id }) => id === opened) ?? null;
  return (
    <TwoPanes
      list={<ResourceList plan={plan} />}
      detail={
        found === null ? null : (
          <ResourceDetail
            key={found.id}
            plan={plan}
            resource={found}
            tasks={tasks.get(found.id) ?? []}
            worked={view !== null}
          />
        )
      }
      hint={
        plan.resources.length === 0 ? null : (
          <EmptyState title="Open a resource.">Its source, owner and the tasks that need it stand here.</EmptyState>
        )
      }
      detailLabel="Resource"
    />
  );
}

const kinds = ['technical', 'human', 'financial'] as const;

function ResourceList({ plan }: { readonly plan: Plan }) {
  const costs = useMemo(() => resourceCosts(plan.resources), [plan]);
  const currency = plan.header?.currency ?? '';
  if (plan.resources.length === 0) {
    return (
      <Stack>
        <ScreenTitle>Resources</ScreenTitle>
        <EmptyState title="This copy of the plan has no resources.">
          Those that your tasks need appear here once the coordinator has put them into the plan.
        </EmptyState>
      </Stack>
    );
  }
  return (
    <Stack>
      <ScreenTitle>Resources</ScreenTitle>
      <Budget costs={costs} currency={currency} />
      {kinds.map((kind) => {
        const resources = plan.resources.filter((each) => each.kind === kind);
        if (resources.length === 0) return null;
        const sum = kind === 'financial' ? costs.budget : costs.byKind[kind];
        return (
          <Stack close key={kind}>
            <GroupTitle aside={`${money(sum, currency)} ${kind === 'financial' ? 'set aside' : 'in all'}`}>
              {kindWords[kind]}
            </GroupTitle>
            <RowList label={kindWords[kind]}>
              {resources.map((resource) => (
                <li key={resource.id}>
                  <RowLink
                    href={`/resources/${resource.id}`}
                    title={resource.name}
                    detail={detailOf(resource, currency)}
                  />
                </li>
              ))}
            </RowList>
          </Stack>
        );
      })}
    </Stack>
  );
}

/** Costs against the money set aside, in a sentence and as a bar. A part of a plan has no whole to compare. */
function Budget({ costs, currency }: { readonly costs: ResourceCosts; readonly currency: string }) {
  const { total, budget, left, unpriced, byKind } = costs;
  const words =
    budget === 0
      ? `The resources cost ${money(total, currency)}; no money is set aside in what you see of the plan.`
      : left >= 0
        ? `The resources cost ${money(total, currency)} of ${money(budget, currency)} set aside.`
        : `The resources cost ${money(-left, currency)} more than is set aside.`;
  return (
    <Stack close>
      <p className={styles.headline}>{unbroken(words)}</p>
      {budget === 0 ? null : (
        <div className={styles.panel}>
          <ProgressBar
            label="Costs"
            done={Math.min(total, budget)}
            of={budget}
            numbers={`${money(total, currency)} of ${money(budget, '')}`}
          />
          <p className={styles.quiet}>
            {(['technical', 'human'] as const)
              .filter((kind) => byKind[kind] > 0)
              .map((kind) => `${kindWords[kind]} ${money(byKind[kind], currency)}`)
              .concat(left >= 0 ? [`left ${money(left, currency)}`] : [])
              .join(' · ')}
          </p>
        </div>
      )}
      {unpriced === 0 ? null : (
        <p className={styles.quiet}>
          {unpriced} {unpriced === 1 ? 'resource has' : 'resources have'} no cost in the plan and{' '}
          {unpriced === 1 ? 'is' : 'are'} not counted.
        </p>
      )}
    </Stack>
  );
}

function detailOf(resource: Resource, currency: string): string {
  const cost =
    resource.cost === undefined || resource.kind === 'financial'
      ? []
      : [resource.cost === 0 ? 'no cost' : money(resource.cost, currency)];
  return [amountWords(resource, currency), ...cost].join(' · ');
}
