import type { RoleId, TaskCode } from '../ids.ts';
import { untouched, type TaskStatus } from '../incident/incident.ts';
import { clockTime } from '../incident/zoned-time.ts';
import type { Task } from '../plan/plan-item.ts';
import { cardTime, titleOf, type CardSource, type CardTime } from './card-source.ts';

export type CardDependency = {
  readonly code: TaskCode;
  /** Whose it is, where that is another role than the card's. */
  readonly owner: string | null;
};

/** How far the task was when the card was printed. */
export type CardProgress = {
  readonly status: Exclude<TaskStatus, 'not-started'>;
  /** When it ended, else began; in the incident's zone. */
  readonly time: string | null;
  readonly initials: string | null;
  readonly reason: string | null;
};

/** One numbered action of a card. */
export type CardTask = {
  readonly task: Task;
  /** Counted through the whole card. */
  readonly n: number;
  readonly target: CardTime;
  readonly after: readonly CardDependency[];
  readonly supporting: readonly string[];
  /** The unstaffed role that owns it, where the card is its superior's. */
  readonly standsInFor: string | null;
  readonly progress: CardProgress | null;
};

/** A task as the card of `role` lists it. */
export function cardTask(task: Task, n: number, role: RoleId, source: CardSource): CardTask {
  const { plan } = source;
  return {
    task,
    n,
    target: cardTime(task.target, source),
    after: task.dependsOn.map((code) => {
      const owner = plan.taskByCode.get(code)?.owner;
      return { code, owner: owner === undefined || owner === role ? null : titleOf(plan, owner) };
    }),
    supporting: task.supporting.filter((each) => each !== role).map((each) => titleOf(plan, each)),
    standsInFor: task.owner === role ? null : titleOf(plan, task.owner),
    progress: progressOf(task.id, source),
  };
}

/** `TM` of Thandi Mokoena; what stands in the column for initials. */
export function initialsOf(name: string): string {
  return name
    .split(/[\s.-]+/)
    .map((part) => [...part][0] ?? '')
    .filter((letter) => /\p{L}/u.test(letter))
    .join('')
    .toUpperCase();
}

function progressOf(code: TaskCode, { incident, people }: CardSource): CardProgress | null {
  if (incident === null) return null;
  const { status, startedAt, endedAt, by, reason } = incident.progress.get(code) ?? untouched;
  if (status === 'not-started') return null;
  const at = endedAt ?? startedAt;
  const name = by === null ? undefined : people.get(by)?.name;
  return {
    status,
    time: at === null ? null : clockTime(at, incident.incident.zone),
    initials: name === undefined ? null : initialsOf(name),
    reason,
  };
}
