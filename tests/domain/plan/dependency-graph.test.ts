import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskCode } from '../../../src/domain/ids.ts';
import { cyclesIn, predecessors, successors } from '../../../src/domain/plan/dependency-graph.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import * as make from '../../support/plan-items.ts';

const plan = planOf(make.smallPlanItems());
const code = (text: string) => text as TaskCode;
const ids = (tasks: readonly { readonly id: string }[]) => tasks.map((each) => each.id);

/** Whether all can be taken away, one after another, each once nothing is left that it waits for. */
function hasOrder(edges: ReadonlyMap<string, readonly string[]>): boolean {
  const left = new Set(edges.keys());
  for (let before = 0; before !== left.size;) {
    before = left.size;
    for (const id of left) if (!edges.get(id)?.some((each) => left.has(each))) left.delete(id);
  }
  return left.size === 0;
}

describe('the sequence of tasks', () => {
  it('[SEQUENCE] knows what a task waits for and what waits for it', () => {
    expect(ids(predecessors(plan, code('LD-01')))).toEqual(['IT-02', 'IT-03']);
    expect(ids(successors(plan, code('IT-01')))).toEqual(['IT-02', 'IT-03']);
    expect(predecessors(plan, code('XX-01'))).toEqual([]);
  });

  it('[SEQUENCE] finds a cycle exactly where no order exists, and each it names is one', () => {
    const graph = fc.array(fc.array(fc.nat(11), { maxLength: 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(graph, (lists) => {
        const name = (at: number) => `T-${String(at % lists.length).padStart(2, '0')}`;
        const edges = new Map(lists.map((list, at) => [name(at), [...new Set(list.map(name))]]));
        const cycles = cyclesIn(edges);
        expect(cycles.length === 0).toBe(hasOrder(edges));
        for (const cycle of cycles) {
          expect(cycle[0]).toBe(cycle.at(-1));
          cycle.slice(1).forEach((to, at) => expect(edges.get(cycle[at] ?? '')).toContain(to));
        }
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
