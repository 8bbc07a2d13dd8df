import type { PhaseId, TaskCode } from '../ids.ts';
import type { Task } from '../plan/plan-item.ts';
import { fold, wordsOf } from './fold.ts';
import { KnownNames } from './known-names.ts';
import { cutLine, cutText, testToWrite } from './item-texts.ts';
import { unsalted } from '../plan/unsalted.ts';
import type { ItemContext } from './plan-items-from.ts';
import type { UnderstoodTask } from './understood.ts';

/** The tasks of a document, in its order, each with a code that can be said over a radio. */
export function taskItems(
  tasks: readonly UnderstoodTask[],
  { plan, roles, phases, commanding }: ItemContext,
): { readonly items: readonly Task[] } {
  const known = new KnownNames<Task>(plan.tasks, ({ title }) => title);
  const codes = new Codes(plan.tasks.map(({ id }) => id));
  const placed = tasks.map((task) => {
    const byCode = task.code === null ? undefined : plan.taskByCode.get(task.code.toUpperCase() as TaskCode);
    const before = known.take(byCode) ?? known.find(task.title);
    const owner = roles.idOf(task.owner) ?? before?.owner ?? commanding;
    const id = before?.id ?? (known.idFor(task.title, () => codes.take(task, task.owner ?? '')) as TaskCode);
    return { task, before, owner, id };
  });
  const named = new Map<string, TaskCode>();
  for (const { id, title } of plan.tasks) for (const name of [id, title]) named.set(fold(name), id);
  for (const { task, id } of placed)
    for (const name of [task.code, task.title, id]) if (name !== null) named.set(fold(name), id);
  const after = dependencies(
    placed.map(({ task, id }) => ({ id, before: task.dependsOn.flatMap((name) => named.get(fold(name)) ?? []) })),
    plan.tasks,
  );
  const items = placed.map(({ task, before, owner, id }, at): Task => {
    const phase: PhaseId = task.phase === null && before !== null ? before.phase : phases.idOf(task.phase);
    const end = phases.known.find((each) => each.id === phase)?.to ?? 60;
    const supporting = task.supporting.flatMap((name) => roles.idOf(name) ?? []).filter((role) => role !== owner);
    const steps = task.steps.map((step) => step.slice(0, 1000));
    const fresh: Task = {
      section: 'task',
      id,
      order: (plan.tasks.length + at + 1) * 10,
      salt: unsalted,
      phase,
      title: cutLine(task.title),
      owner,
      supporting: [...new Set(supporting)],
      dependsOn: after.get(id) ?? [],
      target: Math.min(task.target ?? end, 525_600),
      steps,
      completionTest: task.completionTest === '' ? testToWrite : task.completionTest.slice(0, 1000),
      resources: [],
      critical: false,
      ...(task.detail === '' && task.title.length <= 200
        ? {}
        : { detail: cutText(task.title.length <= 200 ? task.detail : task.title) }),
    };
    return before === null ? fresh : merged(before, fresh, task);
  });
  return { items };
}

function merged(before: Task, fresh: Task, said: UnderstoodTask): Task {
  return {
    ...before,
    phase: fresh.phase,
    ...(said.owner === null || said.guessed.includes('owner') ? {} : { owner: fresh.owner }),
    ...(fresh.supporting.length === 0 ? {} : { supporting: fresh.supporting }),
    dependsOn: fresh.dependsOn,
    ...(said.target === null ? {} : { target: fresh.target }),
    ...(said.steps.length === 0 ? {} : { steps: fresh.steps }),
    ...(said.completionTest === '' ? {} : { completionTest: fresh.completionTest }),
    ...(fresh.detail === undefined ? {} : { detail: fresh.detail }),
  };
}

/**
 * What each task of the document waits for: what it says, and where it says nothing that is known, what it waited for in the plan. What would
 * close a circle is left out.
 */
function dependencies(
  tasks: readonly { readonly id: TaskCode; readonly before: readonly TaskCode[] }[],
  inPlan: readonly Task[],
): ReadonlyMap<TaskCode, readonly TaskCode[]> {
  const said = tasks.filter(({ before }) => before.length > 0);
  const after = new Map<TaskCode, readonly TaskCode[]>(inPlan.map(({ id, dependsOn }) => [id, dependsOn]));
  for (const { id } of said) after.set(id, []);
  const waitsFor = (from: TaskCode, to: TaskCode, seen = new Set<TaskCode>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return (after.get(from) ?? []).some((each) => waitsFor(each, to, seen));
  };
  for (const { id, before } of said) {
    for (const each of before) {
      const standing = after.get(id) ?? [];
      if (!standing.includes(each) && !waitsFor(each, id)) after.set(id, [...standing, each]);
    }
  }
  return after;
}

/** Codes by who owns the task: `RC-01`. Those that the document has are kept where they can be said. */
class Codes {
  private readonly taken: Set<string>;
  private readonly last = new Map<string, number>();
  private readonly prefixes = new Map<string, string>();

  constructor(taken: readonly string[]) {
    this.taken = new Set(taken.map((code) => code.toUpperCase()));
  }

  take({ code }: UnderstoodTask, owner: string): string {
    const own = code?.toUpperCase().replace(/\s+/g, '-') ?? '';
    if (/^[A-Z]{1,6}-?\d{1,4}$/.test(own) && !this.taken.has(own)) {
      this.taken.add(own);
      return own;
    }
    const prefix = this.prefixOf(owner);
    for (let n = (this.last.get(prefix) ?? 0) + 1; ; n += 1) {
      const made = `${prefix}-${String(n).padStart(2, '0')}`;
      if (this.taken.has(made)) continue;
      this.last.set(prefix, n);
      this.taken.add(made);
      return made;
    }
  }

  private prefixOf(owner: string): string {
    const known = this.prefixes.get(owner);
    if (known !== undefined) return known;
    const words = wordsOf(owner).filter(
      (word) => /^[a-z]/.test(word) && !/^(?:and|of|the|und|et|de|y|la|le)$/.test(word),
    );
    const initials =
      words.length > 1
        ? words
            .slice(0, 3)
            .map((word) => word[0] ?? '')
            .join('')
        : (words[0] ?? 't').slice(0, 3);
    const used = new Set(this.prefixes.values());
    let prefix = initials.toUpperCase();
    for (const letter of (words.at(-1) ?? '').slice(1).toUpperCase())
      if (used.has(prefix)) prefix = `${initials.toUpperCase().slice(0, 2)}${letter}`;
    this.prefixes.set(owner, prefix);
    return prefix;
  }
}
