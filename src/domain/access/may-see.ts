import type { DeviceId, IncidentId, PersonId, RoleId } from '../ids.ts';
import type { Json, JsonObject } from '../json.ts';
import type { PlanVersion } from '../plan/plan-item.ts';
import type { Conflict } from '../sync/conflict.ts';
import { planOfIncident, rolesOfExtraTask, rolesOfTask, type AccessScope } from './access-scope.ts';
import type { Rights } from './access.ts';
import { commands } from './may-write.ts';
import { anyOf, vendorCopy } from './plan-part.ts';

/** A record or journal entry as access sees it. */
export type SeenRecord = {
  readonly kind: string;
  readonly key: string;
  /** Read only where the answer needs it, so that a page can be filtered without parsing. */
  readonly value: () => Json;
  readonly author: { readonly person: PersonId | null; readonly device: DeviceId };
  /** Of a `conflict`: whose change was overruled. It outlives the value, so that a deletion reaches who saw the record. */
  readonly about: PersonId | null;
  /** The incident that the record belongs to; of a `conflict` that of its record. */
  readonly incident: IncidentId | null;
};

/** Whether these rights show the record (protocol.md, Access levels); null rights show nothing. */
export function maySee(rights: Rights | null, device: DeviceId, record: SeenRecord, scope: AccessScope): boolean {
  if (rights === null) return false;
  if (rights.access === 'coordinator') return true;
  switch (record.kind) {
    case 'plan-item':
      return false;
    case 'device':
      return record.key === device || record.author.person === rights.person;
    case 'grant':
      return record.key === rights.person;
    case 'conflict':
      return (
        (record.about === rights.person || (record.incident !== null && commands(rights, record.incident, scope))) &&
        seesBothSides(rights, device, record, scope)
      );
    default:
      return rights.access !== 'vendor' || isVendorsPart(rights, record, scope);
  }
}

/**
 * A conflict holds the value that won, and so says no more than the record itself would: whose change was overruled may have lost
 * sight of the record by the very change that won.
 */
function seesBothSides(rights: Rights, device: DeviceId, record: SeenRecord, scope: AccessScope): boolean {
  const conflict = record.value() as unknown as Conflict | null;
  if (conflict === null) return true;
  const { kind, key, overruled, winner } = conflict;
  return [overruled, winner].every(({ value, author }) => {
    const side = { value: () => value as Json, author: author as SeenRecord['author'] };
    return maySee(rights, device, { ...side, kind, key, about: record.about, incident: record.incident }, scope);
  });
}

/** The value as these rights show it: a vendor's copy of a plan version has everything else withheld as hashes. */
export function valueSeen(rights: Rights, kind: string, value: Json): Json {
  if (kind !== 'plan-version' || rights.access !== 'vendor' || value === null) return value;
  const whole = value as unknown as PlanVersion;
  return vendorCopy(whole, rights.roles) as unknown as Json;
}

/** Kinds that a level never sees anything of but its own; what else is hidden needs a look at each record. */
function isVendorsPart(rights: Rights, record: SeenRecord, scope: AccessScope): boolean {
  const own = new Set(rights.roles);
  const [first = '', second = ''] = record.key.split('/');
  switch (record.kind) {
    case 'plan-version':
      return anyOf([...(scope.plan(first)?.roles ?? [])], own);
    case 'incident':
      return anyOf([...(planOfIncident(scope, first)?.roles ?? [])], own);
    case 'task':
    case 'step':
      return anyOf(rolesOfTask(scope, first, second), own);
    case 'extra-task':
      return record.value() === null
        ? isInOwnIncident(record, own, scope)
        : anyOf(rolesOfExtraTask(record.value()), own);
    case 'impact':
      return anyOf(planOfIncident(scope, first)?.systemRoles.get(second) ?? [], own);
    case 'assignment':
    case 'approval':
      return own.has(second as RoleId);
    case 'availability':
      return second === rights.person;
    case 'person':
      return first === rights.person;
    case 'log':
      return record.author.person === rights.person || namesOwnPart(record.value(), first, own, scope);
    case 'message':
    case 'resource':
      return record.author.person === rights.person || own.has((record.value() as JsonObject | null)?.role as RoleId);
    default:
      return false;
  }
}

function namesOwnPart(value: Json, incident: string, own: ReadonlySet<RoleId>, scope: AccessScope): boolean {
  const entry = (value ?? {}) as JsonObject;
  if (own.has(entry.role as RoleId)) return true;
  return typeof entry.task === 'string' && anyOf(rolesOfTask(scope, incident, entry.task), own);
}

function isInOwnIncident(record: SeenRecord, own: ReadonlySet<RoleId>, scope: AccessScope): boolean {
  return record.incident !== null && anyOf([...(planOfIncident(scope, record.incident)?.roles ?? [])], own);
}
