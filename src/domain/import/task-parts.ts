import { fieldsNamed } from './lexicon.ts';
import { matchWindows, windowFrom, type SaidWindow } from './match-windows.ts';
import { splitHead, type TableReading } from './meaning.ts';
import { ownersIn } from './responsibility-chart.ts';
import type { RoleMentions } from './role-mentions.ts';
import type { SourceLine } from './source.ts';
import * as rows from './table-rows.ts';
import { owned } from './task-owners.ts';
import { windowIn, withoutLastTime, withoutTime } from './times.ts';
import type { UnderstoodMilestone, UnderstoodPhase, UnderstoodTask } from './understood.ts';
import { joinedText, type Writable } from './writable.ts';

/** Phases, tasks and milestones as they are met from the top of a document to its end. */
export class TaskParts {
  readonly tasks: Writable<UnderstoodTask>[] = [];
  readonly milestones: UnderstoodMilestone[] = [];
  /** The heading below which tasks stand, if it is not that of their phase: often who does them. */
  under: string | null = null;
  private readonly phases: Writable<UnderstoodPhase>[] = [];
  private readonly windows: SaidWindow[] = [];
  private phase: Writable<UnderstoodPhase> | null = null;
  private lastOwner: string | null = null;
  private readonly headingOf = new Map<object, string>();

  addPhase({ number, text }: SourceLine): void {
    this.under = null;
    const window = windowIn(text);
    const title = withoutTime(text.split('\n')[0] ?? text);
    const known = this.phases.find((phase) => phase.title === title);
    if (known !== undefined) {
      known.lines.push(number);
      this.phase = known;
      return;
    }
    this.phase = {
      title,
      purpose: '',
      from: window?.from ?? null,
      to: window?.to ?? null,
      lines: [number],
      guessed: [],
    };
    this.phases.push(this.phase);
  }

  addPhaseRow(phase: UnderstoodPhase | null): void {
    if (phase === null) return;
    if (this.phases.length > 0)
      this.windows.push({ line: phase.lines[0] ?? 0, title: phase.title, from: phase.from, to: phase.to });
    else this.phases.push({ ...phase, lines: [...phase.lines], guessed: [...phase.guessed] });
  }

  addWindow(number: number, text: string): void {
    this.windows.push(windowFrom(number, text));
  }

  addPurpose(number: number, text: string): boolean {
    if (this.phase === null) return false;
    this.phase.purpose = joinedText(this.phase.purpose, text);
    this.phase.lines.push(number);
    return true;
  }

  /** `owner` is the role that the line stands under. */
  addTask({ number, text, label }: SourceLine, owner: string | null): void {
    const [head, rest] = splitHead(text) ?? [text, ''];
    const isShort = head.split(' ').length <= 14 && rest !== '';
    const task: Writable<UnderstoodTask> = {
      code: label !== null && /^[A-Z]{1,6}-?\d+$/.test(label) ? label : null,
      title: isShort ? head : text,
      detail: isShort ? rest : '',
      phase: this.phase?.title ?? null,
      owner,
      supporting: [],
      dependsOn: [],
      target: windowIn(text)?.to ?? null,
      steps: [],
      completionTest: '',
      lines: [number],
      guessed: [],
    };
    this.tasks.push(task);
    if (this.under !== null) this.headingOf.set(task, this.under);
  }

  addTaskRow(row: SourceLine, cell: rows.NamedCells, { chart, bareNumber }: TableReading): void {
    const phase = cell('phase');
    if (phase !== '') this.addPhase({ ...row, text: phase });
    const said = cell('task');
    const sign = /^[◆◇★☆⚑►▲]\s*/u;
    if (sign.test(said)) {
      const made = milestone(row.number, said.replace(sign, ''), cell('due'));
      this.milestones.push({ ...made, phase: this.phase?.title ?? null });
      return;
    }
    const task = rows.taskOfRow(row, cell, this.phase?.title ?? null, bareNumber);
    if (task === null || (chart.length > 0 && !chart.some(({ column }) => /^[RACI]/.test(row.cells[column] ?? ''))))
      return;
    const doing = ownersIn(row, chart);
    // a cell over several rows is written in the first of them
    const before =
      cell('owner') === '' && chart.length === 0 && this.tasks.at(-1)?.lines.at(-1) !== undefined
        ? this.lastOwner
        : null;
    const owner = doing.owner ?? task.owner ?? before;
    this.lastOwner = owner;
    this.tasks.push({
      ...task,
      owner,
      supporting: [...task.supporting, ...doing.supporting],
      dependsOn: [...task.dependsOn],
      steps: [...task.steps],
      lines: [...task.lines],
      guessed: [...task.guessed, ...(task.owner === null && before !== null ? ['owner' as const] : [])],
    });
  }

  addStep(number: number, text: string): boolean {
    const task = this.tasks.at(-1);
    if (task === undefined) return false;
    task.steps.push(text);
    task.lines.push(number);
    return true;
  }

  addTaskField(number: number, head: string, rest: string): boolean {
    const task = this.tasks.at(-1);
    if (task === undefined) return false;
    const fields = fieldsNamed(head);
    task.lines.push(number);
    if (fields.has('owner')) task.owner = rest;
    else if (fields.has('support')) task.supporting.push(...rows.several(rest));
    else if (fields.has('test')) task.completionTest = rest;
    else if (fields.has('dependsOn')) task.dependsOn.push(...rows.several(rest));
    else task.target = windowIn(rest)?.to ?? null;
    return true;
  }

  /** `H+6: site ready`, or `Site ready (6 hours)`. */
  addMilestone(number: number, text: string, head: string, rest: string): void {
    const isTimed = rest !== '' && windowIn(head) !== null && head.split(' ').length <= 4;
    const tail = /^(.+?)\s+[–—-]\s+([^–—]+)$/u.exec(text);
    const isTailed = tail !== null && windowIn(tail[2] ?? '') !== null && (tail[2] ?? '').split(' ').length <= 5;
    const title = isTimed ? rest : isTailed ? (tail[1] ?? text) : withoutLastTime(text);
    this.milestones.push(milestone(number, title, isTimed ? head : text));
  }

  /** Phases with the windows that the document has for them, and the lines of its timeline that fit none. */
  timed(): { readonly phases: readonly UnderstoodPhase[]; readonly unused: readonly number[] } {
    const { phases, left } = matchWindows(this.phases, this.windows);
    if (this.phases.length > 0) return { phases, unused: left.map(({ line }) => line) };
    const own = left.filter(({ title }) => title !== '');
    return { phases: own.map(phaseOfWindow), unused: left.filter(({ title }) => title === '').map(({ line }) => line) };
  }

  /** The tasks with who does them. */
  owned(mentions: RoleMentions): readonly UnderstoodTask[] {
    return this.tasks.map((task) => {
      const heading = this.headingOf.get(task) ?? '';
      return owned({ ...task, owner: task.owner ?? mentions.exactly(heading) }, mentions);
    });
  }
}

function milestone(number: number, title: string, time: string): UnderstoodMilestone {
  const window = windowIn(time);
  const at = window?.to ?? window?.from ?? null;
  return { title, at, phase: null, lines: [number], guessed: window === null ? ['at'] : [] };
}

function phaseOfWindow({ line, title, from, to }: SaidWindow): UnderstoodPhase {
  return { title, purpose: '', from, to, lines: [line], guessed: [] };
}
