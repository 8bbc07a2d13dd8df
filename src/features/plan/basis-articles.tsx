import type { PlanHeader, Risk, Milestone, Objective, Resource, System } from '../../domain/plan/plan-item.ts';
import { planMinutes } from '../../parts/time-words.ts';
import { ItemFrame } from './item-frame.tsx';
import { ItemLink, useReading } from './reading.tsx';
import { RoleLink, RoleLinks, TaskLinks } from './task-article.tsx';
import { Lines, Terms } from './terms.tsx';
import { money } from '../../parts/money.ts';
import styles from './plan.module.css';

export function HeaderArticle({ header }: { readonly header: PlanHeader }) {
  return (
    <ItemFrame item={header} title={header.title}>
      <p className={styles.text}>{header.summary}</p>
      <Terms
        terms={[
          ['Organisation', header.organisation],
          ['Scope', header.scope],
          ['Assumptions', header.assumptions.length === 0 ? null : <Lines lines={header.assumptions} />],
          ['Command location', header.commandLocation],
          ['Alternate location', header.alternateLocation],
          ['Command phone', header.commandPhone],
          ['Command channel', header.commandChannel],
          ['Commands', <RoleLink key="commands" role={header.commandingRole} />],
          ['Approved by', header.approvedBy.length === 0 ? null : <RoleLinks roles={header.approvedBy} />],
          ['Time zone', header.zone],
          ['Currency', header.currency],
          ['Next review', header.nextReview],
        ]}
      />
    </ItemFrame>
  );
}

/** Who may declare an activation, and what declaring recovery takes. */
export function DeclaringArticle({ header }: { readonly header: PlanHeader }) {
  return (
    <article className={styles.item}>
      <Terms
        terms={[
          ['May declare', header.declaredBy.length === 0 ? 'nobody named' : <RoleLinks roles={header.declaredBy} />],
          ['Recovery needs', header.recoveryTests.length === 0 ? null : <TaskLinks codes={header.recoveryTests} />],
          ['Recovery is signed off by', <RoleLink key="signoff" role={header.recoverySignOff} />],
        ]}
      />
    </article>
  );
}

export function RiskArticle({ risk }: { readonly risk: Risk }) {
  return (
    <ItemFrame item={risk} title={risk.title} aside={`${risk.likelihood} likelihood, ${risk.consequence} consequence`}>
      <p className={styles.text}>{risk.response}</p>
    </ItemFrame>
  );
}

export function ObjectiveArticle({ objective }: { readonly objective: Objective }) {
  return (
    <ItemFrame item={objective} title={objective.title}>
      <p className={styles.text}>{objective.measure}</p>
    </ItemFrame>
  );
}

export function SystemArticle({ system }: { readonly system: System }) {
  const { plan } = useReading();
  const dependsOn = system.dependsOn.map((id) => (
    <ItemLink key={id} section="system" id={id}>
      {plan.systems.find((each) => each.id === id)?.name ?? id}
    </ItemLink>
  ));
  return (
    <ItemFrame item={system} title={system.name} aside={`priority ${system.priority}`}>
      {system.description === undefined ? null : <p className={styles.text}>{system.description}</p>}
      <Terms
        terms={[
          ['RTO', `back within ${planMinutes(system.rto)}`],
          ['RPO', `at most ${planMinutes(system.rpo)} of data lost`],
          ['MTD', `tolerable for ${planMinutes(system.mtd)}`],
          ['Owner', <RoleLink key="owner" role={system.owner} />],
          ['Depends on', dependsOn.length === 0 ? null : <span className={styles.links}>{dependsOn}</span>],
        ]}
      />
    </ItemFrame>
  );
}

export function MilestoneArticle({ milestone }: { readonly milestone: Milestone }) {
  const { plan } = useReading();
  const phase = milestone.phase === undefined ? undefined : plan.phaseById.get(milestone.phase);
  const system = plan.systems.find(({ id }) => id === milestone.system);
  return (
    <ItemFrame item={milestone} title={milestone.title} aside={`at ${planMinutes(milestone.at)}`}>
      <Terms
        terms={[
          ['Reached by', milestone.tasks.length === 0 ? null : <TaskLinks codes={milestone.tasks} />],
          ['Phase', phase?.title],
          ['System', system?.name],
        ]}
      />
    </ItemFrame>
  );
}

export function ResourceArticle({ resource }: { readonly resource: Resource }) {
  const { plan } = useReading();
  const currency = plan.header?.currency ?? '';
  const quantity =
    resource.kind === 'financial' ? money(resource.quantity, currency) : `${resource.quantity} ${resource.unit}`;
  return (
    <ItemFrame item={resource} title={resource.name} aside={quantity}>
      <Terms
        terms={[
          ['Source', resource.source],
          ['Cost', resource.cost === undefined ? null : money(resource.cost, currency)],
          ['Owner', <RoleLink key="owner" role={resource.owner} />],
          ['Note', resource.note],
        ]}
      />
    </ItemFrame>
  );
}
