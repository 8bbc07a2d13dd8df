import type { PersonId } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { Draft } from '../../../src/domain/ports/records.ts';
import { logEntry, planVersion, incidentValue, samplePlan, taskProgress } from '../sample-plan.ts';

export const version = planVersion();
export const incident = incidentValue(version.hash);

/** One record of every kind that a coordinator's phone writes, in protocol version 1 with its additions; `conflict` and `grant` come by themselves. */
export function everyKind(person: PersonId, device: string): readonly Draft[] {
  const at = '2026-11-23T12:00:00.000Z';
  const of = (...rest: readonly string[]) => [incident.id, ...rest].join('/');
  const task = samplePlan.find(({ section }) => section === 'task') ?? null;
  const records: readonly (readonly [kind: string, key: string, value: Json])[] = [
    ['plan-version', version.hash, version.value],
    ['plan-item', 'shop/task/IT-01', task],
    ['incident', incident.id, incident.value],
    ['approval', `${incident.id}/executive`, { decision: 'approved', at, by: person, note: 'By telephone' }],
    ['assignment', of('lead', person), { since: at, until: null, note: null }],
    ['availability', of(person), { within: '15', until: '2026-11-23T20:00:00.000Z' }],
    ['task', of('IT-01'), taskProgress('in-progress', { startedAt: at, by: person })],
    ['task', of('IT-02'), taskProgress('blocked', { startedAt: at, reason: 'No power', by: person })],
    ['step', of('IT-01', '1'), { done: true, at, by: person }],
    [
      'extra-task',
      of('X-01'),
      {
        phase: 'first',
        title: 'Fetch the spare router',
        owner: 'it',
        supporting: [],
        dependsOn: [],
        target: 60,
        steps: ['Call the depot'],
        completionTest: 'It is here',
        critical: false,
        by: person,
      },
    ],
    ['impact', of('ledger'), { impact: 'down', estimate: null, note: 'Disks encrypted', by: person, at }],
    ['log', of('first'), logEntry('The fire is out', { at, by: person })],
    [
      'log',
      of('second'),
      logEntry('', {
        type: 'status',
        at,
        by: person,
        task: 'IT-01',
        role: 'it',
        from: 'not-started',
        to: 'in-progress',
      }),
    ],
    ['message', of('m1'), { state: 'draft', audience: 'Staff', text: 'Stay at home' }],
    ['resource', of('r1'), { state: 'requested', name: 'Generator', quantity: 1 }],
    ['review', of('v1'), { text: 'The list of numbers was out of date' }],
    ['contact-test', 'c1', { startedAt: at, endedAt: null, plan: version.hash, incident: incident.id, by: person }],
    ['contact-result', `c1/${person}`, { result: 'reached', at, by: person, means: 'phone', note: null }],
    [
      'training',
      't1',
      {
        type: 'exercise',
        title: 'Table top',
        date: '2026-11-20',
        people: [person],
        roles: ['it'],
        next: '2027-05-20',
        notes: '',
        incident: null,
      },
    ],
    ['person', person, { name: 'Ana', contacts: [{ type: 'phone', value: '+27 00 000 0001', verifiedAt: at }] }],
    [
      'device',
      device,
      { name: 'Phone', installed: true, persisted: true, plan: version.hash, appVersion: '0.1.0', reportedAt: at, at },
    ],
  ];
  return records.map(([kind, key, value]) => ({ kind, key, value, shown: null }) as unknown as Draft);
}
