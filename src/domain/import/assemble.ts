import { unreachable } from '../result.ts';
import { FurtherParts } from './further-parts.ts';
import { fieldsNamed } from './lexicon.ts';
import { splitHead, type LabelledLine, type Labelling, type TableReading } from './meaning.ts';
import { RoleMentions } from './role-mentions.ts';
import { RoleParts } from './role-parts.ts';
import type { SourceLine } from './source.ts';
import * as rows from './table-rows.ts';
import { TaskParts } from './task-parts.ts';
import { windowIn } from './times.ts';
import type { UnderstoodContact, UnderstoodLine, UnderstoodPlan, UnderstoodSystem } from './understood.ts';

/**
 * Puts labelled lines together to a plan: what stands below a group is in it, what stands below a phase happens in it. Guarantees: every line
 * leaves a trace or is among `unused`; labels that somebody corrected count as any other; who owns what, a kind or a window that
 * the words alone did not say is named in `guessed`.
 */
export function assemble({ lines, tables }: Labelling): UnderstoodPlan {
  const parts = new Parts();
  for (const labelled of lines) {
    const { line, meaning } = labelled;
    if (line.form === 'row' && meaning !== 'heading' && meaning !== 'unused') {
      const reading = tables.get(line.table);
      if (reading !== undefined) parts.addRow(line, meaning, reading);
    } else parts.add(labelled);
  }
  return parts.plan(lines.flatMap(({ line, meaning }) => (meaning === 'unused' ? [line.number] : [])));
}

class Parts {
  private title: string | null = null;
  private readonly summary: string[] = [];
  private readonly roles = new RoleParts();
  private readonly tasks = new TaskParts();
  private readonly further = new FurtherParts();
  private readonly contacts: UnderstoodContact[] = [];
  private readonly objectives: UnderstoodLine[] = [];
  private readonly risks: UnderstoodLine[] = [];
  private readonly criteria: UnderstoodLine[] = [];
  private readonly systems: UnderstoodSystem[] = [];
  /** Lines of which nothing could be made, whatever they were said to be. */
  private readonly nothing: number[] = [];

  add({ line, meaning, guessed }: LabelledLine): void {
    const { number, text } = line;
    const [head, rest] = splitHead(text) ?? [text, ''];
    const plain = { title: text, lines: [number], guessed: [] };
    switch (meaning) {
      case 'title':
        this.title = text;
        return;
      case 'summary':
        this.summary.push(text);
        return;
      case 'group':
        return this.roles.addGroup(number, text);
      case 'role':
        return this.roles.addRole(line, guessed);
      case 'mission':
        return this.roles.addMission(number, fieldsNamed(head).has('mission') && rest !== '' ? rest : text);
      case 'responsibility':
        return this.roles.addResponsibility(
          number,
          fieldsNamed(head).has('responsibilities') && rest !== '' ? rest : text,
        );
      case 'reports-to':
        return this.roles.addSuperior(number, rest === '' ? text : rest);
      case 'holder':
        return reaches(head)
          ? this.roles.addReach(number, rest)
          : this.roles.addHolder(number, rest === '' ? text : rest);
      case 'phase':
        this.roles.leaveAt(line);
        return this.tasks.addPhase(line);
      case 'purpose':
        if (!this.tasks.addPurpose(number, text)) this.nothing.push(number);
        return;
      case 'window':
        return this.tasks.addWindow(number, text);
      case 'task':
        return this.tasks.addTask(line, this.roles.role?.title ?? null);
      case 'step':
        if (!this.tasks.addStep(number, text)) this.nothing.push(number);
        return;
      case 'task-field':
        if (!this.tasks.addTaskField(number, head, rest)) this.nothing.push(number);
        return;
      case 'procedure':
        return this.further.addProcedure(line);
      case 'point':
        return this.further.addPoint(line);
      case 'resource-kind':
        this.further.kindAbove = text;
        return;
      case 'resource':
        return this.further.addResource(line);
      case 'contact': {
        const contact = rows.contactOfLine(line);
        if (contact === null) this.nothing.push(number);
        else this.contacts.push(contact);
        return;
      }
      case 'milestone':
        return this.tasks.addMilestone(number, text, head, rest);
      case 'objective':
        this.objectives.push({ ...plain, title: rest !== '' && head.split(' ').length === 1 ? rest : text });
        return;
      case 'risk':
        this.risks.push(plain);
        return;
      case 'criterion':
        this.criteria.push(plain);
        return;
      case 'system':
        this.systems.push({ ...plain, owner: null, rto: windowIn(text)?.to ?? null, rpo: null });
        return;
      case 'heading':
        if (line.form !== 'heading') return;
        this.tasks.under = text;
        // a chapter ends what stood above it
        if (line.level <= 2) this.roles.role = null;
        return;
      case 'unused':
        return;
      default:
        return unreachable(meaning);
    }
  }

  addRow(row: SourceLine, meaning: LabelledLine['meaning'], reading: TableReading): void {
    const cell = rows.cellsOf(row, reading);
    if (reading.chart.length > 0) this.contacts.push(...this.roles.addChart(row, reading.chart));
    const [only = '', ...others] = row.cells.filter((each) => each !== '');
    const isHead = row.cells.length > 2 || (reading.head < 0 && row.cells.length === 2 && row.cells[1] === '');
    const mayHead = meaning === 'task' || meaning === 'role' || meaning === 'resource';
    if (others.length === 0 && mayHead && isHead && cell('responsibilities') === '')
      return this.addRowOfOne(row, meaning, only);
    const into = <T>(list: T[], made: T | null) => void (made === null || list.push(made));
    if (meaning === 'role') return this.roles.addRoleRow(row, cell);
    if (meaning === 'task') return this.tasks.addTaskRow(row, cell, reading);
    if (meaning === 'contact') return into(this.contacts, rows.contactOfRow(row, cell));
    if (meaning === 'resource')
      return into(this.further.resources, rows.resourceOfRow(row, cell, this.further.kindAbove));
    if (meaning === 'system') return into(this.systems, rows.systemOfRow(row, cell));
    if (meaning === 'milestone') return into(this.tasks.milestones, rows.milestoneOfRow(row, cell));
    if (meaning === 'phase') return this.tasks.addPhaseRow(rows.phaseOfRow(row, cell));
    if (meaning === 'procedure') return this.further.addProcedureRow(row, cell);
    if (meaning === 'risk')
      this.risks.push({ title: row.cells.filter((each) => each !== '').join(' · '), lines: [row.number], guessed: [] });
  }

  plan(unused: readonly number[]): UnderstoodPlan {
    const { groups, handles } = this.roles;
    const roles = this.roles.all(this.tasks.tasks);
    const mentions = new RoleMentions(roles, groups, handles);
    const timed = this.tasks.timed();
    return {
      title: this.title,
      summary: this.summary.join('\n'),
      groups,
      roles,
      phases: timed.phases,
      tasks: this.tasks.owned(mentions),
      procedures: this.further.owned(mentions),
      resources: this.further.resources,
      contacts: [...this.contacts, ...this.roles.contacts(this.contacts)],
      milestones: this.tasks.milestones,
      objectives: this.objectives,
      risks: this.risks,
      criteria: this.criteria,
      systems: this.systems,
      unused: [...unused, ...timed.unused, ...this.nothing].sort((a, b) => a - b),
    };
  }

  /** One cell across a table heads the rows below it. */
  private addRowOfOne(row: SourceLine, meaning: LabelledLine['meaning'], text: string): void {
    const line = { ...row, text };
    if (meaning === 'task') return this.tasks.addPhase(line);
    if (meaning === 'role') return this.roles.addGroup(row.number, text);
    if (meaning === 'resource') this.further.kindAbove = text;
  }
}

function reaches(head: string): boolean {
  const fields = fieldsNamed(head);
  return fields.has('phone') || fields.has('email');
}
