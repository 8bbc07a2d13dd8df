import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId, PlanHash, RoleId } from '../../../src/domain/ids.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { coverage } from '../../../src/domain/readiness/coverage.ts';
import { missingTonight } from '../../../src/domain/readiness/missing-tonight.ts';
import { places } from '../../../src/domain/readiness/person-place.ts';
import { readinessCsv } from '../../../src/domain/readiness/readiness-csv.ts';
import { readiness } from '../../../src/domain/readiness/readiness.ts';
import { day } from '../../../src/domain/time.ts';
import { ago, readinessItems, roster, type Member } from '../../support/roster.ts';

const plan = planOf(readinessItems());
const it1: Member = { person: 'ana', roles: ['it'] };
const it2: Member = { person: 'ben', roles: ['it'] };

function colourOf(role: string, members: readonly Member[]) {
  const of = roster(members);
  return coverage(of, readiness(of)).find((each) => each.role === role);
}

describe('coverage of roles', () => {
  it('[READY-30] critical are the owners of critical tasks and the commanding role', () => {
    const all = coverage(roster([]), readiness(roster([])));
    expect(all.flatMap(({ role, critical }) => (critical ? [role] : [])).sort()).toEqual(['it', 'lead']);
  });

  it('[READY-31] a critical role is red with fewer than two phones that hold its current card', () => {
    expect(colourOf('it', [it1, it2])?.colour).toBe('green');
    expect(colourOf('it', [it1])?.colour).toBe('red');
    expect(colourOf('it', [])?.colour).toBe('red');
    const older = { ...it2, report: { plan: 'e'.repeat(64) as PlanHash } };
    expect(colourOf('it', [it1, older])).toMatchObject({ colour: 'red', others: [{ person: 'ben' }] });
    const silent = { ...it2, report: { at: ago(7 * day) } };
    expect(colourOf('it', [it1, silent])?.colour).toBe('red');
    const revoked = { ...it2, revoked: 'lost' as const };
    expect(colourOf('it', [it1, revoked])).toMatchObject({ colour: 'red', without: ['ben'] });
  });

  it('[READY-32] two phones of one person are amber: one person can be missing', () => {
    expect(colourOf('it', [it1, it1])).toMatchObject({ colour: 'amber', critical: true });
  });
});

describe('who is missing tonight', () => {
  const people = ['ana', 'ben', 'cleo', 'dan'] as PersonId[];
  const held = fc
    .dictionary(fc.constantFrom('it', 'lead'), fc.subarray(people))
    .map((all) => new Map(Object.entries(all) as [RoleId, PersonId[]][]));

  it('[READY-33] nobody missing uncovers nothing; an uncovered role lost all who held it, and shows its tasks', () => {
    fc.assert(
      fc.property(held, fc.subarray(people), (holders, missing) => {
        expect(missingTonight(plan, holders, new Set()).uncovered).toEqual([]);
        const struck = new Set(missing);
        for (const { role, lost, left, tasks } of missingTonight(plan, holders, struck).uncovered) {
          expect(left).toEqual([]);
          expect(lost).toEqual(holders.get(role));
          expect(lost.every((person) => struck.has(person))).toBe(true);
          expect(tasks).toEqual(plan.tasks.filter(({ owner }) => owner === role));
        }
      }),
      { seed: 11 },
    );
  });

  it('[READY-34] the more are missing, the more is uncovered', () => {
    fc.assert(
      fc.property(held, fc.subarray(people), fc.subarray(people), (holders, some, others) => {
        const few = missingTonight(plan, holders, new Set(some)).uncovered.map(({ role }) => role);
        const many = missingTonight(plan, holders, new Set([...some, ...others])).uncovered.map(({ role }) => role);
        expect(many).toEqual(expect.arrayContaining([...few]));
      }),
      { seed: 13 },
    );
  });

  it('[READY-35] names the role that hangs on one person, and those that nobody holds anyway', () => {
    const holders = new Map([['it' as RoleId, ['ana', 'ben'] as PersonId[]]]);
    const found = missingTonight(plan, holders, new Set(['ana' as PersonId]));
    expect(found.thin.map(({ role, left }) => [role, left])).toEqual([['it', ['ben']]]);
    expect(found.unheld).toEqual(['lead']);
  });

  it('[READY-36] sites and carriers join names that differ in case only, and tell who did not say', () => {
    const of = roster([
      { person: 'ana', more: { site: 'Durban ' } },
      { person: 'ben', more: { site: 'durban' } },
      { person: 'cleo', more: { site: '' } },
      { person: 'dan', more: { site: 7 } },
    ]);
    expect(places(of.people, 'site')).toEqual({
      known: [{ name: 'Durban', people: ['ana', 'ben'] }],
      unknown: ['cleo', 'dan'],
    });
  });
});

describe('the board as a table', () => {
  it('[READY-37] has a line for each phone and each person without, and no cell that a spreadsheet would run', () => {
    const of = roster([it1, { person: '=cmd|"/c calc"!A1', roles: ['it'], report: null }]);
    const text = readinessCsv(readiness(of), ago(0), (role) => role);
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(`"'=cmd|""/c calc""!A1"`);
    for (const line of lines.slice(1)) expect(line).not.toMatch(/(^|,)"?[=+@-]/);
  });
});
