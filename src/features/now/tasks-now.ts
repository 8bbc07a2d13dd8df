import type { IncidentView } from '../../parts/incident.tsx';
import { isFinal, isMine, taskView, type TaskView } from '../../parts/task-view.ts';
import type { Millis } from '../../domain/time.ts';

export type TasksNow = {
  /** What this person can do now, the most pressing first; everybody's where no role is held. */
  readonly next: readonly TaskView[];
  readonly waiting: readonly TaskView[];
  readonly lateOfOthers: readonly TaskView[];
  readonly blocked: readonly TaskView[];
};

/** Sorts the open tasks for Now. */
export function tasksNow(view: IncidentView, now: Millis): TasksNow {
  const open = view.plan.tasks.map((task) => taskView(view, task, now)).filter((row) => !isFinal(row.progress.status));
  const everybody = view.myRoles.length === 0;
  const mine = everybody ? open : open.filter(({ task }) => isMine(task, view));
  const others = everybody ? [] : open.filter(({ task }) => !isMine(task, view));
  const byPress = (a: TaskView, b: TaskView) => pressing(a) - pressing(b) || a.dueAt - b.dueAt;
  return {
    next: mine.filter((row) => row.waitsFor.length === 0 || row.progress.status === 'in-progress').sort(byPress),
    waiting: mine
      .filter((row) => row.waitsFor.length > 0 && row.progress.status !== 'in-progress')
      .sort((a, b) => a.dueAt - b.dueAt),
    lateOfOthers: others
      .filter((row) => row.late && row.progress.status !== 'blocked')
      .sort((a, b) => a.dueAt - b.dueAt),
    blocked: others.filter((row) => row.progress.status === 'blocked').sort((a, b) => a.dueAt - b.dueAt),
  };
}

function pressing(row: TaskView): number {
  return row.progress.status === 'blocked' ? 1 : 0;
}
