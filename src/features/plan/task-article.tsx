import type { RoleId, TaskCode } from '../../domain/ids.ts';
import type { Task } from '../../domain/plan/plan-item.ts';
import { RoleBadge, vestOf } from '../../parts/role-badge.tsx';
import { planMinutes } from '../../parts/time-words.ts';
import { ItemFrame } from './item-frame.tsx';
import { ItemLink, useReading } from './reading.tsx';
import { Lines, Terms } from './terms.tsx';
import styles from './plan.module.css';

/** A task as the document tells it. */
export function TaskArticle({ task }: { readonly task: Task }) {
  const { plan } = useReading();
  const resources = task.resources.flatMap((id) => plan.resources.filter((resource) => resource.id === id));
  const systems = (task.systems ?? []).flatMap((id) => plan.systems.filter((system) => system.id === id));
  return (
    <ItemFrame
      item={task}
      band={vestOf(plan, task.owner)}
      title={
        <>
          <span className={styles.code}>{task.id}</span> {task.title}
        </>
      }
      aside={`within ${planMinutes(task.target)}${task.critical ? ' · critical' : ''}`}
    >
      {task.detail === undefined || task.detail === '' ? null : <p className={styles.text}>{task.detail}</p>}
      <Lines lines={task.steps} ordered />
      <Terms
        terms={[
          ['Done when', task.completionTest],
          ['Owner', <RoleLink key="owner" role={task.owner} />],
          ['Supporting', task.supporting.length === 0 ? null : <RoleLinks roles={task.supporting} />],
          ['Waits for', task.dependsOn.length === 0 ? null : <TaskLinks codes={task.dependsOn} />],
          ['Systems', systems.map(({ name }) => name).join(', ')],
          ['Resources', resources.map(({ name, quantity, unit }) => `${name} (${quantity} ${unit})`).join(', ')],
        ]}
      />
    </ItemFrame>
  );
}

export function RoleLink({ role }: { readonly role: RoleId }) {
  const { plan } = useReading();
  return (
    <ItemLink section="role" id={role}>
      <RoleBadge plan={plan} role={role} />
    </ItemLink>
  );
}

export function RoleLinks({ roles }: { readonly roles: readonly RoleId[] }) {
  return (
    <span className={styles.links}>
      {roles.map((role) => (
        <RoleLink key={role} role={role} />
      ))}
    </span>
  );
}

/** Codes with their titles, each a way to its task. */
export function TaskLinks({ codes }: { readonly codes: readonly TaskCode[] }) {
  const { plan } = useReading();
  return (
    <span className={styles.links}>
      {codes.map((code) => (
        <ItemLink key={code} section="task" id={code}>
          <span className={styles.code}>{code}</span> {plan.taskByCode.get(code)?.title ?? ''}
        </ItemLink>
      ))}
    </span>
  );
}
