import { describe, expect, it } from 'vitest';
import type { IncidentRecords, TaskProgress } from '../../src/domain/incident/incident.ts';
import { untouched } from '../../src/domain/incident/incident.ts';
import { timelineOf } from '../../src/domain/incident/timeline.ts';
import { builtInPlan } from '../../src/app/built-in-plan.ts';
import type { TaskCode } from '../../src/domain/ids.ts';
import { planOf, type Plan } from '../../src/domain/plan/plan.ts';
import { instant, minute } from '../../src/domain/time.ts';
import { textWidth, wrapped, type TextBox } from '../../src/parts/text-box.ts';
import { timelineLayout, type TimelineLayout } from '../../src/parts/timeline-layout.ts';
import { milestone, phase, task } from '../support/plan-items.ts';
import { incidentValue } from '../support/sample-plan.ts';

const startedAt = Date.parse('2026-11-23T10:00:00.000Z');
const frames = [
  { width: 280, em: 18 },
  { width: 308, em: 18 },
  { width: 560, em: 18 },
  { width: 640, em: 16 },
  { width: 960, em: 18 },
  { width: 1850, em: 27 },
  { width: 270, em: 36 },
];

describe('timeline layout', () => {
  it.each(frames)('[TIMEPIC-1] no words meet or pass the edge at $width px and $em px text', async ({ width, em }) => {
    const plan = planOf((await builtInPlan()).items);
    for (const minutes of [null, 0, 130, 492, 1500, 4400, 9000]) {
      const { timeline, clock } = run(plan, minutes);
      expectApart(timelineLayout(timeline, clock, { width, em }));
    }
  });

  it.each(frames)('[TIMEPIC-2] a crowd of milestones at one time stays apart at $width px', ({ width, em }) => {
    const items = [
      phase('first', 0, 60, { title: 'Überlandleitungswiederherstellungsmaßnahmen' }),
      task('IT-01'),
      ...Array.from({ length: 12 }, (_, n) =>
        milestone(`m${n}`, n < 8 ? 60 : 30, {
          title: n % 2 === 0 ? 'Ready' : 'Everybody has been told about everything',
        }),
      ),
    ];
    const { timeline, clock } = run(planOf(items), 100);
    expectApart(timelineLayout(timeline, clock, { width, em }));
  });

  it('[TIMEPIC-3] the outline is the window, the fill what happened, and the rest of the slip goes beyond', async () => {
    const plan = planOf((await builtInPlan()).items);
    const { timeline, clock } = run(plan, 492);
    const { bands, now } = timelineLayout(timeline, clock, { width: 960, em: 18 });
    const [first, second] = bands;
    expect(first!.actual!.x).toBeGreaterThanOrEqual(first!.planned.x);
    expect(second!.planned.x).toBeCloseTo(first!.planned.x + first!.planned.width);
    expect(second!.run.slip).toBeGreaterThan(0);
    expect(second!.over!.x).toBeCloseTo(second!.planned.x + second!.planned.width);
    expect(now!.x).toBeGreaterThan(second!.planned.x);
    expect(bands.at(-1)!.actual).toBeNull();
  });

  it('[TIMEPIC-4] the axis names hours from T0 and times of day, with the date where it changes', async () => {
    const plan = planOf((await builtInPlan()).items);
    const { timeline, clock } = run(plan, 10);
    const { ticks } = timelineLayout(timeline, clock, { width: 960, em: 18 });
    expect(ticks.map(({ hours, clock: time }) => [hours?.lines[0], ...(time?.lines ?? [])])).toEqual([
      ['T0', '12:00', '23 Nov'],
      ['4 h'],
      ['12 h', '00:00', '24 Nov'],
      ['24 h', '12:00'],
      ['48 h', '12:00', '25 Nov'],
      ['72 h', '12:00', '26 Nov'],
    ]);
    const planned = run(plan, null);
    expect(
      timelineLayout(planned.timeline, null, { width: 308, em: 18 }).ticks.every((tick) => tick.clock === null),
    ).toBe(true);
  });

  it('[TIMEPIC-5] text breaks at spaces, and inside a word only where a line is too short for it', () => {
    const style = { size: 10 };
    expect(wrapped('Full recovery and testing', 80, style).join(' ')).toBe('Full recovery and testing');
    expect(wrapped('abcdefghij', textWidth('abc', style), style)).toEqual(['abc', 'def', 'ghi', 'j']);
    expect(wrapped('', 50, style)).toEqual([]);
  });
});

function run(plan: Plan, minutes: number | null) {
  if (minutes === null) return { timeline: timelineOf(plan, null, startedAt), clock: null };
  const now = startedAt + minutes * minute;
  const { id, value } = incidentValue('a'.repeat(64) as never, { startedAt: instant(startedAt) });
  // Most is done ten minutes late; every seventh task is forgotten.
  const progress = plan.tasks
    .filter(({ target }, place) => target + 10 <= minutes && place % 7 !== 3)
    .map(({ id: code, target }): [TaskCode, TaskProgress] => [
      code,
      {
        ...untouched,
        status: 'done',
        startedAt: instant(startedAt + target * minute),
        endedAt: instant(startedAt + (target + 10) * minute),
      },
    ]);
  const records: IncidentRecords = {
    id,
    incident: value as unknown as IncidentRecords['incident'],
    progress: new Map(progress),
    steps: new Map(),
    impacts: new Map(),
  };
  return { timeline: timelineOf(plan, records, now), clock: { startedAt, zone: 'Africa/Johannesburg', now } };
}

function expectApart(layout: TimelineLayout): void {
  const words = [
    ...layout.ticks.flatMap((tick) => [tick.hours, tick.clock]),
    ...layout.labels,
    ...layout.slips,
    ...layout.milestones.map(({ label }) => label),
    ...(layout.now === null ? [] : [layout.now.label]),
  ].filter((box) => box !== null);
  for (const box of words) {
    expect(box.x, box.lines.join(' ')).toBeGreaterThanOrEqual(-0.01);
    expect(box.x + box.width, box.lines.join(' ')).toBeLessThanOrEqual(layout.width + 0.01);
    expect(box.y + box.height, box.lines.join(' ')).toBeLessThanOrEqual(layout.height + 0.01);
  }
  const shapes = [
    ...layout.bands.flatMap(({ planned, actual, over, y, height }) =>
      [planned, actual, over].flatMap((span) => (span === null ? [] : [{ ...span, y, height }])),
    ),
    ...layout.milestones.map(({ x, y, radius }) => ({
      x: x - radius,
      y: y - radius,
      width: 2 * radius,
      height: 2 * radius,
    })),
  ];
  for (const [place, box] of words.entries()) {
    for (const other of [...words.slice(place + 1), ...shapes]) {
      expect(
        meet(box, other),
        `“${box.lines.join(' ')}” meets ${'lines' in other ? other.lines.join(' ') : 'a shape'}`,
      ).toBe(false);
    }
  }
}

type Box = Pick<TextBox, 'x' | 'y' | 'width' | 'height'>;

function meet(a: Box, b: Box): boolean {
  const gap = 0.01;
  return (
    a.x + gap < b.x + b.width && b.x + gap < a.x + a.width && a.y + gap < b.y + b.height && b.y + gap < a.y + a.height
  );
}
