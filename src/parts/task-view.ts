import { untouched, type TaskProgress } from '../domain/incident/incident.ts';
import type { TaskCode } from '../domain/ids.ts';
import type { Task } from '../domain/plan/plan-item.ts';
import { millis, minute, type Millis } from '../domain/time.ts';
import type { IncidentView } from './incident.tsx';
import { roleTitle } from './role-badge.tsx';

/** One task as a row or page shows it. */
export type TaskView = {
  readonly task: Task;
  readonly progress: TaskProgress;
  /** Tasks that must be final first and aren't. */
  readonly waitsFor: readonly TaskCode[];
  readonly dueAt: Millis;
  /** False once the task is final or its incident closed: nothing is due then. */
  readonly due: boolean;
  readonly late: boolean;
  readonly stepsDone: number;
  readonly unsent: boolean;
  /** The role that owns it, where this person stands in for it because nobody fills it. */
  readonly standsInFor: string | null;
};

/** Puts together what the rules say of one task at `now`. */
export function taskView(view: IncidentView, task: Task, now: Millis): TaskView {
  const { progress, steps } = view.records;
  const mine = progress.get(task.id) ?? untouched;
  const dueAt = millis(view.incident.startedAt) + task.target * minute;
  const due = !isFinal(mine.status) && view.incident.status === 'active';
  return {
    task,
    progress: mine,
    waitsFor: isFinal(mine.status) ? [] : openPredecessors(view, task),
    dueAt,
    due,
    late: due && now > dueAt,
    stepsDone: [...(steps.get(task.id)?.values() ?? [])].filter((step) => step.done).length,
    standsInFor: view.myCovered.includes(task.owner) ? roleTitle(view.plan, task.owner) : null,
    unsent: view.me.sends && (view.seen.task(task.id)?.unsent ?? false),
  };
}

export function isFinal(status: TaskProgress['status']): boolean {
  return status === 'done' || status === 'not-applicable';
}

function openPredecessors({ records }: IncidentView, task: Task): readonly TaskCode[] {
  return task.dependsOn.filter((code) => !isFinal((records.progress.get(code) ?? untouched).status));
}

/** Whether a task is this person's: of a role that they work in, or that they stand in for. */
export function isMine(task: Task, { myRoles, myCovered }: Pick<IncidentView, 'myRoles' | 'myCovered'>): boolean {
  return myRoles.includes(task.owner) || myCovered.includes(task.owner);
}
