import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/domain/json.ts';
import { planFileFormat, readPlanFile } from '../../../src/domain/plan/plan-file.ts';
import type { Task } from '../../../src/domain/plan/plan-item.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { validatePlan } from '../../../src/domain/plan/validate-plan.ts';
import { generatedPlan, tiers, type Tier } from '../../support/large-plan.ts';

const every: readonly Tier[] = ['normal', 'large', 'stress'];

describe('the generated sample plans', () => {
  it.each(every)('[LARGE-1] the %s plan has its sizes, and no fault by the rules of a plan file', (tier) => {
    const { items } = generatedPlan(tier);
    const plan = planOf(items);
    const { roles, tasks, contacts, systems } = tiers[tier];
    expect([plan.roles.length, plan.tasks.length, plan.contacts.length]).toEqual([roles, tasks, contacts]);
    expect(plan.systems).toHaveLength(systems);
    expect(plan.phases.length).toBeGreaterThanOrEqual(5);
    for (const section of [plan.procedures, plan.milestones, plan.resources]) expect(section.length).toBeGreaterThan(5);
    expect(validatePlan(items as unknown as readonly Json[])).toEqual([]);
  });

  it.each(every)('[LARGE-1] the %s plan fits a plan file, and comes out of it the same', (tier) => {
    const { hash: _, ...version } = generatedPlan(tier);
    const read = readPlanFile(JSON.stringify({ format: planFileFormat, ...version }));
    expect(read).toEqual({ ok: true, value: version });
  });

  it('[LARGE-1] is the same in every run: a bench of today can be held against one of last year', () => {
    expect(generatedPlan('large').hash).toBe(generatedPlan('large').hash);
    expect(generatedPlan('large').hash).toBe('9fe8fda353b2c608647a3cc9b68e2991e5dda171c8c0a8d55b30f286f2ea0514');
    expect(new Set(every.map((tier) => generatedPlan(tier).hash)).size).toBe(every.length);
  });

  it.each(every)('[LARGE-1] no two items of the %s plan share a salt, no two tasks a title', (tier) => {
    const { items } = generatedPlan(tier);
    expect(new Set(items.map(({ salt }) => salt)).size).toBe(items.length);
    const tasks = planOf(items).tasks;
    expect(new Set(tasks.map(({ title }) => title)).size).toBe(tasks.length);
  });

  it.each(every)('[LARGE-1] in the %s plan a task is due in its phase, after all it waits for', (tier) => {
    const plan = planOf(generatedPlan(tier).items);
    const windows = new Map(plan.phases.map((phase) => [phase.id, phase]));
    const late = plan.tasks.filter(({ phase, target }) => {
      const window = windows.get(phase);
      return window === undefined || target < window.from || target > window.to;
    });
    const dueOf = new Map<string, number>(plan.tasks.map((task) => [task.id, task.target]));
    const early = plan.tasks.filter(({ dependsOn, target }) =>
      dependsOn.some((each) => (dueOf.get(each) ?? 0) > target),
    );
    expect([late, early]).toEqual([[], []]);
  });

  it('[LARGE-1] says things at the length at which people say them', () => {
    const { tasks } = planOf(generatedPlan('large').items);
    const mean = (of: (task: Task) => string) => tasks.reduce((sum, task) => sum + of(task).length, 0) / tasks.length;
    expect(mean(({ title }) => title)).toBeGreaterThan(30);
    expect(mean(({ steps }) => steps.join(' '))).toBeGreaterThan(80);
    expect(mean(({ completionTest }) => completionTest)).toBeGreaterThan(50);
    expect(tasks.filter(({ dependsOn }) => dependsOn.length > 0).length).toBeGreaterThan(2000);
  });
});
