import { unreachable } from '../result.ts';
import { minute, type Millis } from '../time.ts';
import { planMinutes, spanWords } from './time-span.ts';
import type { MilestoneRun, PhaseRun, PlanMinute, Timeline } from './timeline.ts';
import { whenWords } from './zoned-time.ts';

/** What turns minutes after T0 into clock times; null where there is only the plan. */
export type TimelineClock = { readonly startedAt: Millis; readonly zone: string; readonly now: Millis } | null;

/** `14:02`, or `4 h` after activation where no incident gives a clock. */
export function timeWords(minutes: PlanMinute, clock: TimelineClock): string {
  if (clock === null) return planMinutes(minutes);
  return whenWords(clock.startedAt + minutes * minute, clock.zone, clock.now);
}

/** `+40 min`, `−1 h 5 min`; null on time. */
export function slipWords(slip: number): string | null {
  if (slip === 0) return null;
  return `${slip > 0 ? '+' : '−'}${spanWords(slip * minute)}`;
}

/** What the timeline says before anything else, without a full stop: `Technical recovery runs 40 min late`. */
export function timelineHeadline(timeline: Timeline, clock: TimelineClock): string {
  switch (timeline.state) {
    case 'planned':
      return `${counted(timeline.phases.length, 'phase')} in ${planMinutes(timeline.scale.planEnd)} from activation`;
    case 'closed':
      return closedWords(timeline);
    case 'active':
      return activeWords(timeline, clock);
    default:
      return unreachable(timeline.state);
  }
}

/** How a phase or milestone stands, without its name. */
export type StandWords = {
  readonly state: string;
  /** `40 min late`, `5 min early`, `on time`; null where there is nothing to compare yet. */
  readonly slip: string | null;
  /** Still open and behind its time. */
  readonly late: boolean;
};

/** `12 of 12 done, ended 13:41, 20 min early`. */
export function inOneLine({ state, slip }: StandWords): string {
  return slip === null ? state : `${state}, ${slip}`;
}

export function phaseWords(run: PhaseRun, clock: TimelineClock): StandWords {
  const { phase, actual, slip } = run;
  const shares = run.of === 0 ? 'no tasks' : `${run.done} of ${run.of} done`;
  const words = (state: string, how: string | null = null): StandWords => ({ state, slip: how, late: false });
  switch (run.state) {
    case 'planned': {
      if (clock === null) return words(run.of === 0 ? 'no tasks' : counted(run.of, 'task'));
      if (slip > 0) return { state: `${shares}, not begun`, slip: lateWords(slip), late: true };
      return words(`${shares}, planned from ${timeWords(phase.from, clock)} to ${timeWords(phase.to, clock)}`);
    }
    case 'running': {
      const running = `${shares}, running${since(actual, clock)}`;
      return slip > 0 ? { state: running, slip: lateWords(slip), late: true } : words(running, 'on time');
    }
    case 'stopped':
      return words(actual === null ? `${shares}, never begun` : `${shares}, not finished`);
    case 'finished':
      if (actual === null) return words(`${shares}: nothing in it applied`);
      return words(`${shares}, ended ${timeWords(actual.to, clock)}`, endWords(slip));
    default:
      return unreachable(run.state);
  }
}

export function milestoneWords({ milestone, state, reachedAt, slip }: MilestoneRun, clock: TimelineClock): StandWords {
  switch (state) {
    case 'reached':
      if (reachedAt === null) return { state: 'reached', slip: null, late: false };
      return { state: `reached ${timeWords(reachedAt, clock)}`, slip: endWords(slip), late: false };
    case 'late':
      return { state: `planned for ${timeWords(milestone.at, clock)}`, slip: lateWords(slip), late: true };
    case 'planned': {
      const when = timeWords(milestone.at, clock);
      return { state: clock === null ? `within ${when}` : `planned for ${when}`, slip: null, late: false };
    }
    default:
      return unreachable(state);
  }
}

function activeWords({ phases, milestones, now }: Timeline, clock: TimelineClock): string {
  const late = phases.filter((each) => each.state !== 'finished' && each.slip > 0);
  const worst = late.reduce<PhaseRun | null>((most, each) => (each.slip > (most?.slip ?? 0) ? each : most), null);
  if (worst !== null) {
    const others =
      late.length === 1 ? '' : `; ${late.length - 1} more ${late.length === 2 ? 'phase is' : 'phases are'} late`;
    const runs =
      worst.state === 'running' ? `runs ${lateWords(worst.slip)}` : `has not begun and is ${lateWords(worst.slip)}`;
    return `${worst.phase.title} ${runs}${others}`;
  }
  const missed = milestones.find((each) => each.state === 'late');
  if (missed !== undefined) return `${missed.milestone.title}: ${lateWords(missed.slip)}`;
  if (phases.length > 0 && phases.every((each) => each.state === 'finished')) return 'Every phase is finished';
  const next = milestones.find((each) => each.state === 'planned');
  if (next === undefined) return 'On time';
  const left = next.milestone.at - (now ?? 0);
  const when = left <= 120 ? `in ${spanWords(left * minute)}` : `at ${timeWords(next.milestone.at, clock)}`;
  return `On time. Next: ${next.milestone.title}, due ${left <= 0 ? 'now' : when}`;
}

function closedWords({ phases, now }: Timeline): string {
  const finished = phases.filter((each) => each.state === 'finished').length;
  return `Closed ${spanWords((now ?? 0) * minute)} after activation: ${finished} of ${counted(phases.length, 'phase')} finished`;
}

function since(actual: PhaseRun['actual'], clock: TimelineClock): string {
  if (actual === null) return '';
  return actual.from < 0 ? ' since before activation' : ` since ${timeWords(actual.from, clock)}`;
}

function endWords(slip: number): string {
  if (slip === 0) return 'on time';
  return slip > 0 ? lateWords(slip) : `${spanWords(slip * minute)} early`;
}

function lateWords(slip: number): string {
  return `${spanWords(slip * minute)} late`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
