import { fold } from './fold.ts';
import {
  emailsIn,
  hasWayToReach,
  phonesIn,
  roleInSentence,
  shortPhoneIn,
  splitHead,
  type ChartRole,
} from './meaning.ts';
import { RoleMentions } from './role-mentions.ts';
import type { SourceLine } from './source.ts';
import * as rows from './table-rows.ts';
import type { UnderstoodContact, UnderstoodGroup, UnderstoodRole, UnderstoodTask } from './understood.ts';
import { joinedText, type Writable } from './writable.ts';

/** Groups and roles as they are met from the top of a document to its end. */
export class RoleParts {
  readonly groups: Writable<UnderstoodGroup>[] = [];
  readonly roles: Writable<UnderstoodRole>[] = [];
  /** What roles are called in short, `@ic`. */
  readonly handles = new Map<string, string>();
  /** The role that a line is about, if it says nothing else. */
  role: Writable<UnderstoodRole> | null = null;
  /** Of the heading of that role; 0 where it has none. */
  private level = 0;
  private group: Writable<UnderstoodGroup> | null = null;

  addGroup(number: number, text: string): void {
    this.group = { name: text, purpose: '', lines: [number], guessed: [] };
    this.role = null;
    this.groups.push(this.group);
  }

  addRole({ number, text, form, level }: SourceLine, guessed: boolean): void {
    const sentence = form === 'paragraph' ? roleInSentence(text) : null;
    const [head, rest] =
      sentence !== null
        ? [sentence.title, sentence.duties]
        : form === 'heading'
          ? [text, '']
          : (splitHead(text) ?? [text, '']);
    const isShort = head.split(' ').length <= 8;
    const handle = /\s*\((@[\w-]+)\)/.exec(head);
    const title = handle === null ? head : head.replace(handle[0], '');
    this.role = newRole(isShort ? title : text, this.group?.name ?? null, [number]);
    this.level = form === 'heading' ? level : 0;
    if (handle !== null) this.handles.set(handle[1] ?? '', title);
    if (isShort && rest !== '') this.role.responsibilities.push(...dutiesIn(rest));
    if (guessed) this.role.guessed.push('title');
    this.roles.push(this.role);
  }

  addRoleRow(row: SourceLine, cell: rows.NamedCells): void {
    const role = rows.roleOfRow(row, cell);
    if (role === null) {
      // a row without a name goes on with the role above it
      for (const duty of rows.linesOf(cell('responsibilities'))) this.addResponsibility(row.number, duty);
      return;
    }
    if (role.group !== null) this.enterGroup(role.group, row.number);
    const group = role.group ?? this.group?.name ?? null;
    this.role = {
      ...role,
      group,
      responsibilities: [...role.responsibilities],
      holders: [...role.holders],
      lines: [...role.lines],
      guessed: [...role.guessed],
    };
    this.roles.push(this.role);
  }

  /** The columns of a chart are its roles. */
  addChart(row: SourceLine, chart: readonly ChartRole[]): readonly UnderstoodContact[] {
    for (const { title, group } of chart) {
      if (this.roles.some((role) => role.title === title)) continue;
      if (group !== null) this.enterGroup(group, row.number);
      this.roles.push({ ...newRole(title, group, [row.number]), guessed: ['mission'] });
    }
    // a row of telephone numbers is theirs
    const reached = chart.filter(({ column }) => hasWayToReach(row.cells[column] ?? ''));
    if (reached.length < 2) return [];
    return reached.map(({ title, column }) => {
      const text = row.cells[column] ?? '';
      return {
        name: title,
        position: null,
        organisation: null,
        phones: phonesIn(text),
        emails: emailsIn(text),
        lines: [row.number],
        guessed: [],
      };
    });
  }

  /** A phase is of the role above only where it stands below its heading. */
  leaveAt({ form, level }: SourceLine): void {
    if (form !== 'heading' || this.level === 0 || level <= this.level) this.role = null;
  }

  addMission(number: number, text: string): void {
    if (this.role === null && this.group !== null) {
      this.group.purpose = joinedText(this.group.purpose, text);
      this.group.lines.push(number);
    } else {
      this.ofRole(number, (role) => {
        role.mission = joinedText(role.mission, text);
      });
    }
  }

  addResponsibility(number: number, text: string): void {
    this.ofRole(number, (role) =>
      role.responsibilities.push(...(/^\p{L}+s\s/u.test(text) && text.includes('. ') ? dutiesIn(text) : [text])),
    );
  }

  addHolder(number: number, text: string): void {
    this.ofRole(number, (role) => {
      const [phone] = phonesIn(text);
      if (phone !== undefined && phone.length > text.length - 4) role.phone = phone;
      else role.holders.push(text);
    });
  }

  /** What reaches whoever holds the role; no address is a person. */
  addReach(number: number, text: string): void {
    this.ofRole(number, (role) => {
      role.phone = phonesIn(text)[0] ?? shortPhoneIn(text) ?? role.phone;
    });
  }

  addSuperior(number: number, text: string): void {
    this.ofRole(number, (role) => {
      role.reportsTo = text;
    });
  }

  /** Those that the document describes, and those that it only names as owners of tasks. */
  all(tasks: readonly UnderstoodTask[]): readonly UnderstoodRole[] {
    const mentions = new RoleMentions(this.roles, this.groups, this.handles);
    const named = new Map<string, Writable<UnderstoodRole>>();
    for (const { owner, lines } of tasks) {
      if (owner === null || mentions.closest(owner) !== null || named.has(fold(owner))) continue;
      named.set(fold(owner), { ...newRole(owner, null, [...lines]), guessed: ['title', 'mission'] });
    }
    return [...this.roles, ...named.values()];
  }

  /** The telephone that a role has, under its name. */
  contacts(others: readonly UnderstoodContact[]): readonly UnderstoodContact[] {
    const known = new Set(others.flatMap(({ name, phones }) => [fold(name), ...phones]));
    return this.roles.flatMap(({ title, phone, lines }) => {
      const phones = phone === null ? [] : phonesIn(phone);
      if (phones.length === 0 || known.has(fold(title)) || phones.some((each) => known.has(each))) return [];
      return [{ name: title, position: null, organisation: null, phones, emails: [], lines: [...lines], guessed: [] }];
    });
  }

  private enterGroup(name: string, number: number): void {
    const known = this.groups.find((group) => group.name === name);
    this.group = known ?? { name, purpose: '', lines: [number], guessed: [] };
    if (known === undefined) this.groups.push(this.group);
  }

  /** The role under way; where a group has duties of its own it is a role. */
  private ofRole(number: number, change: (role: Writable<UnderstoodRole>) => void): void {
    if (this.role === null) {
      const name = this.group?.name ?? 'Recovery team';
      this.role = newRole(name, this.group?.name ?? null, [...(this.group?.lines ?? [])]);
      if (this.group !== null) this.role.mission = this.group.purpose;
      this.roles.push(this.role);
    }
    this.role.lines.push(number);
    change(this.role);
  }
}

/** Duties of one sentence: between semicolons, or each beginning with what is done. */
function dutiesIn(text: string): readonly string[] {
  const parts = text.split(/\s*;\s*/).filter((duty) => duty !== '');
  if (parts.length > 1) return parts;
  const sentences = text.replace(/\.$/, '').split(/(?:,\s*(?:and\s+)?|\.\s+)(?=\p{L}+s\s)/u);
  // one `and` alone joins as often within a duty as between two
  const done =
    sentences.length === 1
      ? sentences
      : sentences.flatMap((duty) => duty.split(/(?<=(?:\S+\s+){3}\S+)\s+and\s+(?=\p{Ll}+[^s\s]s\s)/u));
  return done.length > 1 && done.every((duty) => /^\p{L}+s\s/u.test(duty)) ? done : [text];
}

function newRole(title: string, group: string | null, lines: number[]): Writable<UnderstoodRole> {
  return {
    title,
    group,
    mission: '',
    responsibilities: [],
    reportsTo: null,
    holders: [],
    phone: null,
    lines,
    guessed: [],
  };
}
