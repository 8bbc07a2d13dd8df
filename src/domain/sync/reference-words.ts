import type { PersonId, RoleId, TaskCode } from '../ids.ts';
import { titleOfRole } from '../plan/role-title.ts';
import type { Plan } from '../plan/plan.ts';
import type { Wording } from './change-words.ts';

/** What an id stands for; undefined where the plan knows no such thing. */
type Names = (id: string, plan: Plan) => string | undefined;

const role: Names = (id, plan) => plan.roleById.get(id as RoleId)?.title;
const task: Names = (id, plan) => {
  const named = plan.taskByCode.get(id as TaskCode);
  return named && `${named.id} ${named.title}`;
};
const system: Names = (id, plan) => plan.systems.find((each) => each.id === id)?.name;
const phase: Names = (id, plan) => plan.phases.find((each) => each.id === id)?.title;
const group: Names = (id, plan) => plan.groups.find((each) => each.id === id)?.name;
const contact: Names = (id, plan) => plan.contacts.find((each) => each.id === id)?.name;
const resource: Names = (id, plan) => plan.resources.find((each) => each.id === id)?.name;

/** The fields of all kinds that hold ids. */
const namesIn: Readonly<Record<string, Names>> = {
  ...{ role, roles: role, owner: role, supporting: role, reportsTo: role, neededBy: role },
  ...{ commandingRole: role, approvedBy: role, recoverySignOff: role },
  ...{ task, tasks: task, recoveryTests: task, system, systems: system, phase, group, contact, resources: resource },
  // of a task those before it, of a system those under it
  dependsOn: (id, plan) => task(id, plan) ?? system(id, plan),
};

/** The name of what a field refers to; null where it holds no id. */
export function referenceWords(field: string, id: string, { plan, nameOf }: Wording): string | null {
  if (field === 'person' || field === 'people') return nameOf(id as PersonId);
  // the plan names roles by it, an incident a person
  if (field === 'declaredBy') return plan?.roleById.get(id as RoleId)?.title ?? nameOf(id as PersonId);
  if (!Object.hasOwn(namesIn, field)) return null;
  return (plan === null ? undefined : namesIn[field]?.(id, plan)) ?? idInWords(id);
}

/** A role by its title, or by its id in words where no plan is at hand. */
export function roleInWords(id: string, plan: Plan | null): string {
  return plan === null ? idInWords(id) : titleOfRole(plan, id as RoleId);
}

/** `order-database` as `order database`; a task's code stays as it is said. */
function idInWords(id: string): string {
  return /[A-Z]/.test(id) ? id : id.replaceAll('-', ' ');
}
