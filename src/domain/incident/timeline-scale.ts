import type { Plan } from '../plan/plan.ts';

/**
 * Where a minute after T0 stands on the timeline. Between two stops the hours are equally wide; the stretches themselves grow
 * with the root of their length, so that the first four hours of three days can still be read on a phone.
 */
export type TimelineScale = {
  /** Ascending; the first is T0 at 0, the last the end at 1. */
  readonly stops: readonly { readonly minutes: number; readonly share: number }[];
  /** Where the plan ends; the scale goes on to show what runs over it. */
  readonly planEnd: number;
  /** Now lies behind the end of the scale. */
  readonly cut: boolean;
};

const shortestPlan = 60;

/** Stops at the edges of every window. An incident that was never closed doesn't press the plan together: it ends at half as long again. */
export function timelineScale(
  plan: Plan,
  reaches: { readonly latest: number; readonly expected: number },
): TimelineScale {
  const planEnd = Math.max(shortestPlan, ...plan.phases.map(({ to }) => to), ...plan.milestones.map(({ at }) => at));
  const wanted = Math.max(planEnd, reaches.latest, reaches.expected);
  const end = Math.min(wanted, Math.round(planEnd * 1.5));
  const minutes = [...new Set([0, ...plan.phases.flatMap(({ from, to }) => [from, to]), planEnd, end])]
    .filter((at) => at <= end)
    .sort((a, b) => a - b);
  const widths = minutes.map((at, place) => Math.sqrt(at - (minutes[place - 1] ?? at)));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let before = 0;
  const stops = minutes.map((at, place) => {
    before += widths[place] ?? 0;
    return { minutes: at, share: place === minutes.length - 1 ? 1 : before / whole };
  });
  return { stops, planEnd, cut: reaches.latest > end };
}

/** From 0 at T0 to 1 at the end of the scale; what lies outside stands at the edge. */
export function shareAt({ stops }: TimelineScale, minutes: number): number {
  const next = stops.findIndex((stop) => stop.minutes >= minutes);
  const right = stops[next];
  const left = stops[next - 1];
  if (next === 0) return 0;
  if (right === undefined || left === undefined) return 1;
  return left.share + ((minutes - left.minutes) / (right.minutes - left.minutes)) * (right.share - left.share);
}
