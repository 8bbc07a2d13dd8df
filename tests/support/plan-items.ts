import type { PlanId } from '../../src/domain/ids.ts';
import type {
  Contact,
  Milestone,
  Phase,
  PlanHeader,
  PlanItem,
  PlanSection,
  PlanVersion,
  Procedure,
  Resource,
  Role,
  RoleGroup,
  System,
  Task,
} from '../../src/domain/plan/plan-item.ts';

/*
 * Well-formed plan items for tests of rules: each function fills in what a test doesn't care about. Ids are plain texts here,
 * so that a test reads like the plan it means.
 */

type Fields<Item> = Partial<Record<keyof Item, unknown>>;

let made = 0;

function item<S extends PlanSection>(
  fields: { readonly section: S; readonly id: string; readonly [field: string]: unknown },
  more: object,
): Extract<PlanItem, { section: S }> {
  made += 1;
  return {
    order: made,
    salt: `testsalttestsalt${String(made).padStart(6, '0')}`,
    ...fields,
    ...more,
  } as unknown as Extract<PlanItem, { section: S }>;
}

export function header(more: Fields<PlanHeader> = {}): PlanHeader {
  return item(
    {
      section: 'header',
      id: 'plan',
      title: 'Shop recovery',
      organisation: 'Example Shop',
      summary: '',
      scope: '',
      assumptions: [],
      commandLocation: 'Room 3B',
      commandPhone: '+27 00 000 0001',
      zone: 'Africa/Johannesburg',
      currency: 'ZAR',
      commandingRole: 'lead',
      declaredBy: ['lead'],
      approvedBy: ['lead'],
      recoveryTests: [],
      recoverySignOff: 'lead',
    },
    more,
  );
}

export function group(id: string, more: Fields<RoleGroup> = {}): RoleGroup {
  return item({ section: 'group', id, name: `Group ${id}`, purpose: '', vest: 'operations' }, more);
}

export function role(id: string, more: Fields<Role> = {}): Role {
  return item(
    {
      section: 'role',
      id,
      group: 'team',
      title: `The ${id}`,
      mission: `Do what ${id} does.`,
      reportsTo: id === 'lead' ? null : 'lead',
      responsibilities: [],
      reporting: 'every 30 min',
      escalation: 'blocked over 15 min: call',
      holders: [{ kind: 'person', name: `Holder of ${id}` }],
    },
    more,
  );
}

export function phase(id: string, from: number, to: number, more: Fields<Phase> = {}): Phase {
  return item({ section: 'phase', id, title: `Phase ${id}`, purpose: '', from, to }, more);
}

export function task(id: string, more: Fields<Task> = {}): Task {
  return item(
    {
      section: 'task',
      id,
      phase: 'first',
      title: `Restore ${id}`,
      owner: 'it',
      supporting: [],
      dependsOn: [],
      target: 60,
      steps: [],
      completionTest: 'A test order can be read back',
      resources: [],
      critical: false,
    },
    more,
  );
}

export function system(id: string, more: Fields<System> = {}): System {
  return item(
    {
      section: 'system',
      id,
      name: `System ${id}`,
      owner: 'it',
      rto: 240,
      rpo: 60,
      mtd: 720,
      priority: 1,
      dependsOn: [],
    },
    more,
  );
}

export function contact(id: string, more: Fields<Contact> = {}): Contact {
  return item(
    {
      section: 'contact',
      id,
      name: `Contact ${id}`,
      means: [{ pace: 'primary', type: 'phone', value: '+27 00 000 0002' }],
      verifiedAt: '2026-11-02',
      neededBy: [],
    },
    more,
  );
}

export function procedure(id: string, more: Fields<Procedure> = {}): Procedure {
  return item(
    {
      section: 'procedure',
      id,
      kind: 'internal',
      title: `Procedure ${id}`,
      purpose: '',
      owner: 'lead',
      audiences: ['All roles'],
      channels: ['Bridge'],
      cadence: [],
      points: [],
      reportAndEscalate: [],
      templates: [],
    },
    more,
  );
}

export function milestone(id: string, at: number, more: Fields<Milestone> = {}): Milestone {
  return item({ section: 'milestone', id, title: `Milestone ${id}`, at, tasks: [] }, more);
}

export function resource(id: string, more: Fields<Resource> = {}): Resource {
  return item(
    {
      section: 'resource',
      id,
      kind: 'technical',
      name: `Resource ${id}`,
      quantity: 1,
      unit: 'pieces',
      owner: 'it',
    },
    more,
  );
}

/** Two roles, two phases, four tasks in sequence: IT-01, then IT-02 and IT-03, then LD-01 in the second phase. */
export function smallPlanItems(): readonly PlanItem[] {
  return [
    header({ recoveryTests: ['IT-03'] }),
    group('team'),
    role('lead'),
    role('it'),
    phase('first', 0, 240),
    phase('second', 240, 720),
    task('IT-01', { target: 30 }),
    task('IT-02', { target: 60, dependsOn: ['IT-01'] }),
    task('IT-03', { target: 120, dependsOn: ['IT-01'], critical: true }),
    task('LD-01', { phase: 'second', owner: 'lead', target: 300, dependsOn: ['IT-02', 'IT-03'] }),
    milestone('restored', 180, { tasks: ['IT-03'] }),
  ];
}

export function versionOf(items: readonly PlanItem[], more: Partial<PlanVersion> = {}): PlanVersion {
  return { plan: 'shop' as PlanId, number: 1, author: null, items, withheld: [], ...more };
}
