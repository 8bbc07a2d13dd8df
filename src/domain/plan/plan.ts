import type { GroupId, PhaseId, RoleId, TaskCode } from '../ids.ts';
import type {
  ActivationCriterion,
  Contact,
  Milestone,
  Objective,
  Phase,
  PlanHeader,
  PlanItem,
  Procedure,
  Resource,
  Risk,
  Role,
  RoleGroup,
  System,
  Task,
} from './plan-item.ts';

/** A plan as the screens read it: every section in its order, and what is looked up often by its id. */
export type Plan = {
  /** Null only in a vendor's copy or a draft that lost its header. */
  readonly header: PlanHeader | null;
  readonly risks: readonly Risk[];
  readonly objectives: readonly Objective[];
  readonly criteria: readonly ActivationCriterion[];
  readonly systems: readonly System[];
  readonly groups: readonly RoleGroup[];
  readonly roles: readonly Role[];
  readonly contacts: readonly Contact[];
  readonly procedures: readonly Procedure[];
  readonly phases: readonly Phase[];
  /** By phase, then `order`, then code. */
  readonly tasks: readonly Task[];
  readonly milestones: readonly Milestone[];
  readonly resources: readonly Resource[];
  readonly taskByCode: ReadonlyMap<TaskCode, Task>;
  readonly roleById: ReadonlyMap<RoleId, Role>;
  readonly groupById: ReadonlyMap<GroupId, RoleGroup>;
  readonly phaseById: ReadonlyMap<PhaseId, Phase>;
  readonly tasksByPhase: ReadonlyMap<PhaseId, readonly Task[]>;
};

/** Builds the reading form of a plan from its items, in any order. Guarantees a stable order: `order`, then id. */
export function planOf(items: readonly PlanItem[]): Plan {
  const of = <S extends PlanItem['section']>(section: S) =>
    items.filter((item): item is Extract<PlanItem, { section: S }> => item.section === section).sort(byOrder);
  const phases = of('phase');
  const tasksByPhase = new Map<PhaseId, Task[]>(phases.map((phase) => [phase.id, []]));
  for (const task of of('task')) tasksByPhase.get(task.phase)?.push(task);
  const tasks = [...tasksByPhase.values()].flat();
  const roles = of('role');
  const groups = of('group');
  return {
    header: of('header')[0] ?? null,
    risks: of('risk'),
    objectives: of('objective'),
    criteria: of('criterion'),
    systems: of('system'),
    groups,
    roles,
    contacts: of('contact'),
    procedures: of('procedure'),
    phases,
    tasks,
    milestones: of('milestone'),
    resources: of('resource'),
    taskByCode: new Map(tasks.map((task) => [task.id, task])),
    roleById: new Map(roles.map((role) => [role.id, role])),
    groupById: new Map(groups.map((group) => [group.id, group])),
    phaseById: new Map(phases.map((phase) => [phase.id, phase])),
    tasksByPhase,
  };
}

function byOrder(a: PlanItem, b: PlanItem): number {
  return a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
