import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planItem, type PlanItem, type Task } from '../../../src/domain/plan/plan-item.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { imperativeVerbs, placeholders, recoverySteps, responsibilities } from './built-in-plan-expectations.ts';

const text = readFileSync(new URL('../../../src/app/plans/online-marketplace-recovery.json', import.meta.url), 'utf8');
const file = JSON.parse(text) as { format: string; plan: string; number: number; author: null; items: unknown[] };
const items = file.items.map((item) => planItem.parse(item) as PlanItem);
const plan = planOf(items);

const ids = (of: readonly { readonly id: string }[]): string[] => of.map((each) => each.id);
const minutesOf = (task: Task): number => task.target;

describe('the built-in plan as a document', () => {
  it('[PLAN] is one published plan whose items all have their own key and salt', () => {
    expect(file).toMatchObject({ format: 'holdfast-plan/1', plan: 'online-marketplace', number: 1, author: null });
    const keys = items.map((item) => `${item.section}/${item.id}`);
    expect(new Set(keys).size).toBe(items.length);
    expect(new Set(items.map((item) => item.salt)).size).toBe(items.length);
  });

  it('[PLAN] has the six groups A to F, each with its own vest', () => {
    expect(plan.groups.map((group) => group.name.slice(0, 2))).toEqual(['A.', 'B.', 'C.', 'D.', 'E.', 'F.']);
    expect(new Set(plan.groups.map((group) => group.vest)).size).toBe(6);
    for (const group of plan.groups) expect(plan.roles.some((role) => role.group === group.id)).toBe(true);
  });

  it('[PLAN] has the six positions of the recovery team, led by the coordinator', () => {
    const team = plan.roles.filter((role) => role.group === 'disaster-recovery-team').map((role) => role.title);
    expect(team).toEqual([
      'Recovery Coordinator',
      'IT Specialists',
      'Security Officer',
      'Data Recovery Team',
      'Business Continuity Lead',
      'Communications Officer',
    ]);
    expect(plan.header?.commandingRole).toBe('recovery-coordinator');
  });

  it('[PLAN] has one line of command: every role reports upwards to the sponsor', () => {
    for (const role of plan.roles) {
      const path = new Set<string>();
      let at = role;
      while (at.reportsTo !== null) {
        expect(path.has(at.id)).toBe(false);
        path.add(at.id);
        const superior = plan.roleById.get(at.reportsTo);
        if (!superior) throw new Error(`${at.id} reports to an unknown role`);
        at = superior;
      }
      expect(at.id).toBe('executive-sponsor');
    }
  });

  it('[PLAN] has the five phases with their windows', () => {
    const windows = plan.phases.map((phase) => [phase.id, phase.from / 60, phase.to / 60]);
    expect(windows).toEqual([
      ['immediate-response', 0, 4],
      ['technical-recovery', 4, 12],
      ['business-continuity', 12, 24],
      ['full-recovery', 24, 48],
      ['post-recovery', 48, 72],
    ]);
  });

  it('[PLAN] has the three kinds of procedures with cadence and templates, and the three kinds of resources', () => {
    expect(new Set(plan.procedures.map((each) => each.kind))).toEqual(new Set(['internal', 'external', 'media']));
    for (const procedure of plan.procedures) {
      expect(procedure.cadence.length).toBeGreaterThan(0);
      expect(procedure.templates.length).toBeGreaterThan(0);
      expect(procedure.reportAndEscalate.length).toBeGreaterThan(0);
      for (const row of procedure.cadence) {
        expect(row.from).toBeLessThan(row.to);
        expect(procedure.audiences).toContain(row.audience);
      }
    }
    expect(new Set(plan.resources.map((each) => each.kind))).toEqual(new Set(['technical', 'human', 'financial']));
  });

  it('[PLAN] fills templates only from the placeholders that the app knows', () => {
    const used = [...text.matchAll(/\{\{([^}]*)\}\}/g)].map((match) => match[1]);
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((name) => name === undefined || !placeholders.has(name))).toEqual([]);
  });

  it('[PLAN] names only people, numbers and addresses that are visibly examples', () => {
    for (const role of plan.roles) {
      expect(role.holders.length).toBeGreaterThan(0);
      for (const holder of role.holders) expect(holder.name).toMatch(/\(example\)$/);
    }
    const numbers = text.match(/\+\d[\d ]+\d/g) ?? [];
    expect(numbers.length).toBeGreaterThan(40);
    expect(numbers.filter((number) => !/^\+27 00 000 \d{4}$/.test(number))).toEqual([]);
    const hosts = [...text.matchAll(/(?:@|https?:\/\/)([\w-]+(?:\.[\w-]+)+)/g)].map((match) => match[1]);
    expect(hosts.length).toBeGreaterThan(20);
    expect(hosts.filter((host) => !host?.endsWith('.example'))).toEqual([]);
  });

  it('[PLAN] gives every role that owns a critical task at least two holders, vendors at least an escalation', () => {
    const critical = new Set(plan.tasks.filter((task) => task.critical).map((task) => task.owner));
    for (const id of critical) {
      const holders = plan.roleById.get(id)?.holders ?? [];
      const outside = holders.every((holder) => holder.kind === 'organisation' && holder.escalation !== undefined);
      expect(outside || holders.length >= 2, id).toBe(true);
    }
  });

  it.each(responsibilities)('[PLAN] gives $group the duty to $duty', ({ group, role, says }) => {
    const holder = plan.roles.find((each) => each.id === role);
    expect(holder?.group).toBe(group);
    expect(holder?.responsibilities.filter((line) => says.test(line))).not.toEqual([]);
  });
});

describe('the tasks of the built-in plan', () => {
  it('[PLAN] are 70 to 90, every one in a phase', () => {
    expect(plan.tasks.length).toBeGreaterThanOrEqual(70);
    expect(plan.tasks.length).toBeLessThanOrEqual(90);
    expect(plan.tasks.length).toBe(items.filter((item) => item.section === 'task').length);
  });

  it('[PLAN] begin with a verb and end with something that one can observe', () => {
    for (const task of plan.tasks) {
      const [verb = '', ...object] = task.title.split(' ');
      expect(imperativeVerbs, task.id).toContain(verb);
      expect(object.length, task.id).toBeGreaterThan(0);
      expect(task.title.length, task.id).toBeLessThanOrEqual(80);
      expect(task.title, task.id).not.toMatch(/\.$/);
      expect(task.completionTest.trim().split(' ').length, task.id).toBeGreaterThanOrEqual(8);
      expect(task.steps.length, task.id).toBeGreaterThanOrEqual(2);
    }
  });

  it('[PLAN] are due inside the window of their phase and after all that they wait for', () => {
    for (const task of plan.tasks) {
      const phase = plan.phaseById.get(task.phase);
      expect(task.target, task.id).toBeGreaterThanOrEqual(phase?.from ?? Infinity);
      expect(task.target, task.id).toBeLessThanOrEqual(phase?.to ?? -Infinity);
      for (const code of task.dependsOn) {
        const before = plan.taskByCode.get(code);
        expect(before?.target, `${task.id} after ${code}`).toBeLessThan(task.target);
      }
    }
  });

  it('[PLAN] are numbered by role without a gap, in the order in which they are due', () => {
    const numbers = new Map<string, number>();
    for (const task of plan.tasks) {
      const [prefix = '', number] = task.id.split('-');
      expect(Number(number), task.id).toBe((numbers.get(`${prefix} ${task.owner}`) ?? 0) + 1);
      numbers.set(`${prefix} ${task.owner}`, Number(number));
    }
    expect(numbers.size).toBe(plan.roles.length);
    expect(plan.tasks.map(minutesOf)).toEqual(plan.tasks.map(minutesOf).toSorted((a, b) => a - b));
  });

  it('[PLAN] name only roles, systems, resources and templates that the plan has', () => {
    const titles = plan.procedures.flatMap((procedure) => procedure.templates.map((template) => template.title));
    for (const task of plan.tasks) {
      for (const role of [task.owner, ...task.supporting])
        expect(plan.roleById.has(role), `${task.id} ${role}`).toBe(true);
      expect(ids(plan.resources), task.id).toEqual(expect.arrayContaining([...task.resources]));
      expect(ids(plan.systems), task.id).toEqual(expect.arrayContaining([...(task.systems ?? [])]));
      const named = task.steps
        .filter((step) => /\btemplates?\b/.test(step))
        .flatMap((step) => [...step.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? ''));
      expect(titles, task.id).toEqual(expect.arrayContaining(named));
    }
    for (const code of text.match(/\b[A-Z]{2,3}-\d\d\b(?!\d)/g) ?? []) expect(ids(plan.tasks)).toContain(code);
  });

  it('[PLAN] use every resource and reach every system by its RTO', () => {
    const used = new Set(plan.tasks.flatMap((task) => task.resources));
    expect(ids(plan.resources).filter((id) => !used.has(id as never))).toEqual([]);
    for (const system of plan.systems) {
      const restoring = plan.tasks.filter(
        (task) =>
          task.systems?.includes(system.id) && /^(Restore|Rebuild|Reconnect|Start|Open|Cut|Verify)/.test(task.title),
      );
      expect(
        restoring.some((task) => task.target <= system.rto),
        system.id,
      ).toBe(true);
      expect(system.rto).toBeLessThanOrEqual(system.mtd);
    }
  });

  it.each(recoverySteps)('[PLAN] work out "$step" in its phase', ({ phase, codes }) => {
    const tasks = codes.map((code) => plan.tasks.find((task) => task.id === code));
    expect(tasks.map((task) => task?.phase)).toEqual(codes.map(() => phase));
  });

  it('[PLAN] lead to a declaration of recovery that waits for every test and for the sign-off', () => {
    const header = plan.header;
    const signOff = plan.tasks.find((task) => task.owner === header?.recoverySignOff && task.phase === 'full-recovery');
    expect(signOff?.dependsOn).toEqual(expect.arrayContaining([...(header?.recoveryTests ?? ['no header'])]));
    expect(plan.tasks.find((task) => task.title === 'Declare recovery')?.dependsOn).toEqual([signOff?.id]);
  });

  it('[PLAN] reach every milestone no later than it is due', () => {
    expect(plan.milestones.length).toBeGreaterThanOrEqual(10);
    for (const milestone of plan.milestones) {
      expect(milestone.tasks.length, milestone.id).toBeGreaterThan(0);
      for (const code of milestone.tasks)
        expect(plan.taskByCode.get(code)?.target, `${milestone.id} ${code}`).toBeLessThanOrEqual(milestone.at);
    }
    const phases = plan.milestones.map((milestone) => milestone.phase);
    expect(ids(plan.phases).filter((id) => !phases.includes(id as never))).toEqual([]);
  });

  it('[PLAN] need no more money than the plan sets aside', () => {
    const needed = plan.resources.reduce((sum, each) => sum + (each.kind === 'financial' ? 0 : (each.cost ?? 0)), 0);
    const limit = plan.resources.reduce((sum, each) => sum + (each.kind === 'financial' ? each.quantity : 0), 0);
    expect(needed).toBeGreaterThan(0);
    expect(needed).toBeLessThanOrEqual(limit);
  });
});
