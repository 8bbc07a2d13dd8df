import type { RoleId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { RoleBadge } from '../../parts/role-badge.tsx';
import { CheckField } from '../../ui/field.tsx';
import styles from './print-options.module.css';

/** The roles of the plan to choose from, by group. */
export function RoleChecks({
  plan,
  chosen,
  onRole,
}: {
  readonly plan: Plan;
  readonly chosen: ReadonlySet<RoleId>;
  readonly onRole: (role: RoleId, on: boolean) => void;
}) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>Which roles</legend>
      {plan.roles.map(({ id, group }) => (
        <CheckField
          key={id}
          label={<RoleBadge plan={plan} role={id} />}
          hint={plan.groupById.get(group)?.name}
          checked={chosen.has(id)}
          onChecked={(on) => onRole(id, on)}
        />
      ))}
    </fieldset>
  );
}
