import { HolderWays } from '../../parts/holder-ways.tsx';
import { keyed } from '../../parts/keyed.ts';
import { roleTitle } from '../../parts/role-badge.tsx';
import { usePeople } from '../../parts/use-people.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';

/** For who found something wrong and may not activate: whom to call, as far as this copy of the plan says it. */
export function WhoActivates({ plan }: { readonly plan: Plan }) {
  const people = usePeople();
  const roles = plan.header?.declaredBy ?? [];
  const named = roles.filter((role) => (plan.roleById.get(role)?.holders.length ?? 0) > 0);
  return (
    <>
      <EmptyState title="Your role does not activate this plan.">
        {roles.length === 0
          ? 'Call your coordinator, who does.'
          : `The plan names who may: ${roles.map((role) => roleTitle(plan, role)).join(', ')}. Call one of them, the first who answers. A coordinator may too.`}
      </EmptyState>
      {named.map((role) => (
        <Stack close key={role}>
          <GroupTitle>{roleTitle(plan, role)}</GroupTitle>
          <RowList label={roleTitle(plan, role)}>
            {keyed(plan.roleById.get(role)?.holders ?? [], ({ name }) => name).map(({ key, member: holder }) => (
              <li key={key}>
                <Card>
                  <strong>{holder.name}</strong>
                  <HolderWays plan={plan} people={people} holder={holder} />
                </Card>
              </li>
            ))}
          </RowList>
        </Stack>
      ))}
      {roles.length > 0 && named.length === 0 ? <p>Your part of the plan does not show their contacts.</p> : null}
    </>
  );
}
