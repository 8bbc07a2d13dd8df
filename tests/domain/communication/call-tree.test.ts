import { describe, expect, it } from 'vitest';
import { callTree, type TreeCall } from '../../../src/domain/communication/call-tree.ts';
import { contactAge, isOld } from '../../../src/domain/communication/contact-age.ts';
import { daysAgoWords } from '../../../src/domain/incident/time-span.ts';
import { countedResults, lastResults, resultsOf } from '../../../src/domain/communication/contact-results.ts';
import type { ContactResult, ContactResultWord } from '../../../src/domain/communication/contact-test.ts';
import type { Instant, PersonId, RoleId } from '../../../src/domain/ids.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { day } from '../../../src/domain/time.ts';
import { contact, role } from '../../support/plan-items.ts';

const person = (id: string) => ({ kind: 'person' as const, name: id.toUpperCase(), person: id });
const plan = planOf([
  role('lead', { reportsTo: null, holders: [person('ana'), person('ben')] }),
  role('it', { reportsTo: 'lead', holders: [person('cem'), person('dee')] }),
  role('disks', { reportsTo: 'it', holders: [person('eve')] }),
  role('press', { reportsTo: 'lead', holders: [person('ben'), person('fay')] }),
] as never);
const none: ReadonlyMap<PersonId, readonly RoleId[]> = new Map();
const results = (of: Readonly<Record<string, ContactResultWord>>) => new Map(Object.entries(of));
const line = ({ callee, caller, insteadOf }: TreeCall) =>
  `${caller?.id ?? 'start'} > ${callee.id}${insteadOf === null ? '' : ` (for ${insteadOf.id})`}`;
const tree = (of: Readonly<Record<string, ContactResultWord>> = {}) => callTree(plan, none, results(of)).map(line);

describe('the call tree', () => {
  it('[CALL-1] goes down the roles: the first holder calls the deputies and the first holders below', () => {
    expect(tree()).toEqual(['start > ana', 'ana > ben', 'ana > cem', 'cem > dee', 'cem > eve', 'ben > fay']);
    expect(callTree(plan, none, new Map()).map(({ level }) => level)).toEqual([0, 1, 1, 2, 2, 2]);
  });

  it('[CALL-2] calls everybody once, where they stand highest', () => {
    const ids = callTree(plan, none, new Map()).map(({ callee }) => callee.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(callTree(plan, none, new Map()).find(({ callee }) => callee.id === 'ben')?.role).toBe('lead');
  });

  it('[CALL-3] who is not reached is replaced by the deputy, else by the role above; a message left counts as not reached', () => {
    expect(tree({ ana: 'not-reached' })).toEqual([
      'start > ana',
      'start > ben (for ana)',
      'ben > cem (for ana)',
      'cem > dee',
      'cem > eve',
      'ben > fay',
    ]);
    expect(tree({ cem: 'message-left' })).toContain('dee > eve (for cem)');
    expect(tree({ cem: 'not-reached', dee: 'not-reached' })).toContain('ana > eve (for cem)');
    expect(tree({ cem: 'reached' })).toEqual(tree());
  });

  it('[CALL-4] ends in a ring and begins at the top where the superior is not in this copy', () => {
    const ring = planOf([
      role('a', { reportsTo: 'b', holders: [person('ana')] }),
      role('b', { reportsTo: 'a', holders: [person('ben')] }),
      role('c', { reportsTo: 'elsewhere', holders: [person('cem')] }),
    ] as never);
    expect(callTree(ring, none, new Map()).map(line)).toEqual(['start > cem', 'start > ana', 'ana > ben']);
    expect(callTree(planOf([]), none, new Map())).toEqual([]);
  });

  it('[CALL-5] knows a person by the contact that the plan names, and others by a name of their own that says nothing', () => {
    const named = planOf([
      role('a', {
        reportsTo: null,
        holders: [
          { kind: 'person', name: 'Ana', contact: 'ana-duty' },
          { kind: 'organisation', name: 'Hoster', contact: 'hoster' },
          { kind: 'department', name: 'Facilities' },
        ],
      }),
      contact('ana-duty', { person: 'ana' }),
      contact('hoster'),
    ] as never);
    const ids = callTree(named, none, new Map()).map(({ callee }) => callee.id);
    expect(ids[0]).toBe('ana');
    expect(ids.slice(1).every((id) => /^~[0-9a-f]{16}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(3);
    expect(ids.join()).not.toContain('Facilities');
  });

  it('[CALL-6] calls who was invited with a role after those whom the plan names', () => {
    const granted = new Map([
      ['zoe' as PersonId, ['disks' as RoleId]],
      ['eve' as PersonId, ['disks' as RoleId]],
    ]);
    expect(callTree(plan, granted, new Map()).map(line)).toContain('eve > zoe');
    expect(callTree(plan, granted, new Map())).toHaveLength(7);
  });
});

describe('what came of the calls', () => {
  const at = (date: string) => `${date}T12:00:00.000Z` as Instant;
  const result = (word: ContactResultWord, date: string): ContactResult => ({
    result: word,
    at: at(date),
    by: null,
    means: 'phone',
    note: null,
  });
  const known = [
    { test: 't2', callee: 'ana', result: result('not-reached', '2026-11-20') },
    { test: 't1', callee: 'ana', result: result('reached', '2026-05-20') },
    { test: 't2', callee: 'ben', result: result('reached', '2026-11-20') },
  ];

  it('[CALL-7] is told per test and per person, the last call of all tests', () => {
    expect(lastResults(known).get('ana')?.result).toBe('not-reached');
    expect([...resultsOf(known, 't1').keys()]).toEqual(['ana']);
    expect(countedResults(resultsOf(known, 't2'))).toBe('1 reached, 1 not reached');
    expect(countedResults(new Map())).toBe('');
  });
});

describe('the age of a number', () => {
  const now = Date.parse('2026-11-27T12:00:00.000Z');
  const before = (days: number) => new Date(now - days * day).toISOString();

  it('[VERIFY-1] is told in words, and is old when it was never checked or longer ago than 90 days', () => {
    expect(contactAge(null, now)).toEqual({ words: 'never checked', old: true });
    expect(contactAge(before(0), now)).toEqual({ words: 'checked today', old: false });
    expect(contactAge(before(90), now).old).toBe(false);
    expect(contactAge(before(92), now)).toEqual({ words: 'checked 3 months ago', old: true });
    expect(contactAge('2026-11-20', now)).toEqual({ words: 'checked 7 days ago', old: false });
    expect(contactAge('2027-01-01', now).words).toBe('checked today');
    expect(contactAge('no date', now).words).toBe('never checked');
  });

  it('[VERIFY-2] rounds down to the largest unit of which there are two', () => {
    expect([1, 13, 14, 60, 61, 729, 731].map(daysAgoWords)).toEqual([
      'yesterday',
      '13 days ago',
      '2 weeks ago',
      '8 weeks ago',
      '2 months ago',
      '23 months ago',
      '2 years ago',
    ]);
  });

  it('[VERIFY-3] is marked on paper where there is a date and it is old', () => {
    expect([isOld(null, now), isOld('2026-11-20', now), isOld('2026-06-01', now)]).toEqual([false, false, true]);
  });
});
