import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { paginate, type MeasuredBlock } from '../../../src/features/print/paginate.ts';

const room = { first: 50, next: 100 };
const block = (height: number, more: Partial<MeasuredBlock> = {}): MeasuredBlock => ({
  height,
  withNext: false,
  under: null,
  ...more,
});
const ranges = (blocks: readonly MeasuredBlock[], under = 0) =>
  paginate(blocks, room, () => under).map(({ from, to }) => [from, to]);

describe('sharing blocks out to pages', () => {
  it('[PRINT-10] fills a page, the first one less, and goes on on the next', () => {
    expect(ranges([block(30), block(20), block(60), block(40), block(1)])).toEqual([
      [0, 2],
      [2, 4],
      [4, 5],
    ]);
  });

  it('[PRINT-11] keeps a title with what follows', () => {
    expect(ranges([block(40), block(10, { withNext: true }), block(30)])).toEqual([
      [0, 1],
      [1, 3],
    ]);
  });

  it('[PRINT-12] repeats what stands above, and counts its height', () => {
    const rows = Array.from({ length: 4 }, () => block(40, { under: 'columns' }));
    expect(paginate(rows, room, () => 30)).toEqual([
      { continues: null, from: 0, to: 1 },
      { continues: 'columns', from: 1, to: 2 },
      { continues: 'columns', from: 2, to: 3 },
      { continues: 'columns', from: 3, to: 4 },
    ]);
  });

  it('[PRINT-13] gives a block that no page holds a page of its own', () => {
    expect(ranges([block(10), block(500), block(10)])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('[PRINT-14] has one page for nothing', () => {
    expect(ranges([])).toEqual([[0, 0]]);
  });

  it('[PRINT-15] puts every block on exactly one page, in order, and overfills none that it need not', () => {
    const anyBlock = fc.record({
      height: fc.integer({ min: 0, max: 130 }),
      withNext: fc.boolean(),
      under: fc.constantFrom(null, 'columns'),
    });
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 60 }), (blocks) => {
        const pages = paginate(blocks, room, () => 5);
        expect(pages[0]?.from).toBe(0);
        expect(pages.at(-1)?.to).toBe(blocks.length);
        for (const [place, { from, to, continues }] of pages.entries()) {
          if (place > 0) {
            expect(from).toBe(pages[place - 1]?.to);
            expect(to).toBeGreaterThan(from);
          }
          const height = blocks.slice(from, to).reduce((sum, each) => sum + each.height, continues === null ? 0 : 5);
          if (to - from > 1) expect(height).toBeLessThanOrEqual(place === 0 ? room.first : room.next);
        }
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});
