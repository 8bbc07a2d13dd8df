import type { FieldName } from './lexicon.ts';
import { resourceKind, procedureKind } from './lexicon.ts';
import { emailsIn, phonesIn, shortPhoneIn, splitHead, type TableReading } from './meaning.ts';
import type { SourceLine } from './source.ts';
import { timeIn, windowIn, withoutTime } from './times.ts';
import type {
  UnderstoodContact,
  UnderstoodMilestone,
  UnderstoodPhase,
  UnderstoodProcedure,
  UnderstoodResource,
  UnderstoodRole,
  UnderstoodSystem,
  UnderstoodTask,
} from './understood.ts';

/** The cell of a row under each name. */
export type NamedCells = (field: FieldName) => string;

export function cellsOf({ cells }: SourceLine, { columns }: TableReading): NamedCells {
  return (field) => {
    const at = columns.indexOf(field);
    return at < 0 ? '' : (cells[at] ?? '').trim();
  };
}

/** One cell that holds several, each on a line of its own. */
export function linesOf(cell: string): readonly string[] {
  return parted(cell, /\s*[\n•●▪]\s*/);
}

/** One cell that holds several names. */
export function several(cell: string): readonly string[] {
  return parted(cell, /\s*[\n;,•●▪]\s*/);
}

function parted(cell: string, by: RegExp): readonly string[] {
  const parts = cell.split(by);
  return parts.map((part) => part.replace(/^[-–*]\s+|^\d+[.)]\s+/, '').trim()).filter((part) => part !== '');
}

/** Duties that stand on one line have semicolons between them. */
function dutiesOf(cell: string): readonly string[] {
  const lines = linesOf(cell);
  return lines.length > 1 ? lines : cell.split(/\s*;\s*/).filter((duty) => duty !== '');
}

export function roleOfRow(row: SourceLine, cell: NamedCells): UnderstoodRole | null {
  const title = cell('role');
  if (title === '') return null;
  const mission = cell('mission');
  return {
    title,
    group: orNull(cell('group')),
    mission,
    responsibilities: dutiesOf(cell('responsibilities')),
    reportsTo: orNull(cell('reportsTo')),
    holders: [cell('holder'), ...several(cell('deputy'))].filter((name) => name !== ''),
    phone: phonesIn(cell('phone'))[0] ?? orNull(cell('phone')),
    lines: [row.number],
    guessed: mission === '' ? ['mission'] : [],
  };
}

export function taskOfRow(
  row: SourceLine,
  cell: NamedCells,
  phase: string | null,
  bareNumber: number,
): UnderstoodTask | null {
  const said = cell('task');
  if (said === '') return null;
  const [title = said, ...steps] = linesOf(said);
  const due = cell('due');
  const window = windowIn(due);
  const bare = /^\d+(?:[.,]\d+)?$/.test(due) ? Math.round(Number(due.replace(',', '.')) * bareNumber) : null;
  return {
    code: orNull(cell('code')),
    title,
    detail: '',
    phase,
    owner: orNull(cell('owner')) ?? orNull(cell('role')) ?? orNull(cell('responsible')),
    supporting: several(cell('support')),
    dependsOn: several(cell('dependsOn')).filter((each) => !/^[-–—]$/.test(each)),
    target: window?.to ?? bare,
    steps,
    completionTest: cell('test'),
    lines: [row.number],
    guessed: due === '' || (window === null && bare === null) ? ['target'] : [],
  };
}

export function contactOfRow(row: SourceLine, cell: NamedCells): UnderstoodContact | null {
  const all = row.cells.join('\n');
  const short = shortPhoneIn(cell('phone'));
  const found = phonesIn(all);
  const phones = found.length === 0 && short !== null ? [short] : found;
  const emails = emailsIn(all);
  const name = orNull(cell('holder')) ?? orNull(cell('role')) ?? orNull(cell('organisation'));
  if (name === null || (phones.length === 0 && emails.length === 0)) return null;
  const position = orNull(cell('role'));
  return {
    name,
    position: position === name ? null : position,
    organisation: orNull(cell('organisation')),
    phones,
    emails,
    lines: [row.number],
    guessed: [],
  };
}

export function resourceOfRow(row: SourceLine, cell: NamedCells, kindAbove: string): UnderstoodResource | null {
  const name = cell('resource');
  if (name === '') return null;
  const kind = resourceKind(cell('kind')) ?? resourceKind(kindAbove) ?? resourceKind(name);
  const [, many = '', unit = ''] = /^(\d+(?:[.,]\d+)?)\s*(.*)$/s.exec(cell('quantity')) ?? [];
  return {
    kind: kind ?? 'technical',
    name,
    quantity: many === '' ? null : Number(many.replace(',', '.')),
    unit: orNull(unit),
    owner: orNull(cell('owner')),
    source: orNull(cell('source')),
    lines: [row.number],
    guessed: resourceKind(cell('kind')) === null ? ['kind'] : [],
  };
}

export function systemOfRow(row: SourceLine, cell: NamedCells): UnderstoodSystem | null {
  const title = cell('system');
  if (title === '') return null;
  return {
    title,
    owner: orNull(cell('owner')),
    rto: timeIn(cell('rto')),
    rpo: timeIn(cell('rpo')),
    lines: [row.number],
    guessed: [],
  };
}

export function milestoneOfRow(row: SourceLine, cell: NamedCells): UnderstoodMilestone | null {
  const title = cell('milestone');
  if (title === '') return null;
  const window = windowIn(cell('due'));
  const at = window?.to ?? window?.from ?? null;
  return { title, at, phase: orNull(cell('phase')), lines: [row.number], guessed: at === null ? ['at'] : [] };
}

export function phaseOfRow(row: SourceLine, cell: NamedCells): UnderstoodPhase | null {
  const title = cell('phase');
  if (title === '') return null;
  const window = windowIn(cell('due')) ?? windowIn(title);
  const from = timeIn(cell('start')) ?? window?.from ?? null;
  return {
    title: withoutTime(title),
    purpose: cell('task'),
    from,
    to: window?.to ?? null,
    lines: [row.number],
    guessed: [],
  };
}

export function procedureOfRow(row: SourceLine, cell: NamedCells): UnderstoodProcedure | null {
  const title = cell('audience');
  if (title === '') return null;
  const rest = row.cells.filter((each) => each !== '' && each !== title);
  const kind = procedureKind(title);
  return {
    kind: kind ?? 'internal',
    title,
    owner: orNull(cell('owner')),
    points: rest,
    lines: [row.number],
    guessed: kind === null ? ['kind'] : [],
  };
}

/** A person or an office on a line of its own: `Night duty: Ada, +27 …`. */
export function contactOfLine({ number, text }: SourceLine): UnderstoodContact | null {
  const emails = emailsIn(text);
  const found = phonesIn(text);
  const short = found.length === 0 && emails.length === 0 ? shortPhoneIn(text) : null;
  const phones = short === null ? found : [short];
  const bare = [...phones, ...emails].reduce((left, each) => left.replace(each, ''), text);
  const [head, rest] = /^([^(]+)\(([^)]+)\)/.exec(bare)?.slice(1) ?? splitHead(bare) ?? [bare, ''];
  const name = tidy(head ?? '');
  if (name === '' || (phones.length === 0 && emails.length === 0)) return null;
  return { name, position: orNull(tidy(rest ?? '')), organisation: null, phones, emails, lines: [number], guessed: [] };
}

function tidy(text: string): string {
  return text
    .replace(/\b(?:phone|tel|telephone|mobile|mail|e-mail|email|telefon|handy)\b\.?:?/gi, '')
    .replace(/\(\s*\)|\.{3,}/g, '')
    .replace(/^[\s,;:|/–—-]+|[\s,;:|/–—-]+$/g, '')
    .replace(/\s{2,}/g, ' ');
}

function orNull(text: string): string | null {
  const bare = text.trim();
  return bare === '' || /^[-–—/]+$/.test(bare) || /^n\/?a$/i.test(bare) ? null : bare;
}
