import { describe, expect, it } from 'vitest';
import type { Approval, TaskProgress, TaskStatus } from '../../../src/domain/incident/incident.ts';
import { recoveryOf } from '../../../src/domain/incident/recovery.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { instant } from '../../../src/domain/time.ts';
import { builtInPlan } from '../../../src/app/built-in-plan.ts';

const approved: Approval = { decision: 'approved', at: instant(0), by: null };
const plan = planOf((await builtInPlan()).items);
const tests = plan.header?.recoveryTests ?? [];

describe('declared recovery', () => {
  it('[REC-1] needs every test final and the sign-off', () => {
    expect(recoveryOf(plan, all('done'), approved)).toMatchObject({ openTests: [], declared: true });
    expect(recoveryOf(plan, all('not-applicable'), approved).declared).toBe(true);
    expect(recoveryOf(plan, all('done'), null).declared).toBe(false);
    expect(recoveryOf(plan, all('done'), { ...approved, decision: 'declined' }).declared).toBe(false);
  });

  it('[REC-2] is taken back by a test that is open again', () => {
    const progress = new Map(all('done'));
    const [first] = tests;
    if (first === undefined) throw new Error('the built-in plan names no test');
    progress.delete(first);
    expect(recoveryOf(plan, progress, approved)).toMatchObject({ openTests: [first], declared: false });
  });
});

function all(status: TaskStatus) {
  const progress: TaskProgress = { status, reason: null, startedAt: null, endedAt: null, by: null };
  return new Map(tests.map((code) => [code, progress]));
}
