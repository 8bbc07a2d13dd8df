import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../../src/domain/access/access.ts';
import type { CardIncident, CardSource } from '../../../src/domain/card/card-source.ts';
import { initialsOf } from '../../../src/domain/card/card-task.ts';
import { composeRoleCards, type RoleCard } from '../../../src/domain/card/role-card.ts';
import type { Instant, PersonId, PlanHash, RoleId, TaskCode } from '../../../src/domain/ids.ts';
import type { HeldAssignment } from '../../../src/domain/incident/held-roles.ts';
import type { TaskProgress } from '../../../src/domain/incident/incident.ts';
import { readPlanFile } from '../../../src/domain/plan/plan-file.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import type { PlanItem } from '../../../src/domain/plan/plan-item.ts';
import { contact, group, phase, procedure, resource, role, smallPlanItems, task } from '../../support/plan-items.ts';

const hash = '3f9ac2d1b7e84c05'.repeat(4) as PlanHash;
const zone = 'Africa/Johannesburg';

describe('the card of a role', () => {
  it('[CARD-1] is there for every role of the plan, also for one without tasks', () => {
    const cards = composeRoleCards(source([...smallPlanItems(), role('press')]));
    expect(cards.map((card) => card.role.id)).toEqual(['lead', 'it', 'press']);
    const press = cardOf(cards, 'press');
    expect(press.phases.map((each) => each.phase.id)).toEqual(['second']);
    expect(press.phases[0]?.closes).toHaveLength(2);
  });

  it('[CARD-2] lists the own tasks by phase in the plan’s order, numbered through', () => {
    const specialists = cardOf(composeRoleCards(source(smallPlanItems())), 'it');
    expect(specialists.phases.map((each) => [each.n, each.window])).toEqual([
      [1, '0-4 h'],
      [2, '4-12 h'],
    ]);
    expect(specialists.phases[0]?.tasks.map(({ n, task: { id } }) => [n, id])).toEqual([
      [1, 'IT-01'],
      [2, 'IT-02'],
      [3, 'IT-03'],
    ]);
  });

  it('[CARD-3] names dependencies by code, with the owner where that is another role', () => {
    const lead = cardOf(composeRoleCards(source(smallPlanItems())), 'lead');
    const specialists = cardOf(composeRoleCards(source(smallPlanItems())), 'it');
    expect(lead.phases[0]?.tasks[0]?.after).toEqual([
      { code: 'IT-02', owner: 'The it' },
      { code: 'IT-03', owner: 'The it' },
    ]);
    expect(specialists.phases[0]?.tasks[1]?.after).toEqual([{ code: 'IT-01', owner: null }]);
  });

  it('[CARD-4] gives targets after T0, and by the incident’s clock once T0 is known', () => {
    const plain = firstTask(cardOf(composeRoleCards(source(smallPlanItems())), 'it'));
    expect(plain.target).toEqual({ afterStart: '0:30', clock: null });
    const open = cardOf(composeRoleCards(source(smallPlanItems(), { incident: incident() })), 'it');
    expect(firstTask(open).target).toEqual({ afterStart: '0:30', clock: '12:30' });
    expect(open.phases[1]?.clock).toBe('16:00 to 24 Nov 00:00');
  });

  it('[CARD-5] opens every later phase with the transfer of the role', () => {
    const { phases } = cardOf(composeRoleCards(source(smallPlanItems())), 'it');
    expect(phases.map(({ opens }) => opens.map(({ title }) => title))).toEqual([[], ['Transfer of role']]);
    expect(phases[1]?.opens[0]?.words).toContain('tell The lead');
  });

  it('[CARD-6] closes the last phase of the plan with the kit and the comments for the review', () => {
    const { phases } = cardOf(composeRoleCards(source(smallPlanItems())), 'it');
    expect(phases[0]?.closes).toEqual([]);
    expect(phases[1]?.closes.map(({ title }) => title)).toEqual(['Return kit', 'Collect comments for the review']);
    expect(phases[1]?.closes[0]?.words).toContain('Room 3B');
  });

  it('[CARD-7] has three lines for relief, and writes in who stands assigned', () => {
    const people = new Map([['ana' as PersonId, person('Ana Botha')]]);
    const plain = cardOf(composeRoleCards(source(smallPlanItems())), 'it');
    expect(plain.relief).toEqual(Array.from({ length: 3 }, () => ({ name: '', date: '', start: '' })));
    const assignments = [assigned('it', 'ana', null), assigned('it', 'ben', '2026-11-23T11:00:00.000Z')];
    const open = composeRoleCards(source(smallPlanItems(), { people, incident: incident({ assignments }) }));
    expect(cardOf(open, 'it').relief).toEqual([
      { name: 'Ana Botha', date: '2026-11-23', start: '12:05' },
      { name: '', date: '', start: '' },
      { name: '', date: '', start: '' },
    ]);
  });

  it('[CARD-8] carries the contacts it needs, its own procedures, and the resources it owns or uses', () => {
    const items = [
      ...smallPlanItems(),
      contact('hoster', { neededBy: ['it'] }),
      contact('press', { neededBy: ['lead'] }),
      procedure('inside', { owner: 'it' }),
      procedure('outside', { owner: 'lead' }),
      resource('disks', { owner: 'it' }),
      resource('money', { owner: 'lead' }),
      resource('vans', { owner: 'lead' }),
      task('IT-09', { resources: ['money'] }),
    ];
    const specialists = cardOf(composeRoleCards(source(items)), 'it');
    expect(specialists.contacts.map(({ contact: { id } }) => id)).toEqual(['hoster']);
    expect(specialists.procedures.map(({ procedure: { id } }) => id)).toEqual(['inside']);
    expect(specialists.resources.map(({ id }) => id)).toEqual(['disks', 'money']);
  });

  it('[CARD-9] names the tasks of others that the role helps with', () => {
    const items = [...smallPlanItems(), task('LD-02', { owner: 'lead', supporting: ['it'] })];
    const specialists = cardOf(composeRoleCards(source(items)), 'it');
    expect(specialists.supports.map((each) => [each.task.id, each.owner])).toEqual([['LD-02', 'The lead']]);
  });

  it('[CARD-10] is opened by a short address that names version and role', () => {
    expect(cardOf(composeRoleCards(source(smallPlanItems())), 'it').path).toBe('/r/3f9ac2d1/it');
  });

  it('[CARD-11] shows how far each task was, when and by whom', () => {
    const progress = new Map<TaskCode, TaskProgress>([
      [
        'IT-01' as TaskCode,
        reported('done', { endedAt: '2026-11-23T12:12:00.000Z' as Instant, by: 'ana' as PersonId }),
      ],
      ['IT-02' as TaskCode, reported('blocked', { reason: 'no power' })],
    ]);
    const people = new Map([['ana' as PersonId, person('Ana Botha')]]);
    const cards = composeRoleCards(source(smallPlanItems(), { people, incident: incident({ progress }) }));
    const [first, second, third] = cardOf(cards, 'it').phases[0]?.tasks ?? [];
    expect(first?.progress).toEqual({ status: 'done', time: '14:12', initials: 'AB', reason: null });
    expect(second?.progress).toEqual({ status: 'blocked', time: null, initials: null, reason: 'no power' });
    expect(third?.progress).toBeNull();
  });

  it('[CARD-12] of a vendor’s copy stands without header, superior and other roles', () => {
    const items = [
      group('team'),
      role('hoster', { reportsTo: 'lead', holders: [] }),
      phase('first', 0, 240),
      task('HO-01', { owner: 'hoster', dependsOn: ['IT-01'], supporting: ['it'] }),
    ];
    const card = cardOf(composeRoleCards(source(items)), 'hoster');
    expect(card.reportsTo).toBe('a role of the organisation');
    expect(card.coveredBy).toBeNull();
    expect(firstTask(card).after).toEqual([{ code: 'IT-01', owner: null }]);
    expect(firstTask(card).supporting).toEqual(['a role of the organisation']);
    expect(card.phases[0]?.closes[0]?.words).toContain('the command post');
  });

  it('[CARD-13] fills templates as far as paper can know, and leaves the rest to be written', () => {
    const items = [
      ...smallPlanItems(),
      procedure('inside', {
        owner: 'it',
        cadence: [{ from: 60, to: 240, every: 30, audience: 'All', channel: 'Bridge' }],
        templates: [
          {
            id: 'a',
            title: 'A',
            audience: 'All',
            channel: 'Bridge',
            body: '{{organisation}}: {{incident}}, {{nextUpdate}}',
          },
        ],
      }),
    ];
    const open = cardOf(composeRoleCards(source(items, { incident: incident() })), 'it').procedures[0];
    expect(open?.templates[0]?.body).toBe('Example Shop: Warehouse fire, [time of the next update]');
    expect(open?.cadence[0]).toEqual({
      window: '1-4 h',
      clock: '13:00 to 16:00',
      every: '30 min',
      audience: 'All',
      channel: 'Bridge',
    });
    const before = cardOf(composeRoleCards(source(items)), 'it').procedures[0];
    expect(before?.templates[0]?.body).toContain('[title of the incident]');
  });

  it('[CARD-14] puts each task of the built-in plan on its owner’s card', () => {
    const text = readFileSync(new URL('../../../src/app/plans/online-marketplace-recovery.json', import.meta.url));
    const file = readPlanFile(new Uint8Array(text));
    if (!file.ok) throw new Error('the built-in plan does not read');
    const cards = composeRoleCards(source(file.value.items));
    const listed = cards.flatMap(({ role: { id }, phases }) =>
      phases.flatMap(({ tasks }) => tasks.map((each) => `${id} ${each.task.id}`)),
    );
    const plan = planOf(file.value.items);
    expect(listed.sort()).toEqual(plan.tasks.map(({ owner, id }) => `${owner} ${id}`).sort());
  });
});

describe('initials', () => {
  it.each([
    ['Thandi Mokoena', 'TM'],
    ['Thandi M.', 'TM'],
    ['Ömer (night shift)', 'ÖS'],
    ['', ''],
  ])('[CARD-15] of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

function source(items: readonly PlanItem[], more: Partial<CardSource> = {}): CardSource {
  return { plan: planOf(items), hash, number: 1, people: new Map(), incident: null, ...more };
}

function incident(more: Partial<CardIncident> = {}): CardIncident {
  return {
    incident: {
      plan: hash,
      mode: 'incident',
      code: 'dakumofi',
      title: 'Warehouse fire',
      severity: 'major',
      zone,
      startedAt: '2026-11-23T10:00:00.000Z' as Instant,
      status: 'active',
      mergedInto: null,
    },
    assignments: [],
    granted: new Map(),
    progress: new Map(),
    ...more,
  };
}

function cardOf(cards: readonly RoleCard[], id: string): RoleCard {
  const card = cards.find((each) => each.role.id === id);
  if (card === undefined) throw new Error(`no card of ${id}`);
  return card;
}

function firstTask(card: RoleCard) {
  const first = card.phases[0]?.tasks[0];
  if (first === undefined) throw new Error('no task');
  return first;
}

function person(name: string): Person {
  return { name, contacts: [] };
}

function assigned(roleId: string, personId: string, until: string | null): HeldAssignment {
  return {
    role: roleId as RoleId,
    person: personId as PersonId,
    assignment: { since: '2026-11-23T10:05:00.000Z' as Instant, until: until as Instant | null, note: null },
  };
}

function reported(status: TaskProgress['status'], more: Partial<TaskProgress>): TaskProgress {
  return { status, reason: null, startedAt: null, endedAt: null, by: null, ...more };
}
