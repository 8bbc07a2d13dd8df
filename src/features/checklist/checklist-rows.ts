import type { RoleId } from '../../domain/ids.ts';
import type { Phase, Task } from '../../domain/plan/plan-item.ts';
import type { Millis } from '../../domain/time.ts';
import { unreachable } from '../../domain/result.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { isFinal, isMine, taskView, type TaskView } from '../../parts/task-view.ts';

export type Filter = 'mine' | 'all' | 'late' | 'blocked';

export type ChecklistRow =
  | {
      readonly kind: 'phase';
      readonly phase: Phase;
      readonly number: number;
      readonly done: number;
      readonly of: number;
    }
  | { readonly kind: 'task'; readonly row: TaskView };

/** Phases with their tasks in the plan's order; a phase without a task that passes the filter is left out. */
export function checklistRows(
  view: IncidentView,
  now: Millis,
  filter: Filter,
  role: RoleId | null,
  words = '',
): readonly ChecklistRow[] {
  const sought = words.trim().toLowerCase();
  return view.plan.phases.flatMap((phase, place): readonly ChecklistRow[] => {
    const rows = (view.plan.tasksByPhase.get(phase.id) ?? [])
      .filter((task) => role === null || task.owner === role || task.supporting.includes(role))
      .filter((task) => `${task.id} ${task.title}`.toLowerCase().includes(sought))
      .map((task) => taskView(view, task, now));
    const shown = rows.filter((row) => passes(view, row, filter));
    if (shown.length === 0) return [];
    const counted = filter === 'mine' ? shown : rows;
    const done = counted.filter(({ progress }) => isFinal(progress.status)).length;
    return [
      { kind: 'phase', phase, number: place + 1, done, of: counted.length },
      ...shown.map((row) => ({ kind: 'task' as const, row })),
    ];
  });
}

export type FilterCounts = Readonly<Record<Filter | 'done', number>>;

export function filterCounts(view: IncidentView, now: Millis): FilterCounts {
  const { tasks } = view.plan;
  const status = (task: Task) => view.records.progress.get(task.id)?.status ?? 'not-started';
  return {
    mine: tasks.filter((task) => isMine(task, view)).length,
    all: tasks.length,
    late: tasks.filter((task) => taskView(view, task, now).late).length,
    blocked: tasks.filter((task) => status(task) === 'blocked').length,
    done: tasks.filter((task) => isFinal(status(task))).length,
  };
}

function passes(view: IncidentView, row: TaskView, filter: Filter): boolean {
  switch (filter) {
    case 'mine':
      return isMine(row.task, view);
    case 'all':
      return true;
    case 'late':
      return row.late;
    case 'blocked':
      return row.progress.status === 'blocked';
    default:
      return unreachable(filter);
  }
}
