import { describe, expect, it } from 'vitest';
import type { IncidentRecords, TaskProgress } from '../../../src/domain/incident/incident.ts';
import { untouched } from '../../../src/domain/incident/incident.ts';
import { shareAt } from '../../../src/domain/incident/timeline-scale.ts';
import { timelineOf } from '../../../src/domain/incident/timeline.ts';
import {
  inOneLine,
  milestoneWords,
  phaseWords,
  slipWords,
  timelineHeadline,
} from '../../../src/domain/incident/timeline-words.ts';
import type { TaskCode } from '../../../src/domain/ids.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import type { PlanItem } from '../../../src/domain/plan/plan-item.ts';
import { instant, minute } from '../../../src/domain/time.ts';
import { incidentValue } from '../../support/sample-plan.ts';
import { milestone, phase, smallPlanItems, system, task } from '../../support/plan-items.ts';

const startedAt = Date.parse('2026-11-23T10:00:00.000Z');
const at = (minutes: number) => instant(startedAt + minutes * minute);
const now = (minutes: number) => startedAt + minutes * minute;
const clock = (minutes: number) => ({ startedAt, zone: 'Africa/Johannesburg', now: now(minutes) });

describe('timeline', () => {
  it('[TIME-1] without an incident there are only planned windows, in hours', () => {
    const timeline = timelineOf(planOf(smallPlanItems()), null, now(90));
    expect(timeline).toMatchObject({ state: 'planned', now: null });
    expect(timeline.phases.map(({ state, actual, slip, of }) => ({ state, actual, slip, of }))).toEqual([
      { state: 'planned', actual: null, slip: 0, of: 3 },
      { state: 'planned', actual: null, slip: 0, of: 1 },
    ]);
    expect(timelineHeadline(timeline, null)).toBe('2 phases in 12 h from activation');
    expect(timeline.milestones.map((each) => inOneLine(milestoneWords(each, null)))).toEqual(['within 3 h']);
  });

  it('[TIME-2] a running phase goes from its first start to now, with the share that is done', () => {
    const timeline = worked(smallPlanItems(), { 'IT-01': done(10, 25), 'IT-02': started(30) }, 50);
    expect(timeline.phases[0]).toMatchObject({
      state: 'running',
      actual: { from: 10, to: 50 },
      done: 1,
      of: 3,
      slip: 0,
      latest: null,
    });
    expect(timeline.now).toBe(50);
    expect(inOneLine(phaseWords(timeline.phases[0]!, clock(50)))).toBe('1 of 3 done, running since 12:10, on time');
  });

  it('[TIME-3] an open phase is as late as its most overdue open task, which is named', () => {
    const timeline = worked(smallPlanItems(), { 'IT-01': done(10, 90) }, 100);
    expect(timeline.phases[0]).toMatchObject({ state: 'running', slip: 40, latest: 'IT-02' });
    expect(timelineHeadline(timeline, clock(100))).toBe('Phase first runs 40 min late');
    expect(phaseWords(timeline.phases[0]!, clock(100))).toMatchObject({ slip: '40 min late', late: true });
  });

  it('[TIME-4] a phase that should have begun is late before anything of it was reported', () => {
    const timeline = worked(smallPlanItems(), allOfFirst(100), 325);
    expect(timeline.phases[1]).toMatchObject({ state: 'planned', slip: 25, latest: 'LD-01' });
    expect(timelineHeadline(timeline, clock(325))).toBe('Phase second has not begun and is 25 min late');
  });

  it('[TIME-5] a finished phase ends with its last task, early or late against its window', () => {
    const early = worked(smallPlanItems(), allOfFirst(100), 200).phases[0]!;
    expect(early).toMatchObject({ state: 'finished', actual: { from: 5, to: 100 }, done: 3, slip: -140 });
    expect(inOneLine(phaseWords(early, clock(200)))).toBe('3 of 3 done, ended 13:40, 2 h 20 min early');
    const late = worked(smallPlanItems(), allOfFirst(280), 300).phases[0]!;
    expect(late).toMatchObject({ state: 'finished', slip: 40, latest: null });
    expect(slipWords(late.slip)).toBe('+40 min');
    expect(slipWords(early.slip)).toBe('−2 h 20 min');
    expect(slipWords(0)).toBeNull();
  });

  it('[TIME-6] a task that is not applicable counts as done but neither begins nor stretches a phase', () => {
    const never = { ...untouched, status: 'not-applicable', reason: 'not hit', endedAt: at(2) } as const;
    const timeline = worked(smallPlanItems(), { 'LD-01': never }, 50);
    expect(timeline.phases[1]).toMatchObject({ state: 'finished', actual: null, done: 1, slip: 0 });
    expect(inOneLine(phaseWords(timeline.phases[1]!, clock(50)))).toBe('1 of 1 done: nothing in it applied');
  });

  it('[TIME-7] a milestone is planned, late or reached, and says when', () => {
    const planned = worked(smallPlanItems(), {}, 100).milestones[0]!;
    expect(planned).toMatchObject({ state: 'planned', slip: 0, reachedAt: null });
    expect(inOneLine(milestoneWords(planned, clock(100)))).toBe('planned for 15:00');
    const late = worked(smallPlanItems(), {}, 192).milestones[0]!;
    expect(late).toMatchObject({ state: 'late', slip: 12 });
    expect(milestoneWords(late, clock(192))).toEqual({ state: 'planned for 15:00', slip: '12 min late', late: true });
    const reached = worked(smallPlanItems(), { 'IT-03': done(20, 150) }, 192).milestones[0]!;
    expect(reached).toMatchObject({ state: 'reached', reachedAt: 150, slip: -30 });
    expect(inOneLine(milestoneWords(reached, clock(192)))).toBe('reached 14:30, 30 min early');
  });

  it('[TIME-8] a milestone without tasks is reached with its phase, and names the objective of its system', () => {
    const items = [
      ...smallPlanItems(),
      system('orders', { rto: 300 }),
      milestone('end', 240, { phase: 'first', system: 'orders' }),
    ];
    const [, end] = worked(items, allOfFirst(100), 150).milestones;
    expect(end).toMatchObject({ state: 'reached', reachedAt: 100, rto: 300, phase: 'first' });
    expect(worked(items, {}, 10).milestones[0]).toMatchObject({ phase: 'first', rto: null });
  });

  it('[TIME-9] while all is on time the next milestone comes first', () => {
    const timeline = worked(smallPlanItems(), { ...allOfFirst(25), 'IT-03': started(20) }, 100);
    expect(timelineHeadline(timeline, clock(100))).toBe('On time. Next: Milestone restored, due in 1 h 20 min');
    const soon = worked(smallPlanItems(), { ...allOfFirst(25), 'IT-03': started(20) }, 20);
    expect(timelineHeadline(soon, clock(20))).toBe('On time. Next: Milestone restored, due at 15:00');
    const all = worked(smallPlanItems(), { ...allOfFirst(25), 'LD-01': done(30, 40) }, 100);
    expect(timelineHeadline(all, clock(100))).toBe('Every phase is finished');
  });

  it('[TIME-10] of several late phases the worst is named, the others are counted', () => {
    const timeline = worked(smallPlanItems(), { 'IT-01': done(5, 20), 'IT-02': done(20, 50) }, 310);
    expect(timelineHeadline(timeline, clock(310))).toBe('Phase first runs 3 h 10 min late; 1 more phase is late');
  });

  it('[TIME-11] a closed incident stands still at its end and is late in nothing', () => {
    const timeline = worked(smallPlanItems(), { ...allOfFirst(100), 'IT-03': started(20) }, 5000, {
      status: 'closed',
      closedAt: at(400),
    });
    expect(timeline).toMatchObject({ state: 'closed', now: 400 });
    expect(timeline.phases[0]).toMatchObject({ state: 'stopped', actual: { from: 5, to: 400 }, slip: 0 });
    expect(timeline.milestones[0]).toMatchObject({ state: 'planned' });
    expect(timelineHeadline(timeline, clock(5000))).toBe('Closed 6 h 40 min after activation: 0 of 2 phases finished');
  });

  it('[TIME-12] clocks that disagree never put anything behind now or now before activation', () => {
    const ahead = worked(smallPlanItems(), allOfFirst(999), 100);
    expect(ahead.phases[0]?.actual).toEqual({ from: 5, to: 100 });
    const behind = worked(smallPlanItems(), { 'IT-01': started(3) }, -20);
    expect(behind.now).toBe(0);
    expect(behind.phases[0]?.actual).toEqual({ from: 0, to: 0 });
  });

  it('[TIME-13] work that began before T0 says so', () => {
    const timeline = worked(smallPlanItems(), { 'IT-01': started(-30) }, 10);
    expect(timeline.phases[0]?.actual).toEqual({ from: -30, to: 10 });
    expect(inOneLine(phaseWords(timeline.phases[0]!, clock(10)))).toBe(
      '0 of 3 done, running since before activation, on time',
    );
    expect(shareAt(timeline.scale, -30)).toBe(0);
  });

  it('[TIME-14] an empty phase and an empty plan are no fault', () => {
    expect(worked([phase('alone', 0, 60)], {}, 30).phases[0]).toMatchObject({ state: 'planned', of: 0, slip: 0 });
    const empty = worked([], {}, 30);
    expect(timelineHeadline(empty, clock(30))).toBe('On time');
    expect(shareAt(empty.scale, 30)).toBe(0.5);
  });

  it('[TIME-15] a task added during the incident counts like any other', () => {
    const timeline = worked([...smallPlanItems(), task('X-01', { phase: 'second', target: 30 })], {}, 55);
    expect(timeline.phases[1]).toMatchObject({ of: 2, slip: 25, latest: 'X-01' });
  });
});

describe('timeline scale', () => {
  it('[TIME-16] goes from T0 to the end of the plan, each window wide enough to be seen', () => {
    const { scale } = timelineOf(planOf(seedPhases), null, 0);
    expect(scale.stops.map(({ minutes }) => minutes)).toEqual([0, 240, 720, 1440, 2880, 4320]);
    expect(scale).toMatchObject({ planEnd: 4320, cut: false });
    const widths = scale.stops.slice(1).map(({ share }, place) => share - (scale.stops[place]?.share ?? 0));
    for (const width of widths) expect(width).toBeGreaterThan(0.1);
  });

  it('[TIME-17] never runs backwards, and what lies outside stands at the edge', () => {
    const { scale } = timelineOf(planOf(seedPhases), null, 0);
    const shares = Array.from({ length: 433 }, (_, n) => shareAt(scale, n * 10));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect([shareAt(scale, 0), shareAt(scale, 4320), shareAt(scale, 9999)]).toEqual([0, 1, 1]);
  });

  it('[TIME-18] grows with an incident that runs over its plan, and is cut where that would press the plan together', () => {
    const over = worked(smallPlanItems(), { 'IT-01': started(5), 'LD-01': done(300, 310) }, 800).scale;
    expect(over.planEnd).toBe(720);
    // IT-01 was due at 30, so its phase is expected to end 770 minutes after its window.
    expect(over.stops.at(-1)?.minutes).toBe(1010);
    expect(over.cut).toBe(false);
    const forgotten = worked(smallPlanItems(), {}, 60 * 24 * 365).scale;
    expect(forgotten).toMatchObject({ cut: true });
    expect(forgotten.stops.at(-1)).toEqual({ minutes: 1080, share: 1 });
  });
});

const seedPhases: readonly PlanItem[] = [
  phase('a', 0, 240),
  phase('b', 240, 720),
  phase('c', 720, 1440),
  phase('d', 1440, 2880),
  phase('e', 2880, 4320),
];

function allOfFirst(end: number): Record<string, TaskProgress> {
  return { 'IT-01': done(5, 20), 'IT-02': done(20, 50), 'IT-03': done(20, end) };
}

function started(from: number): TaskProgress {
  return { ...untouched, status: 'in-progress', startedAt: at(from) };
}

function done(from: number, to: number): TaskProgress {
  return { ...untouched, status: 'done', startedAt: at(from), endedAt: at(to) };
}

function worked(
  items: readonly PlanItem[],
  progress: Record<string, TaskProgress>,
  minutes: number,
  more: object = {},
) {
  const { id, value } = incidentValue('a'.repeat(64) as never, { startedAt: at(0), ...more });
  const records: IncidentRecords = {
    id,
    incident: value as unknown as IncidentRecords['incident'],
    progress: new Map(Object.entries(progress) as [TaskCode, TaskProgress][]),
    steps: new Map(),
    impacts: new Map(),
  };
  return timelineOf(planOf(items), records, now(minutes));
}
