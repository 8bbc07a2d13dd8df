import type { RoleId } from '../domain/ids.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { titleOfRole } from '../domain/plan/role-title.ts';
import type { FunctionGroup } from '../domain/plan/plan-item.ts';
import { classNames } from '../ui/class-names.ts';
import vest from '../ui/vest.module.css';
import styles from './role-badge.module.css';

/** A role by its title, with the vest of its group as a small block beside it. */
export function RoleBadge({ plan, role }: { readonly plan: Plan; readonly role: RoleId }) {
  const group = vestOf(plan, role);
  return (
    <span className={styles.badge}>
      <span
        className={classNames(styles.vest, group !== null && styles.known, group !== null && vest[group])}
        aria-hidden="true"
      />
      <span className={styles.title}>{roleTitle(plan, role)}</span>
    </span>
  );
}

/** The title in the plan; its id where there is no plan here yet. */
export function roleTitle(plan: Plan | null, role: RoleId): string {
  return plan === null ? role : titleOfRole(plan, role);
}

/** The vest colour of a role's group, null where the plan doesn't know the group. */
export function vestOf(plan: Plan, role: RoleId): FunctionGroup | null {
  const group = plan.roleById.get(role)?.group;
  return (group === undefined ? undefined : plan.groupById.get(group)?.vest) ?? null;
}
