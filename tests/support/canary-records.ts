import type { Json, JsonObject } from '../../src/domain/json.ts';
import { kinds } from '../../src/domain/sync/kinds.ts';
import { canary, extraTask, incidentValue, logEntry, planVersion, samplePlan, taskProgress } from './sample-plan.ts';

export type CanaryRecord = { readonly kind: string; readonly key: string; readonly value: Json };

const at = '2026-11-23T12:00:00.000Z';

/** Kinds that come by themselves: of an invitation, and where two reports met. */
const byTheServer: readonly string[] = ['grant', 'conflict'];

export type CanaryWords = {
  /** What must stay where it is: in every text that the staff writes. */
  readonly secret: string;
  /** In the title of the incident, which everybody with a role in its plan may read. */
  readonly title: string;
  readonly planTitle: string;
};

/** A record of every kind that people write, the staff's own, full of one word. A kind that is missing here fails. */
export function canaryRecords(
  { secret, title, planTitle }: CanaryWords,
  staff: { readonly person: string; readonly device: string },
): readonly CanaryRecord[] {
  const items = JSON.parse(
    JSON.stringify(samplePlan).replaceAll(canary, JSON.stringify(secret).slice(1, -1)),
  ) as typeof samplePlan;
  const plan = planVersion(items.map((item) => (item['section'] === 'header' ? { ...item, title: planTitle } : item)));
  const incident = incidentValue(plan.hash, { title });
  const of = (rest: string) => `${incident.id}/${rest}`;
  const risk = { order: 1, salt: 'A'.repeat(22), section: 'risk', id: 'r', likelihood: 'low', consequence: 'low' };
  const report = { installed: true, persisted: true, plan: null, appVersion: '1', reportedAt: at };
  const values: Readonly<Record<string, readonly [key: string, value: Json]>> = {
    'plan-version': [plan.hash, plan.value],
    incident: [incident.id, incident.value],
    'plan-item': ['shop/risk/r', { ...risk, title: secret, response: secret }],
    task: [of('IT-01'), taskProgress('blocked', { reason: secret })],
    step: [of('IT-01/1'), { done: true, at, by: null, note: secret }],
    log: [of('l1'), logEntry(secret)],
    impact: [of('ledger'), { impact: 'down', estimate: null, at, by: null, note: secret }],
    availability: [of(staff.person), { within: 'now', until: null, note: secret }],
    assignment: [of(`it/${staff.person}`), { since: at, until: null, note: secret }],
    approval: [`${plan.hash}/lead`, { decision: 'approved', at, by: null, note: secret }],
    message: [of('m1'), { status: 'draft', text: secret }],
    resource: [of('r1'), { status: 'requested', text: secret }],
    review: [of('rv'), { text: secret }],
    'extra-task': [of('X-1'), extraTask('it', secret)],
    'contact-test': ['ct1', { startedAt: at, endedAt: null, plan: null, incident: null, by: null, note: secret }],
    'contact-result': ['ct1/somebody', { result: 'reached', at, by: null, means: 'phone', note: secret }],
    training: [
      'tr1',
      {
        type: 'briefing',
        title: secret,
        date: '2026-11-23',
        people: [],
        roles: [],
        next: null,
        notes: secret,
        incident: null,
      },
    ],
    person: [staff.person, { name: secret, contacts: [{ type: 'phone', value: secret, verifiedAt: null }] }],
    device: [staff.device, { ...report, name: secret }],
  };
  const missing = Object.keys(kinds).filter((kind) => values[kind] === undefined && !byTheServer.includes(kind));
  if (missing.length > 0) throw new Error(`no record with a canary of ${missing.join(', ')}`);
  return Object.entries(values).map(([kind, [key, value]]) => ({ kind, key, value }));
}

/** The incident of these records, once written. */
export function incidentIn(records: readonly CanaryRecord[]): JsonObject & { readonly id: string } {
  const found = records.find(({ kind }) => kind === 'incident');
  if (found === undefined) throw new Error('there is no incident');
  return { ...(found.value as JsonObject), id: found.key };
}
