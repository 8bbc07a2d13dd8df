import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskCode } from '../../../src/domain/ids.ts';
import {
  criticalPath,
  cyclesIn,
  heldUpBy,
  predecessors,
  successors,
  topologicalOrder,
} from '../../../src/domain/plan/dependency-graph.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import * as make from '../../support/plan-items.ts';

const plan = planOf(make.smallPlanItems());
const code = (text: string) => text as TaskCode;
const ids = (tasks: readonly { readonly id: string }[]) => tasks.map((each) => each.id);

describe('the sequence of tasks', () => {
  it('[SEQUENCE] knows what a task waits for and what waits for it', () => {
    expect(ids(predecessors(plan, code('LD-01')))).toEqual(['IT-02', 'IT-03']);
    expect(ids(successors(plan, code('IT-01')))).toEqual(['IT-02', 'IT-03']);
    expect(ids(heldUpBy(plan, code('IT-01')))).toEqual(['IT-02', 'IT-03', 'LD-01']);
    expect(ids(heldUpBy(plan, code('LD-01')))).toEqual([]);
    expect(predecessors(plan, code('XX-01'))).toEqual([]);
  });

  it('[SEQUENCE] the critical path leads back over the latest targets', () => {
    expect(ids(criticalPath(plan))).toEqual(['IT-01', 'IT-03', 'LD-01']);
    expect(ids(criticalPath(plan, code('IT-02')))).toEqual(['IT-01', 'IT-02']);
    expect(criticalPath(planOf([]))).toEqual([]);
  });

  it('[SEQUENCE] a draft with a cycle neither hangs the critical path nor has an order', () => {
    const knot = planOf([
      make.phase('first', 0, 60),
      make.task('A', { dependsOn: ['B'] }),
      make.task('B', { dependsOn: ['A'] }),
    ]);
    expect(ids(criticalPath(knot)).sort()).toEqual(['A', 'B']);
    expect(topologicalOrder(knot)).toBeNull();
    expect(ids(heldUpBy(knot, code('A')))).toEqual(['B']);
  });

  it('[SEQUENCE] finds a cycle exactly where no order exists, and each it names is one', () => {
    const graph = fc.array(fc.array(fc.nat(11), { maxLength: 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(graph, (lists) => {
        const name = (at: number) => `T-${String(at % lists.length).padStart(2, '0')}`;
        const edges = new Map(lists.map((list, at) => [name(at), [...new Set(list.map(name))]]));
        const tasks = [...edges].map(([id, dependsOn]) => make.task(id, { dependsOn }));
        const order = topologicalOrder(planOf([make.phase('first', 0, 60), ...tasks]));
        const cycles = cyclesIn(edges);
        expect(cycles.length === 0).toBe(order !== null);
        for (const cycle of cycles) {
          expect(cycle[0]).toBe(cycle.at(-1));
          cycle.slice(1).forEach((to, at) => expect(edges.get(cycle[at] ?? '')).toContain(to));
        }
        for (const [id, before] of edges)
          for (const each of before)
            if (order !== null) expect(order.indexOf(code(each))).toBeLessThan(order.indexOf(code(id)));
      }),
      { seed: 20_261_123, numRuns: 500 },
    );
  });

  it('[SEQUENCE] walks a chain of 20,000 tasks without exhausting the stack', () => {
    const chain = new Map(Array.from({ length: 20_000 }, (_, at) => [`T-${at}`, [`T-${at + 1}`]]));
    expect(cyclesIn(chain)).toEqual([]);
    const ring = new Map(chain).set('T-19999', ['T-0']);
    expect(cyclesIn(ring)[0]?.length).toBe(20_001);
  });
});
