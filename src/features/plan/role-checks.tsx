import type { RoleId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { CheckField } from '../../ui/field.tsx';
import styles from './draft.module.css';

/** Any number of roles; folded, as there may be many, with the chosen ones named in sight. */
export function RoleChecks({
  plan,
  legend,
  value,
  fault,
  onValue,
}: {
  readonly plan: Plan;
  readonly legend: string;
  readonly value: readonly RoleId[];
  readonly fault: string | null;
  readonly onValue: (roles: readonly RoleId[]) => void;
}) {
  const chosen = plan.roles.filter(({ id }) => value.includes(id)).map(({ title }) => title);
  return (
    <details className={styles.fold}>
      <summary>
        {legend} <small>{chosen.length === 0 ? 'none' : chosen.join(', ')}</small>
      </summary>
      <div className={styles.checks} role="group" aria-label={legend}>
        {plan.roles.map(({ id, title }) => (
          <CheckField
            key={id}
            label={title}
            checked={value.includes(id)}
            onChecked={(checked) => onValue(checked ? [...value, id] : value.filter((each) => each !== id))}
          />
        ))}
      </div>
      {fault === null ? null : <p role="alert">{fault}</p>}
    </details>
  );
}
