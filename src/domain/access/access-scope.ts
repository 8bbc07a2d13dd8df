import { parseIncidentId, type IncidentId, type PlanHash, type RoleId } from '../ids.ts';
import type { Json } from '../json.ts';
import { isKind, kinds } from '../sync/kinds.ts';
import type { PlanFacts } from './plan-part.ts';

/** What access to a record rests on beside the asker's own rights: the incidents, their plans, and added tasks. */
export type AccessScope = {
  /** Hash of the plan version that an incident works; null for an incident that is not known. */
  planOf(incident: string): PlanHash | null;
  /** Null where the version is not known. */
  plan(hash: string): PlanFacts | null;
  /** Owner and supporting roles of a task added during the incident; null where there is none. */
  extraTaskRoles(incident: string, code: string): readonly RoleId[] | null;
};

export function planOfIncident(scope: AccessScope, incident: string): PlanFacts | null {
  const hash = scope.planOf(incident);
  return hash === null ? null : scope.plan(hash);
}

/** Which incident a record belongs to; null for those that belong to none. A conflict belongs where its record does. */
export function incidentOf(kind: string, key: string): IncidentId | null {
  if (!isKind(kind)) return null;
  const first = key.split('/')[0];
  const isSubject = kinds[kind].key[0] === 'incident' || kind === 'approval';
  const incident = parseIncidentId(isSubject ? first : null);
  return incident.ok ? incident.value : null;
}

/** The roles named by an `extra-task` record. */
export function rolesOfExtraTask(value: Json): readonly RoleId[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const { owner, supporting } = value as { readonly owner?: RoleId; readonly supporting?: unknown };
  // a conflict carries values that no schema has read
  const others = Array.isArray(supporting) ? (supporting as readonly RoleId[]) : [];
  return [...(owner === undefined ? [] : [owner]), ...others];
}

/** Everybody with a role in a task of an incident, planned or added. */
export function rolesOfTask(scope: AccessScope, incident: string, code: string): readonly RoleId[] {
  return planOfIncident(scope, incident)?.taskRoles.get(code) ?? scope.extraTaskRoles(incident, code) ?? [];
}
