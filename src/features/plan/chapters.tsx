import type { PhaseId } from '../../domain/ids.ts';
import type { PlanItem, PlanSection, Procedure, Resource } from '../../domain/plan/plan-item.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { unreachable } from '../../domain/result.ts';
import { severities } from '../../domain/incident/incident.ts';
import { severityWords } from '../../parts/status-words.ts';
import { windowWords } from '../../parts/time-words.ts';
import type { People } from '../../parts/use-people.ts';
import {
  DeclaringArticle,
  HeaderArticle,
  MilestoneArticle,
  ObjectiveArticle,
  ResourceArticle,
  RiskArticle,
  SystemArticle,
} from './basis-articles.tsx';
import type { Block } from './growing.tsx';
import { ItemFrame } from './item-frame.tsx';
import { money } from '../../parts/money.ts';
import { ContactArticle, RoleArticle } from './people-articles.tsx';
import { ProcedureArticle } from './procedure-article.tsx';
import { TaskArticle } from './task-article.tsx';
import styles from './plan.module.css';

type ChapterSection = Exclude<PlanSection, 'group' | 'task'>;

/** A chapter of the document: what stands under one line of the contents. */
export type Chapter = {
  readonly section: ChapterSection;
  /** Each phase is a chapter of its own. */
  readonly phase: PhaseId | null;
  readonly title: string;
  readonly aside: string;
};

/** The table of contents, in the order in which one reads. */
export function chaptersOf(plan: Plan): readonly Chapter[] {
  const chapter = (section: ChapterSection, title: string, count: number): readonly Chapter[] =>
    count === 0 ? [] : [{ section, phase: null, title, aside: String(count) }];
  return [
    ...(plan.header === null ? [] : [{ section: 'header' as const, phase: null, title: 'About this plan', aside: '' }]),
    ...chapter('objective', 'Objectives', plan.objectives.length),
    ...chapter('risk', 'Risks', plan.risks.length),
    ...(plan.header === null && plan.criteria.length === 0
      ? []
      : [{ section: 'criterion' as const, phase: null, title: 'Activation', aside: '' }]),
    ...chapter('system', 'Systems', plan.systems.length),
    ...chapter('role', 'Roles', plan.roles.length),
    ...chapter('contact', 'Contacts', plan.contacts.length),
    ...chapter('procedure', 'Communication', plan.procedures.length),
    ...plan.phases.map((phase, place) => ({
      section: 'phase' as const,
      phase: phase.id,
      title: `Phase ${place + 1}: ${phase.title}`,
      aside: `${windowWords(phase.from, phase.to)} · ${plan.tasksByPhase.get(phase.id)?.length ?? 0} tasks`,
    })),
    ...chapter('milestone', 'Milestones', plan.milestones.length),
    ...chapter('resource', 'Resources', plan.resources.length),
  ];
}

/** The chapter that an item stands in; null where the plan has none. */
export function chapterWith(plan: Plan, section: string, id: string | undefined): Chapter | null {
  const chapters = chaptersOf(plan);
  const phase = section === 'phase' ? id : section === 'task' ? plan.tasks.find((task) => task.id === id)?.phase : null;
  const wanted = section === 'task' ? 'phase' : section === 'group' ? 'role' : section;
  return chapters.find((each) => each.section === wanted && each.phase === (phase ?? null)) ?? null;
}

export function chapterPlace({ section, phase }: Chapter): readonly [section: string, id: string | null] {
  return [section, phase];
}

/** What stands in a chapter, one block for each item, so that it can be drawn piece by piece. */
export function blocksOf(plan: Plan, { section, phase }: Chapter, people: People): readonly Block[] {
  switch (section) {
    case 'header':
      return plan.header === null ? [] : [block(plan.header, <HeaderArticle header={plan.header} />)];
    case 'objective':
      return plan.objectives.map((objective) => block(objective, <ObjectiveArticle objective={objective} />));
    case 'risk':
      return plan.risks.map((risk) => block(risk, <RiskArticle risk={risk} />));
    case 'criterion':
      return activationBlocks(plan);
    case 'system':
      return [...plan.systems]
        .sort((a, b) => a.priority - b.priority)
        .map((system) => block(system, <SystemArticle system={system} />));
    case 'role':
      return roleBlocks(plan);
    case 'contact':
      return plan.contacts.map((contact) => block(contact, <ContactArticle contact={contact} people={people} />));
    case 'procedure':
      return procedureKinds.flatMap(([kind, title]) =>
        under(
          title,
          plan.procedures
            .filter((procedure) => procedure.kind === kind)
            .map((procedure) => block(procedure, <ProcedureArticle procedure={procedure} />)),
        ),
      );
    case 'phase':
      return phaseBlocks(plan, phase);
    case 'milestone':
      return [...plan.milestones]
        .sort((a, b) => a.at - b.at)
        .map((milestone) => block(milestone, <MilestoneArticle milestone={milestone} />));
    case 'resource':
      return resourceKinds.flatMap(([kind, title]) => resourceBlocks(plan, kind, title));
    default:
      return unreachable(section);
  }
}

const procedureKinds: readonly (readonly [Procedure['kind'], string])[] = [
  ['internal', 'Internal'],
  ['external', 'External'],
  ['media', 'Media'],
];

const resourceKinds: readonly (readonly [Resource['kind'], string])[] = [
  ['technical', 'Technical'],
  ['human', 'Human'],
  ['financial', 'Financial'],
];

function block(item: PlanItem, node: React.ReactNode): Block {
  return { key: `${item.section}/${item.id}`, node };
}

function under(title: React.ReactNode, blocks: readonly Block[], detail?: React.ReactNode): readonly Block[] {
  if (blocks.length === 0) return [];
  const head = (
    <div className={styles.group}>
      <p className={styles.groupTitle}>{title}</p>
      {detail === undefined || detail === '' ? null : <p className={styles.text}>{detail}</p>}
    </div>
  );
  return [{ key: `under ${blocks[0]?.key ?? ''}`, node: head }, ...blocks];
}

function activationBlocks(plan: Plan): readonly Block[] {
  return [
    ...(plan.header === null ? [] : [{ key: 'declaring', node: <DeclaringArticle header={plan.header} /> }]),
    ...[...severities].reverse().flatMap((severity) =>
      under(
        `${severityWords[severity]}: activate when`,
        plan.criteria
          .filter((criterion) => criterion.severity === severity)
          .map((criterion) => block(criterion, <ItemFrame item={criterion} title={criterion.title} />)),
      ),
    ),
  ];
}

function roleBlocks(plan: Plan): readonly Block[] {
  const known = new Set(plan.groups.map(({ id }) => id));
  const roles = (of: readonly (typeof plan.roles)[number][]) =>
    of.map((role) => block(role, <RoleArticle role={role} />));
  return [
    ...plan.groups.flatMap((group) =>
      under(group.name, roles(plan.roles.filter((role) => role.group === group.id)), group.purpose),
    ),
    ...under('Without a group', roles(plan.roles.filter((role) => !known.has(role.group)))),
  ];
}

function phaseBlocks(plan: Plan, id: PhaseId | null): readonly Block[] {
  const phase = id === null ? undefined : plan.phaseById.get(id);
  if (phase === undefined) return [];
  const tasks = plan.tasksByPhase.get(phase.id) ?? [];
  return [
    {
      key: 'purpose',
      node: (
        <p className={styles.text}>
          <strong>{windowWords(phase.from, phase.to)}</strong> after activation. {phase.purpose}
        </p>
      ),
    },
    ...tasks.map((task) => block(task, <TaskArticle task={task} />)),
  ];
}

function resourceBlocks(plan: Plan, kind: Resource['kind'], title: string): readonly Block[] {
  const resources = plan.resources.filter((resource) => resource.kind === kind);
  const total = resources.reduce((sum, { cost = 0, quantity }) => sum + (kind === 'financial' ? quantity : cost), 0);
  const words =
    total === 0
      ? undefined
      : `${kind === 'financial' ? 'Budget' : 'Expected cost'}: ${money(total, plan.header?.currency ?? '')}`;
  return under(
    title,
    resources.map((resource) => block(resource, <ResourceArticle resource={resource} />)),
    words,
  );
}
