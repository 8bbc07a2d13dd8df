import type { RoleId } from '../domain/ids.ts';
import type { Holder } from '../domain/plan/plan-item.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { Card } from '../ui/card.tsx';
import { Facts, type Fact } from '../ui/facts.tsx';
import { roleTitle, vestOf } from './role-badge.tsx';
import { vestWords } from './vest-words.ts';
import styles from './role-card.module.css';

/** What a role is for, to whom it reports and who holds it. */
export function RoleCard({
  plan,
  role: id,
  heading: Heading = 'h3',
  children,
}: {
  readonly plan: Plan;
  readonly role: RoleId;
  /** One below the heading that the card stands under. */
  readonly heading?: 'h2' | 'h3';
  readonly children?: React.ReactNode;
}) {
  const role = plan.roleById.get(id);
  if (role === undefined) return null;
  const group = plan.groupById.get(role.group);
  return (
    <Card band={vestOf(plan, id)} label={role.title}>
      <div>
        {group === undefined ? null : (
          <p className={styles.group}>
            {group.name} · {vestWords[group.vest]} vest
          </p>
        )}
        <Heading className={styles.title}>{role.title}</Heading>
      </div>
      <p>{role.mission}</p>
      <Facts facts={factsOf(plan, role.reportsTo, role.reporting, role.escalation, role.holders)} />
      {children}
    </Card>
  );
}

function factsOf(
  plan: Plan,
  reportsTo: RoleId | null,
  reporting: string,
  escalation: string,
  holders: readonly Holder[],
): readonly Fact[] {
  return [
    { name: 'Reports to', value: reportsTo === null ? 'nobody in this plan' : roleTitle(plan, reportsTo) },
    ...(reporting === '' ? [] : [{ name: 'Reports', value: reporting }]),
    ...(escalation === '' ? [] : [{ name: 'Escalates', value: escalation }]),
    {
      name: 'Held by',
      value:
        holders.length === 0
          ? 'nobody yet'
          : holders.map(({ name }, place) => (place === 0 ? name : `${name} (deputy)`)).join(', '),
    },
  ];
}
