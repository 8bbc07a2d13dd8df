import { planHash } from '../../src/domain/plan/plan-hash.ts';
import { incidentId } from '../../src/domain/incident/incident-id.ts';
import type { IncidentId, PlanHash } from '../../src/domain/ids.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';

/** What must be nowhere on a vendor's phone (reliability.md, Who must not get in, 20). */
export const canary = 'canary-7d1f-not-for-vendors';

let salts = 0;
const item = (fields: JsonObject): JsonObject => {
  salts += 1;
  return { order: salts, salt: `saltsaltsaltsaltsa${String(salts).padStart(4, '0')}`, ...fields };
};

const task = (id: string, owner: string, more: JsonObject = {}) =>
  item({
    section: 'task',
    id,
    phase: 'first',
    title: `Restore ${id}`,
    owner,
    supporting: [],
    dependsOn: [],
    target: 30,
    steps: [],
    completionTest: 'It answers',
    resources: [],
    critical: false,
    ...more,
  });

const role = (id: string, mission: string) =>
  item({
    section: 'role',
    id,
    group: 'team',
    title: id,
    mission,
    reportsTo: null,
    responsibilities: [],
    reporting: '',
    escalation: '',
    holders: [],
  });

/** A small plan: a lead who commands, IT, and an outside hoster who owns HO-01 and supports IT-02. */
export const samplePlan: readonly JsonObject[] = [
  item({
    section: 'header',
    id: 'plan',
    title: 'Shop recovery',
    organisation: 'Shop',
    summary: canary,
    scope: canary,
    assumptions: [canary],
    commandLocation: canary,
    commandPhone: '1',
    zone: 'Africa/Johannesburg',
    currency: 'ZAR',
    commandingRole: 'lead',
    declaredBy: ['lead', 'duty'],
    approvedBy: ['executive'],
    recoveryTests: [],
    recoverySignOff: 'lead',
  }),
  item({ section: 'group', id: 'team', name: 'Team', purpose: '', vest: 'operations' }),
  role('lead', canary),
  role('duty', canary),
  role('it', canary),
  role('executive', canary),
  role('hoster', 'Keeps the machines up'),
  item({ section: 'phase', id: 'first', title: 'First hours', purpose: '', from: 0, to: 240 }),
  task('IT-01', 'it', { title: canary }),
  task('IT-02', 'it', { supporting: ['hoster'] }),
  task('HO-01', 'hoster', { systems: ['machines'] }),
  item({
    section: 'system',
    id: 'machines',
    name: 'Machines',
    owner: 'it',
    rto: 60,
    rpo: 60,
    mtd: 240,
    priority: 1,
    dependsOn: [],
  }),
  item({
    section: 'system',
    id: 'ledger',
    name: canary,
    owner: 'it',
    rto: 60,
    rpo: 60,
    mtd: 240,
    priority: 2,
    dependsOn: [],
  }),
];

/** A `plan-version` value of these items. */
export function planVersion(
  items: readonly JsonObject[] = samplePlan,
  number = 1,
): { readonly hash: PlanHash; readonly value: Json } {
  const version = { plan: 'shop', number, author: null, items, withheld: [] };
  return { hash: planHash(version), value: version };
}

export function incidentValue(
  plan: PlanHash,
  more: JsonObject = {},
): { readonly id: IncidentId; readonly value: JsonObject } {
  const value = {
    plan,
    mode: 'incident' as const,
    code: 'dakumofi',
    title: 'Ransomware',
    severity: 'major',
    zone: 'Africa/Johannesburg',
    startedAt: '2026-11-23T10:00:00.000Z',
    status: 'active',
    mergedInto: null,
    ...more,
  };
  return { id: incidentId(plan, value.mode, value.code), value };
}

export function taskProgress(status: string, more: JsonObject = {}): JsonObject {
  return { status, reason: null, startedAt: null, endedAt: null, by: null, ...more };
}

export function logEntry(text: string, more: JsonObject = {}): JsonObject {
  return {
    type: 'note',
    at: '2026-11-23T10:05:00.000Z',
    text,
    task: null,
    role: null,
    by: null,
    transcribedBy: null,
    medium: 'app',
    ...more,
  };
}

export function extraTask(owner: string, title: string): JsonObject {
  return {
    phase: 'first',
    title,
    owner,
    supporting: [],
    dependsOn: [],
    target: 10,
    steps: [],
    completionTest: '',
    critical: false,
    by: null,
  };
}
