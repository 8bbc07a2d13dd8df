import type { RoleId } from '../ids.ts';
import { itemHash } from '../plan/plan-hash.ts';
import type { PlanItem, PlanVersion, Task } from '../plan/plan-item.ts';

/** What of a plan version access rests on: whom it names, and which roles have a part in what. */
export type PlanFacts = {
  readonly commandingRole: RoleId | null;
  readonly declaredBy: readonly RoleId[];
  readonly approvedBy: readonly RoleId[];
  readonly recoverySignOff: RoleId | null;
  readonly roles: ReadonlySet<RoleId>;
  /** Owner and supporting roles, by task code. */
  readonly taskRoles: ReadonlyMap<string, readonly RoleId[]>;
  /** The owner, and the roles of the tasks that restore it, by system. */
  readonly systemRoles: ReadonlyMap<string, readonly RoleId[]>;
};

export function planFacts(items: readonly PlanItem[]): PlanFacts {
  const header = items.find((item) => item.section === 'header') ?? null;
  const tasks = items.filter((item) => item.section === 'task');
  const systems = items.filter((item) => item.section === 'system');
  return {
    commandingRole: header?.commandingRole ?? null,
    declaredBy: header?.declaredBy ?? [],
    approvedBy: header?.approvedBy ?? [],
    recoverySignOff: header?.recoverySignOff ?? null,
    roles: new Set(items.filter((item) => item.section === 'role').map((role) => role.id)),
    taskRoles: new Map(tasks.map((task) => [task.id, rolesOf(task)])),
    systemRoles: new Map(
      systems.map((system) => [
        system.id,
        [system.owner, ...tasks.filter((task) => task.systems?.includes(system.id)).flatMap(rolesOf)],
      ]),
    ),
  };
}

/**
 * A vendor's copy (protocol.md, Access levels): the items of its own roles' part, everything else as its hash, so that the
 * copy still verifies against the plan hash.
 */
export function vendorCopy(version: PlanVersion, roles: readonly RoleId[]): PlanVersion {
  const own = new Set(roles);
  const isOwn = ownPart(version.items, own);
  return {
    ...version,
    items: version.items.filter(isOwn),
    withheld: [...version.withheld, ...version.items.filter((item) => !isOwn(item)).map(itemHash)].sort(),
  };
}

export function anyOf(roles: readonly RoleId[], own: ReadonlySet<RoleId>): boolean {
  return roles.some((role) => own.has(role));
}

/** What belongs to the work of these roles, and nothing that another role wrote down for itself. */
function ownPart(items: readonly PlanItem[], own: ReadonlySet<RoleId>): (item: PlanItem) => boolean {
  const tasks = items.filter((item) => item.section === 'task').filter((task) => anyOf(rolesOf(task), own));
  const codes = new Set<string>(tasks.map((task) => task.id));
  const phases = new Set<string>(tasks.map((task) => task.phase));
  const resources = new Set<string>(tasks.flatMap((task) => task.resources));
  const systems = new Set<string>(tasks.flatMap((task) => task.systems ?? []));
  const groups = new Set<string>(
    items
      .filter((item) => item.section === 'role')
      .filter((role) => own.has(role.id))
      .map((role) => role.group),
  );
  return (item) => {
    if (item.section === 'role') return own.has(item.id);
    if (item.section === 'group') return groups.has(item.id);
    if (item.section === 'task') return codes.has(item.id);
    if (item.section === 'phase') return phases.has(item.id);
    if (item.section === 'resource') return resources.has(item.id) || own.has(item.owner);
    if (item.section === 'system') return systems.has(item.id) || own.has(item.owner);
    if (item.section === 'contact') return anyOf(item.neededBy, own);
    if (item.section === 'procedure') return own.has(item.owner);
    if (item.section === 'milestone') return item.tasks.length > 0 && item.tasks.every((code) => codes.has(code));
    // Header, risks, objectives and criteria are the organisation's, no role's.
    return false;
  };
}

function rolesOf(task: Task): readonly RoleId[] {
  return [task.owner, ...task.supporting];
}
