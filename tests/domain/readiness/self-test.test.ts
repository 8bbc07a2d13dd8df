import { describe, expect, it } from 'vitest';
import type { PlanHash } from '../../../src/domain/ids.ts';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import { damagedFiles, failedChecks, planOutcome } from '../../../src/domain/readiness/self-test.ts';
import { smallPlanItems, task, versionOf } from '../../support/plan-items.ts';

describe('the plan under the self-test', () => {
  const version = versionOf(smallPlanItems());
  const hash = planHash(version);

  it('[READY-51] is whole only if its content gives the hash that names it, and its tasks are counted', () => {
    expect(planOutcome({ ...version, hash })).toEqual({ check: 'plan', state: 'passed', tasks: 4, number: 1 });
    const items = version.items.map((item) => (item.id === 'IT-02' ? task('IT-02', { title: 'Do nothing' }) : item));
    const altered = { check: 'plan', state: 'failed', because: 'altered' };
    expect(planOutcome({ ...version, items, hash })).toEqual(altered);
    expect(planOutcome({ ...version, items: version.items.slice(1), hash })).toEqual(altered);
    expect(planOutcome({ ...version, hash: 'f'.repeat(64) as PlanHash })).toEqual(altered);
    expect(planOutcome(null)).toMatchObject({ state: 'failed', because: 'none' });
  });
});

describe('the files of the app under the self-test', () => {
  it('[READY-53] are damaged where one is missing or of another content; a second content of a waiting version harms none', () => {
    const list = { build: 'b1', files: { '/index.html': 'aa', '/assets/now.js': 'bb' } };
    const cached = (files: Readonly<Record<string, readonly string[]>>) =>
      new Map(Object.entries(files).map(([path, digests]) => [path, new Set(digests)]));
    expect(damagedFiles(list, cached({ '/index.html': ['xx', 'aa'], '/assets/now.js': ['bb'] }))).toEqual([]);
    expect(damagedFiles(list, cached({ '/index.html': ['aa'] }))).toEqual(['/assets/now.js']);
    expect(damagedFiles(list, cached({ '/index.html': ['aa'], '/assets/now.js': ['b'] }))).toEqual(['/assets/now.js']);
  });

  it('[READY-54] a remark is no failure', () => {
    const outcomes = [
      { check: 'kept', state: 'remark', because: 'not-said' },
      { check: 'key', state: 'failed', because: 'none' },
    ] as const;
    expect(failedChecks(outcomes)).toEqual(['key']);
  });
});
