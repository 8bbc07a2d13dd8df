import type { Instant, PhaseId, TaskCode } from '../ids.ts';
import type { Milestone, Phase, Task } from '../plan/plan-item.ts';
import type { Plan } from '../plan/plan.ts';
import { millis, minute, type Millis } from '../time.ts';
import { untouched, type IncidentRecords, type TaskProgress } from './incident.ts';
import { timelineScale, type TimelineScale } from './timeline-scale.ts';

/** Minutes after T0; what began before it has a negative one. */
export type PlanMinute = number;

/** `planned`: nothing of it was reported yet. `stopped`: open when the incident was closed. */
export type PhaseState = 'planned' | 'running' | 'finished' | 'stopped';

/** A phase as planned and as it really went. */
export type PhaseRun = {
  readonly phase: Phase;
  readonly state: PhaseState;
  /** First start to last end, or to now while it runs; null where nothing began. */
  readonly actual: { readonly from: PlanMinute; readonly to: PlanMinute } | null;
  /** Tasks that are done or not applicable. */
  readonly done: number;
  readonly of: number;
  /**
   * Minutes. Of a finished phase: its end against the end of its window, early is negative. Else how late its most overdue
   * open task is: what it will end late by, unless the time is made up; never negative.
   */
  readonly slip: number;
  /** The open task that is most overdue. */
  readonly latest: TaskCode | null;
};

export type MilestoneRun = {
  readonly milestone: Milestone;
  /** Where it is shown: its own phase, else that of its last task. */
  readonly phase: PhaseId | null;
  readonly state: 'planned' | 'reached' | 'late';
  /** When it was reached. */
  readonly reachedAt: PlanMinute | null;
  /** Minutes behind its time; early is negative, 0 while it is planned. */
  readonly slip: number;
  /** Recovery time objective of the system that it brings back. */
  readonly rto: PlanMinute | null;
};

export type Timeline = {
  /** `planned`: no incident, so there is only the plan. */
  readonly state: 'planned' | 'active' | 'closed';
  readonly phases: readonly PhaseRun[];
  /** By their time. */
  readonly milestones: readonly MilestoneRun[];
  /** Now, or when the incident was closed; null without an incident. */
  readonly now: PlanMinute | null;
  readonly scale: TimelineScale;
};

/**
 * The timeline of a plan, worked in an incident or (null) only planned. Late is derived here, never stored. Nothing reported is
 * taken to have happened after `now`: a phone whose clock runs ahead must not stretch the picture.
 */
export function timelineOf(plan: Plan, records: IncidentRecords | null, now: Millis): Timeline {
  const run = records === null ? null : runOf(records, now);
  const phases = plan.phases.map((phase) => phaseRun(phase, plan.tasksByPhase.get(phase.id) ?? [], run));
  return {
    state: run === null ? 'planned' : run.open ? 'active' : 'closed',
    phases,
    milestones: [...plan.milestones].sort((a, b) => a.at - b.at).map((each) => milestoneRun(each, plan, run)),
    now: run === null ? null : run.now,
    scale: timelineScale(plan, {
      latest: Math.max(0, run?.now ?? 0, ...phases.map(({ actual }) => actual?.to ?? 0)),
      expected: Math.max(0, ...phases.filter((each) => each.slip > 0).map(({ phase, slip }) => phase.to + slip)),
    }),
  };
}

/** An incident's progress as this minute sees it. */
type Run = {
  readonly now: PlanMinute;
  readonly open: boolean;
  readonly progressOf: (code: TaskCode) => TaskProgress;
  readonly minuteOf: (at: Instant) => PlanMinute;
};

function runOf({ incident, progress }: IncidentRecords, now: Millis): Run {
  const startedAt = millis(incident.startedAt);
  const open = incident.status === 'active';
  const minutesTo = (at: Millis) => Math.floor((at - startedAt) / minute);
  const until = minutesTo(open || incident.closedAt == null ? now : Math.min(millis(incident.closedAt), now));
  const last = Math.max(until, 0);
  return {
    now: last,
    open,
    progressOf: (code) => progress.get(code) ?? untouched,
    minuteOf: (at) => Math.min(minutesTo(millis(at)), last),
  };
}

function phaseRun(phase: Phase, tasks: readonly Task[], run: Run | null): PhaseRun {
  const of = tasks.length;
  if (run === null) return { phase, state: 'planned', actual: null, done: 0, of, slip: 0, latest: null };
  const progress = tasks.map((task) => run.progressOf(task.id));
  const done = progress.filter(isFinal).length;
  const finished = of > 0 && done === of;
  const begun = beginning(progress, run);
  const ended = finished ? lastEnd(progress, run) : null;
  const to = ended ?? run.now;
  const overdue = run.open && !finished ? mostOverdue(tasks, run) : null;
  return {
    phase,
    state: finished ? 'finished' : run.open ? (begun === null ? 'planned' : 'running') : 'stopped',
    actual: begun === null ? null : { from: Math.min(begun, to), to },
    done,
    of,
    slip: finished ? (begun === null || ended === null ? 0 : ended - phase.to) : (overdue?.by ?? 0),
    latest: overdue?.code ?? null,
  };
}

function milestoneRun(milestone: Milestone, plan: Plan, run: Run | null): MilestoneRun {
  const { at } = milestone;
  const codes = leadingTo(milestone, plan);
  const phase = milestone.phase ?? plan.taskByCode.get(milestone.tasks.at(-1) ?? ('' as TaskCode))?.phase ?? null;
  const rto = plan.systems.find(({ id }) => id === milestone.system)?.rto ?? null;
  const planned = { milestone, phase, state: 'planned', reachedAt: null, slip: 0, rto } as const;
  if (run === null) return planned;
  const progress = codes.map(run.progressOf);
  if (codes.length > 0 && progress.every(isFinal)) {
    const reachedAt = lastEnd(progress, run);
    return { ...planned, state: 'reached', reachedAt, slip: reachedAt === null ? 0 : reachedAt - at };
  }
  return run.open && run.now > at ? { ...planned, state: 'late', slip: run.now - at } : planned;
}

/** The tasks that reach it: its own, else all of its phase (the plan file has either). */
function leadingTo({ tasks, phase }: Milestone, plan: Plan): readonly TaskCode[] {
  if (tasks.length > 0 || phase === undefined) return tasks;
  return (plan.tasksByPhase.get(phase) ?? []).map(({ id }) => id);
}

/** The first start. A task that is not applicable was never begun, whenever that was said. */
function beginning(progress: readonly TaskProgress[], run: Run): PlanMinute | null {
  return fold(
    progress.flatMap(({ status, startedAt, endedAt }) => {
      const at = status === 'not-started' || status === 'not-applicable' ? null : (startedAt ?? endedAt);
      return at === null ? [] : [run.minuteOf(at)];
    }),
    Math.min,
  );
}

function lastEnd(progress: readonly TaskProgress[], run: Run): PlanMinute | null {
  return fold(
    progress.flatMap(({ endedAt }) => (endedAt === null ? [] : [run.minuteOf(endedAt)])),
    Math.max,
  );
}

function mostOverdue(tasks: readonly Task[], run: Run): { readonly code: TaskCode; readonly by: number } | null {
  let most: { readonly code: TaskCode; readonly by: number } | null = null;
  for (const { id, target } of tasks) {
    const by = run.now - target;
    if (by > (most?.by ?? 0) && !isFinal(run.progressOf(id))) most = { code: id, by };
  }
  return most;
}

function isFinal({ status }: TaskProgress): boolean {
  return status === 'done' || status === 'not-applicable';
}

function fold(minutes: readonly PlanMinute[], pick: (a: number, b: number) => number): PlanMinute | null {
  return minutes.length === 0 ? null : minutes.reduce((a, b) => pick(a, b));
}
