import { describe, expect, it } from 'vitest';
import { limits } from '../../src/domain/sync/limits.ts';
import { createBatchSize } from '../../src/sync/batch-size.ts';

describe('createBatchSize', () => {
  it('[REL-18] halves after a 413 until one change is left, and says when it can go no lower', () => {
    const batch = createBatchSize();
    const sizes: number[] = [];
    while (batch.tooLarge({ changes: batch.most().changes, bytes: batch.most().bytes }))
      sizes.push(batch.most().changes);
    expect(sizes).toEqual([250, 125, 62, 31, 15, 7, 3, 1]);
  });

  it('[REL-18] grows back only after ten successes, and never over the limits of the protocol', () => {
    const batch = createBatchSize();
    batch.tooLarge({ changes: 500, bytes: 512 * 1024 });
    for (let times = 0; times < 9; times += 1) batch.worked();
    expect(batch.most().changes).toBe(250);
    for (let times = 0; times < 60; times += 1) batch.worked();
    expect(batch.most().changes).toBe(limits.changesPerPush);
    expect(batch.most().bytes).toBeLessThan(limits.bodyBytes);
    expect(batch.most().records).toBe(limits.pageRecords);
  });

  it('[REL-18] asks for less after an attempt that ran out of time, down to one record, and for more at once when it works', () => {
    const batch = createBatchSize();
    for (let times = 0; times < 30; times += 1) batch.tooSlow();
    expect(batch.most()).toEqual({ changes: 1, bytes: 1, records: 1 });
    batch.worked();
    expect(batch.most()).toEqual({ changes: 2, bytes: 2, records: 2 });
  });
});
