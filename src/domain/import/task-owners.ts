import type { RoleMentions } from './role-mentions.ts';
import { withoutTime } from './times.ts';
import type { UnderstoodTask } from './understood.ts';

/** A task with the role that it names as its owner, or else with the likeliest one, which is a guess. */
export function owned(said: UnderstoodTask, mentions: RoleMentions): UnderstoodTask {
  const task = withOwnerOutOfTitle(said, mentions);
  const supporting = task.supporting.map((name) => mentions.closest(name) ?? name);
  if (task.owner !== null) return { ...task, owner: mentions.closest(task.owner) ?? task.owner, supporting };
  const text = `${task.detail} ${task.title} ${task.steps.join(' ')}`;
  const named = mentions.named(task.detail) ?? mentions.named(text);
  const owner = named ?? mentions.likeliest(text);
  return { ...task, owner, supporting, guessed: named === null ? [...task.guessed, 'owner'] : task.guessed };
}

/** `Close the stopcock (Facilities Assistant)`, `… – Facilities Assistant`, `… -> Facilities Assistant`, `… @facilities`. */
function withOwnerOutOfTitle(said: UnderstoodTask, mentions: RoleMentions): UnderstoodTask {
  const task =
    said.detail === '' ? { ...said, title: withoutTime(said.title) } : { ...said, detail: withoutTime(said.detail) };
  const whole = task.detail === '' ? task.title : task.detail;
  const found =
    /^(.+?)\s*(?:[([]([^()[\]]+)[)\]]|\s[–—-]\s+([^–—-]+)|\s(?:->|=>|→)\s*(.+)|\s(@[\w-]+)|\.\s+([^.]+))\.?$/u.exec(
      whole,
    );
  const [bare, ...names] = (found ?? []).slice(1);
  const owner = mentions.exactly(names.find((name) => name !== undefined) ?? '');
  if (owner === null || bare === undefined) return splitOwner(task, mentions);
  return task.detail === '' ? { ...task, title: bare, owner } : { ...task, detail: bare, owner };
}

/** A title that was taken apart at a dash before the name of a role is one again. */
function splitOwner(task: UnderstoodTask, mentions: RoleMentions): UnderstoodTask {
  const owner = task.detail === '' ? null : mentions.exactly(task.detail);
  return owner === null ? task : { ...task, detail: '', owner };
}
