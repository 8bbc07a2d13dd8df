import { describe, expect, it } from 'vitest';
import { resourceCosts, tasksByResource } from '../../../src/domain/resource/resource-costs.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { phase, resource, task } from '../../support/plan-items.ts';

describe('resources', () => {
  it('[RES-1] costs add up per kind and in all, against the money set aside', () => {
    const costs = resourceCosts([
      resource('servers', { cost: 0.1 }),
      resource('radios', { cost: 0.2 }),
      resource('crew', { kind: 'human', cost: 100 }),
      resource('fund', { kind: 'financial', quantity: 90, unit: 'ZAR', cost: 90 }),
      resource('kits'),
    ]);
    expect(costs).toEqual({
      byKind: { technical: 0.3, human: 100 },
      total: 100.3,
      budget: 90,
      left: -10.3,
      unpriced: 1,
    });
  });

  it('[RES-2] a plan without resources costs nothing', () => {
    expect(resourceCosts([])).toMatchObject({ total: 0, budget: 0, left: 0, unpriced: 0 });
  });

  it('[RES-3] knows which tasks need what, each once', () => {
    const plan = planOf([
      phase('first', 0, 60),
      task('IT-01', { resources: ['servers', 'servers'] }),
      task('IT-02', { resources: ['servers', 'radios'] }),
    ]);
    expect([...tasksByResource(plan)].map(([id, tasks]) => [id, tasks.map((each) => each.id)])).toEqual([
      ['servers', ['IT-01', 'IT-02']],
      ['radios', ['IT-02']],
    ]);
  });
});
