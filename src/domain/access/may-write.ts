import type { DeviceId, PersonId, PlanHash, RoleId } from '../ids.ts';
import type { Json, JsonObject } from '../json.ts';
import { saysTheSame } from '../sync/canonical-json.ts';
import type { Kind } from '../sync/kinds.ts';
import { unreachable } from '../result.ts';
import { incidentOf, planOfIncident, rolesOfExtraTask, rolesOfTask, type AccessScope } from './access-scope.ts';
import type { Rights } from './access.ts';
import { anyOf } from './plan-part.ts';

/** A change as access sees it. */
export type WriteAttempt = {
  readonly kind: Kind;
  readonly key: string;
  readonly value: Json;
  readonly device: DeviceId;
};

/** What stands where the change would go; needed only for some kinds. */
export type WriteContext = {
  readonly scope: AccessScope;
  /** The record's value today; null where there is none. Needed for incident, conflict, message, resource and extra-task. */
  readonly current: Json;
  /** Of an `extra-task`: whether somebody else ever reported under its code, or defined it. */
  readonly usedByOthers: boolean;
  /** Of a `conflict`: whose change was overruled and in which incident; null where that change is not known. */
  readonly overruled: { readonly author: PersonId | null; readonly kind: string; readonly key: string } | null;
};

/** Whether these rights allow the change (protocol.md, Access levels). The server decides by it; the app only mirrors it. */
export function mayWrite(rights: Rights, attempt: WriteAttempt, context: WriteContext): boolean {
  const [first, second, third] = attempt.key.split('/');
  switch (attempt.kind) {
    case 'device':
      return first === attempt.device;
    case 'conflict':
      return mayDecide(rights, attempt.value, context);
    case 'person':
      return first === rights.person || rights.access === 'coordinator';
    default:
  }
  if (hasCoordinatorRights(rights, attempt, context.scope)) return true;
  switch (attempt.kind) {
    case 'incident':
      return mayActivate(rights, attempt.value, context);
    case 'approval':
      return mayApprove(rights, first ?? '', second ?? '', context.scope);
    case 'task':
    case 'step':
      return (
        reports(rights) &&
        (!isVendor(rights) || holdsAny(rights, rolesOfTask(context.scope, first ?? '', second ?? '')))
      );
    case 'extra-task':
      return (
        reports(rights) &&
        (!isVendor(rights) ||
          (mayAddTask(rights, first ?? '', second ?? '', context.scope) &&
            ownsExtraTask(rights, attempt.value, context.current) &&
            (context.current !== null || !context.usedByOthers)))
      );
    case 'log':
      return reports(rights) && (!isVendor(rights) || isOwnLog(rights, first ?? '', attempt.value, context.scope));
    case 'impact':
      return (
        reports(rights) &&
        (!isVendor(rights) || holdsAny(rights, systemRoles(context.scope, first ?? '', second ?? '')))
      );
    case 'availability':
      return reports(rights) && (!isVendor(rights) || second === rights.person);
    case 'assignment':
      return reports(rights) && third === rights.person && (!isVendor(rights) || holdsAny(rights, [second as RoleId]));
    case 'message':
      return (
        reports(rights) &&
        isAt('draft', attempt.value, context.current) &&
        (!isVendor(rights) || isForOwnRole(rights, attempt.value, context.current))
      );
    case 'resource':
      return (
        reports(rights) &&
        isAt('requested', attempt.value, context.current) &&
        (!isVendor(rights) || isForOwnRole(rights, attempt.value, context.current))
      );
    case 'plan-item':
    case 'plan-version':
    case 'grant':
    case 'review':
    case 'contact-test':
    case 'contact-result':
    case 'training':
      return false;
    default:
      return unreachable(attempt.kind);
  }
}

/** Everything, or everything within an incident whose plan names one of these roles as commanding. */
function hasCoordinatorRights(rights: Rights, attempt: WriteAttempt, scope: AccessScope): boolean {
  if (rights.access === 'coordinator') return true;
  const incident = incidentOf(attempt.kind, attempt.key);
  return incident !== null && commands(rights, incident, scope);
}

/** Holds the commanding role of the plan that this incident works. */
export function commands(rights: Rights, incident: string, scope: AccessScope): boolean {
  const role = planOfIncident(scope, incident)?.commandingRole ?? null;
  return role !== null && isActive(rights) && rights.roles.includes(role);
}

/** Only `decision` may change, by the author whose change was overruled or by a coordinator. The rest was written by the server. */
function mayDecide(rights: Rights, value: Json, context: WriteContext): boolean {
  if (context.overruled === null)
    return rights.access === 'coordinator' && context.current !== null && keepsRecord(value, context.current);
  const { author, kind, key } = context.overruled;
  const incident = incidentOf(kind, key);
  const may =
    author === rights.person ||
    rights.access === 'coordinator' ||
    (incident !== null && commands(rights, incident, context.scope));
  if (!may || value === null) return false;
  // the server may have taken the conflict back meanwhile; without it nobody may make one up for the coordinators to decide
  return context.current === null
    ? isDecided(value) && (value as JsonObject).kind === kind && (value as JsonObject).key === key
    : keepsRecord(value, context.current);
}

function isDecided(value: Json): boolean {
  return (value as JsonObject).decision !== 'open';
}

/** The winner may have moved on while somebody decided, so it counts only in what is left open. */
function keepsRecord(value: Json, current: Json): boolean {
  if (value === null) return false;
  const [next, was] = [value as JsonObject, current as JsonObject];
  const kept = ['kind', 'key', 'overruled', ...(isDecided(value) ? [] : ['winner'])];
  return kept.every((name) => saysTheSame(next[name], was[name]));
}

/** Activating is for the roles that the plan names; closing and merging are for who commands. */
function mayActivate(rights: Rights, value: Json, context: WriteContext): boolean {
  if (!isActive(rights) || value === null) return false;
  const incident = value as JsonObject;
  const wasClosed = context.current !== null && (context.current as JsonObject).status !== 'active';
  const named = context.scope.plan(incident.plan as PlanHash)?.declaredBy ?? [];
  return incident.status === 'active' && incident.mergedInto === null && !wasClosed && holdsAny(rights, named);
}

/** Under the name of a role one holds, where the plan version (the subject, or the subject incident's) names that role. */
function mayApprove(rights: Rights, subject: string, role: string, scope: AccessScope): boolean {
  if (!isActive(rights) || !rights.roles.includes(role as RoleId)) return false;
  const facts = scope.plan(subject) ?? planOfIncident(scope, subject);
  if (facts === null) return false;
  return (
    facts.approvedBy.includes(role as RoleId) || (scope.planOf(subject) !== null && facts.recoverySignOff === role)
  );
}

/** Drafts of messages and requests for resources: neither this value nor the one it replaces is further than that. */
function isAt(status: string, value: Json, current: Json): boolean {
  return [value, current].every((each) => each === null || (each as JsonObject).status === status);
}

function isForOwnRole(rights: Rights, value: Json, current: Json): boolean {
  return [value, current].every((each) => each === null || rights.roles.includes((each as JsonObject).role as RoleId));
}

/**
 * Only to an incident it has a part in, and never under the code of a task that the plan has. Nor under one that others
 * used before (`usedByOthers`): to define the task would be to see what they reported.
 */
function mayAddTask(rights: Rights, incident: string, code: string, scope: AccessScope): boolean {
  const plan = planOfIncident(scope, incident);
  return plan !== null && holdsAny(rights, [...plan.roles]) && !plan.taskRoles.has(code);
}

function ownsExtraTask(rights: Rights, value: Json, current: Json): boolean {
  return [value, current].every((each) => each === null || holdsAny(rights, rolesOfExtraTask(each)));
}

function isOwnLog(rights: Rights, incident: string, value: Json, scope: AccessScope): boolean {
  const entry = (value ?? {}) as JsonObject;
  if (typeof entry.task === 'string') return holdsAny(rights, rolesOfTask(scope, incident, entry.task));
  return typeof entry.role === 'string' && rights.roles.includes(entry.role as RoleId);
}

function systemRoles(scope: AccessScope, incident: string, system: string): readonly RoleId[] {
  return planOfIncident(scope, incident)?.systemRoles.get(system) ?? [];
}

function holdsAny(rights: Rights, roles: readonly RoleId[]): boolean {
  return anyOf(roles, new Set(rights.roles));
}

function isVendor(rights: Rights): boolean {
  return rights.access === 'vendor';
}

/** Observers only read, whatever roles they hold. */
function isActive(rights: Rights): boolean {
  return rights.access !== 'observer';
}

function reports(rights: Rights): boolean {
  return isActive(rights);
}
