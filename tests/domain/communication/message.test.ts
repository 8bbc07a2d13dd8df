import { describe, expect, it } from 'vitest';
import { matchingContacts, waysToReach } from '../../../src/domain/communication/contacts.ts';
import { messageFrom, openIn, sentWords } from '../../../src/domain/communication/message.ts';
import { templateValues } from '../../../src/domain/communication/template-values.ts';
import type { Person } from '../../../src/domain/access/access.ts';
import type { Impact, IncidentRecords } from '../../../src/domain/incident/incident.ts';
import type { PersonId, RoleId, SystemId } from '../../../src/domain/ids.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { instant, minute } from '../../../src/domain/time.ts';
import { contact, procedure, role, smallPlanItems, system } from '../../support/plan-items.ts';
import { incidentValue } from '../../support/sample-plan.ts';

const startedAt = Date.parse('2026-11-23T10:00:00.000Z');
const template = {
  id: 'first',
  title: 'First notice',
  audience: 'Customers',
  channel: 'Status page',
  subject: '{{incident}}',
  body: 'Down: {{systemsDown}}. Back: {{estimate}}. Next: {{nextUpdate}}. {{contactName}} {{contactPhone}}',
};
const customers = procedure('customers', {
  owner: 'lead',
  cadence: [
    { from: 0, to: 600, every: 30, audience: 'Staff', channel: 'Chat' },
    { from: 60, to: 600, every: 60, audience: 'Customers', channel: 'Status page' },
  ],
});
const plan = planOf([
  ...smallPlanItems().filter(({ id }) => id !== 'lead'),
  role('lead', { holders: [{ kind: 'person', name: 'Thandi', contact: 'thandi' }] }),
  contact('thandi', { means: [{ pace: 'primary', type: 'phone', value: '+27 1' }] }),
  customers,
  system('orders', { name: 'Orders' }),
  system('search', { name: 'Search' }),
]);

describe('message', () => {
  it('[MESSAGE-1] is filled with what is known; what nobody reported stays open and is named', () => {
    const message = messageFrom(template, valuesWith({}), 'incident');
    expect(message.subject).toBe('Ransomware');
    expect(message.body).toBe(
      'Down: [systems that are down]. Back: [estimated time of restoration]. Next: 23 Nov 2026, 13:00 SAST. Thandi +27 1',
    );
    expect(openIn(message)).toEqual(['estimated time of restoration', 'systems that are down']);
    expect(openIn({ ...message, body: 'All by hand' })).toEqual([]);
  });

  it('[MESSAGE-2] without an incident only the plan speaks', () => {
    const values = templateValues(plan, customers, 'Customers', null, startedAt);
    expect(values).toEqual({ organisation: 'Example Shop', contactName: 'Thandi', contactPhone: '+27 1' });
  });

  it('[MESSAGE-3] an estimate is only given where every system that is not back has one', () => {
    const down = {
      impact: 'down',
      estimate: instant(startedAt + 300 * minute),
      at: instant(startedAt),
      by: null,
    } as const;
    const restored = { ...down, impact: 'restored', estimate: null } as const;
    expect(valuesWith({ orders: down, search: restored })).toMatchObject({
      systemsDown: 'Orders',
      systemsRestored: 'Search',
      estimate: '23 Nov 2026, 17:00 SAST',
    });
    expect(valuesWith({ orders: down, search: { ...down, estimate: null } })).not.toHaveProperty('estimate');
    expect(valuesWith({ search: restored })).toMatchObject({ systemsDown: 'none' });
  });

  it('[MESSAGE-4] an exercise says so in the subject and at both ends of the text', () => {
    const message = messageFrom({ ...template, subject: undefined }, {}, 'exercise');
    expect(message.subject).toBe('EXERCISE EXERCISE EXERCISE: First notice');
    expect(message.body).toMatch(
      /^EXERCISE EXERCISE EXERCISE: this is not a real incident\.\n\n[^]*\n\nEXERCISE EXERCISE EXERCISE$/,
    );
  });

  it('[MESSAGE-5] the log entry names audience and channel and has room for the longest text', () => {
    const words = sentWords(template, { subject: 'S', body: 'B' });
    expect(words).toBe('Sent “First notice” to Customers by Status page.\nS\nB');
    expect(sentWords(template, { subject: '', body: 'x'.repeat(9000) })).toHaveLength(8000);
  });
});

describe('contacts', () => {
  const own = contact('sponsor', {
    person: 'p1',
    means: [
      { pace: 'emergency', type: 'radio', value: 'Channel 1' },
      { pace: 'primary', type: 'phone', value: '+27 2' },
    ],
  });

  it('[CONTACT-1] ways stand in the order of PACE', () => {
    expect(waysToReach(own, new Map())).toMatchObject({
      of: 'plan',
      ways: [
        { pace: 'primary', value: '+27 2', verifiedAt: '2026-11-02' },
        { pace: 'emergency', value: 'Channel 1' },
      ],
    });
  });

  it('[CONTACT-2] a person’s own verified contacts take the place of the plan’s, unverified ones never do', () => {
    const person = (verifiedAt: string | null): ReadonlyMap<PersonId, Person> =>
      new Map([
        [
          'p1' as PersonId,
          {
            name: 'Nomsa',
            contacts: [
              { type: 'chat', value: '@nomsa', verifiedAt: null },
              { type: 'email', value: 'n@shop.example', verifiedAt, pace: 'alternate' },
            ],
          } as unknown as Person,
        ],
      ]);
    expect(waysToReach(own, person('2026-11-20T08:00:00.000Z'))).toMatchObject({
      of: 'person',
      ways: [{ value: 'n@shop.example', pace: 'alternate' }],
    });
    expect(waysToReach(own, person(null)).of).toBe('plan');
  });

  it('[CONTACT-3] search takes every word, anywhere; the role narrows it', () => {
    const all = [own, contact('host', { name: 'CloudSample', note: 'Contract EX-1', neededBy: ['it'] })];
    const ids = (search: string, by: string) => matchingContacts(all, search, by as RoleId).map(({ id }) => id);
    expect(ids('', '')).toEqual(['sponsor', 'host']);
    expect(ids('ex-1 cloud', '')).toEqual(['host']);
    expect(ids('channel', '')).toEqual(['sponsor']);
    expect(ids('', 'it')).toEqual(['host']);
    expect(ids('nobody', '')).toEqual([]);
  });
});

function valuesWith(impacts: Record<string, Impact>) {
  const { id, value } = incidentValue('a'.repeat(64) as never, { startedAt: instant(startedAt) });
  const records: IncidentRecords = {
    id,
    incident: value as unknown as IncidentRecords['incident'],
    progress: new Map(),
    steps: new Map(),
    impacts: new Map(Object.entries(impacts) as [SystemId, Impact][]),
  };
  return templateValues(plan, customers, 'Customers', records, startedAt + 48 * minute);
}
