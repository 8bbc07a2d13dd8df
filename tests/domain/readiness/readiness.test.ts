import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId, PlanHash, RoleId } from '../../../src/domain/ids.ts';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { cardPrints } from '../../../src/domain/readiness/card-print.ts';
import type { DeviceReport } from '../../../src/domain/readiness/device-report.ts';
import { checks, type Check } from '../../../src/domain/readiness/findings.ts';
import { readiness } from '../../../src/domain/readiness/readiness.ts';
import { day } from '../../../src/domain/time.ts';
import { role, versionOf } from '../../support/plan-items.ts';
import { ago, now, readinessItems, roster, type Member } from '../../support/roster.ts';

function found(member: Member, check: Check, of = roster([member])) {
  const [person] = readiness(of);
  return person?.findings.find((each) => each.check === check);
}

describe('readiness of a person', () => {
  it('[READY-1] a phone with everything in order is green in every check', () => {
    const [ana] = readiness(roster([{ person: 'ana', roles: ['it'] }]));
    expect(ana?.findings.map(({ check, colour }) => [check, colour])).toEqual(checks.map((check) => [check, 'green']));
    expect(ana?.worst).toBe('green');
  });

  it('[READY-2] no report for seven days is green in no check, whatever it says', () => {
    const report = fc.record({
      at: fc.integer({ min: 7, max: 4_000 }).map((days) => ago(days * day)),
      installed: fc.boolean(),
      persisted: fc.option(fc.boolean()),
      queue: fc.option(fc.nat(9)),
      free: fc.option(fc.nat(2_000_000_000)),
      clockOffset: fc.option(fc.integer({ min: -9e6, max: 9e6 })),
      alerts: fc.constantFrom('granted', 'denied', 'default', 'unsupported', null),
    }) as fc.Arbitrary<Partial<DeviceReport>>;
    fc.assert(
      fc.property(report, fc.boolean(), fc.nat(6), (of, online, days) => {
        const member = { person: 'ana', roles: ['it'], report: of, lastSeenAt: ago(days * day) };
        const [ana] = readiness(roster([member], readinessItems(), online));
        expect(ana?.findings.filter(({ colour }) => colour === 'green')).toEqual([]);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('[READY-3] who was invited and never joined is red where the server says so, and not known where it can’t be asked', () => {
    const never: Member = { person: 'ana', roles: ['it'], report: null };
    expect(found(never, 'heard')).toMatchObject({ colour: 'red', because: 'never-joined', todo: 'invite' });
    const offline = roster([never], readinessItems(), false);
    expect(found(never, 'heard', offline)).toMatchObject({ colour: 'unknown', because: 'no-phone' });
  });

  it('[READY-4] a phone in a drawer for a month is red and asks for a call; one that is heard from again keeps its age', () => {
    const drawer = { person: 'ana', report: { at: ago(31 * day) }, lastSeenAt: ago(31 * day) };
    expect(found(drawer, 'heard')).toMatchObject({ colour: 'red', todo: 'call', at: ago(31 * day) });
    const back = { ...drawer, lastSeenAt: ago(60_000) };
    expect(found(back, 'heard')).toMatchObject({ colour: 'amber', because: 'silent', at: ago(60_000) });
  });

  it('[READY-5] an older plan is amber while the card says the same, and red once it does not', () => {
    const older = 'a'.repeat(64) as PlanHash;
    const of = roster([{ person: 'ana', roles: ['it'], report: { plan: older } }]);
    const same = { ...of, prints: new Map([...of.prints, [older, cardPrints(planOf(readinessItems()))]]) };
    expect(found({ person: 'ana' }, 'plan', same)).toMatchObject({ colour: 'amber', because: 'older-plan' });
    const other = new Map([['it' as RoleId, 'other']]);
    const changed = { ...of, prints: new Map([...of.prints, [older, other]]) };
    expect(found({ person: 'ana' }, 'plan', changed)).toMatchObject({ colour: 'red', because: 'older-card' });
    expect(found({ person: 'ana' }, 'plan', of)).toMatchObject({ colour: 'red', because: 'older-card' });
  });

  it('[READY-6] a card counts as read while it says what it said then, and is asked for again when it changed', () => {
    const at = ago(40 * day);
    const plan = 'b'.repeat(64) as PlanHash;
    const print = cardPrints(planOf(readinessItems())).get('it' as RoleId) ?? '';
    const read = (of: string) => ({
      person: 'ana',
      roles: ['it'],
      report: { cards: [{ role: 'it' as RoleId, print: of, plan, at }] },
    });
    expect(found(read(print), 'card')).toMatchObject({ colour: 'green', at });
    expect(found(read('0000'), 'card')).toMatchObject({ colour: 'amber', because: 'card-changed', todo: 'read' });
    expect(found({ person: 'ana', roles: ['it'], report: { cards: [] } }, 'card')).toMatchObject({ colour: 'red' });
    expect(found({ person: 'ana' }, 'card')).toMatchObject({ colour: 'not-asked', because: 'no-role' });
  });

  it('[READY-7] the team channel is asked for again when the plan names another, and after three months', () => {
    const reached = (at: number, of: string) => ({ person: 'ana', report: { channel: { at: ago(at), of } } });
    expect(found(reached(day, 'Room "recovery"'), 'channel')?.colour).toBe('green');
    expect(found(reached(day, 'Bridge'), 'channel')).toMatchObject({ colour: 'amber', because: 'channel-changed' });
    expect(found(reached(91 * day, 'Room "recovery"'), 'channel')).toMatchObject({ because: 'long-ago' });
  });

  it('[READY-8] a failed self-test is red, an old or missing one amber', () => {
    const tested = (selfTest: DeviceReport['selfTest']) => found({ person: 'ana', report: { selfTest } }, 'test');
    expect(tested({ at: ago(day), failed: ['app'] })).toMatchObject({ colour: 'red', because: 'test-failed' });
    expect(tested({ at: ago(31 * day), failed: [] })).toMatchObject({ colour: 'amber', because: 'long-ago' });
    expect(tested(null)).toMatchObject({ colour: 'amber', because: 'never-tested' });
  });

  it('[READY-9] a revoked phone counts for nobody, and a person is as ready as their readiest phone', () => {
    const lost = readiness(roster([{ person: 'ana', revoked: 'lost' }]));
    expect(lost[0]?.phones).toEqual([]);
    expect(lost[0]?.findings[0]).toMatchObject({ colour: 'red', because: 'never-joined' });
    const [ana] = readiness(
      roster([{ person: 'ana', report: { installed: false, selfTest: null } }, { person: 'ana' }]),
    );
    expect(ana?.phones).toHaveLength(2);
    expect(ana?.worst).toBe('green');
  });

  it('[READY-10] whom the plan names is expected, with access or without', () => {
    const named = role('it', { holders: [{ kind: 'person', name: 'Ben', person: 'ben' as PersonId }] });
    const items = readinessItems().map((item) => (item.section === 'role' && item.id === 'it' ? named : item));
    const of = roster([{ person: 'ana' }, { person: 'ben', report: null }], items);
    const people = readiness({ ...of, grants: new Map([...of.grants].filter(([person]) => person === 'ana')) });
    expect(people.map(({ person, roles }) => [person, roles])).toEqual([
      ['ana', []],
      ['ben', ['it']],
    ]);
  });
});

describe('what a card says', () => {
  it('[READY-11] is the same for a new salt, place or holder, and another for another task, contact or command post', () => {
    const items = readinessItems();
    const card = 'it' as RoleId;
    const base = cardPrints(planOf(items)).get(card);
    const changed = (change: (item: (typeof items)[number]) => object) =>
      cardPrints(planOf(items.map((item) => ({ ...item, ...change(item) })))).get(card);
    expect(base).toMatch(/^[0-9a-f]{16}$/);
    expect(changed(() => ({ salt: 'AAAAAAAAAAAAAAAAAAAAAA' }))).toBe(base);
    expect(changed(({ section }) => (section === 'role' ? { holders: [{ kind: 'person', name: 'New' }] } : {}))).toBe(
      base,
    );
    expect(changed(({ id }) => (id === 'IT-01' ? { title: 'Restore all' } : {}))).not.toBe(base);
    expect(changed(({ id }) => (id === 'it' ? { channel: 'Bridge' } : {}))).not.toBe(base);
    expect(changed(({ section }) => (section === 'header' ? { commandPhone: '112' } : {}))).not.toBe(base);
    expect(planHash(versionOf(items))).toHaveLength(64);
    expect(now).toBeGreaterThan(0);
  });
});
