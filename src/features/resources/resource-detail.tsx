import { useState } from 'react';
import type { Resource, Task } from '../../domain/plan/plan-item.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { money } from '../../parts/money.ts';
import { RoleBadge } from '../../parts/role-badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { Button } from '../../ui/button.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { amountWords, kindWords } from './resource-words.ts';
import styles from './resources.module.css';

type ResourceDetailProps = {
  readonly plan: Plan;
  readonly resource: Resource;
  /** The tasks that need it. */
  readonly tasks: readonly Task[];
  /** In an incident its tasks open in the checklist. */
  readonly worked: boolean;
};

const page = 20;

/** One resource: how much, from where, whose, at what cost, and for which tasks. */
export function ResourceDetail({ plan, resource, tasks, worked }: ResourceDetailProps) {
  const [asked, setAsked] = useState(page);
  return (
    <div data-opened>
      <Stack>
        <BackLink href="/resources" narrow>
          All resources
        </BackLink>
        <h1 className={styles.title} tabIndex={-1}>
          {resource.name}
        </h1>
        <Card label="In short">
          <Facts facts={factsOf(plan, resource)} />
        </Card>
        <Stack close>
          <GroupTitle aside={`${tasks.length}`}>Tasks that need it</GroupTitle>
          {tasks.length === 0 ? <p>No task of the plan names it.</p> : null}
          <RowList label="Tasks that need it">
            {tasks.slice(0, asked).map((task) => (
              <li key={task.id}>
                {worked ? (
                  <RowLink href={`/checklist/${task.id}`} title={`${task.id} ${task.title}`} />
                ) : (
                  <p>
                    <strong>{task.id}</strong> {task.title}
                  </p>
                )}
              </li>
            ))}
          </RowList>
          {tasks.length > asked ? (
            <Button onClick={() => setAsked(tasks.length)}>Show all {tasks.length}</Button>
          ) : null}
        </Stack>
      </Stack>
    </div>
  );
}

function factsOf(plan: Plan, resource: Resource): readonly Fact[] {
  const { kind, source, owner, cost, note } = resource;
  const currency = plan.header?.currency ?? '';
  return [
    { name: 'Kind', value: kindWords[kind] },
    { name: kind === 'financial' ? 'Set aside' : 'Needed', value: amountWords(resource, currency) },
    ...(cost === undefined ? [] : [{ name: 'Cost', value: cost === 0 ? 'none' : money(cost, currency) }]),
    ...(source === undefined || source === '' ? [] : [{ name: 'Source', value: source }]),
    { name: 'Owner', value: <RoleBadge plan={plan} role={owner} /> },
    ...(note === undefined || note === '' ? [] : [{ name: 'Note', value: note }]),
  ];
}
