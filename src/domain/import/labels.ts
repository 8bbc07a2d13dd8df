import { fieldsNamed, type FieldName, type Topic } from './lexicon.ts';
import { splitHead, type LabelledLine, type Labelling, type Meaning, type TableReading } from './meaning.ts';
import type { ItemTree, SourceLine } from './source.ts';
import { readTable } from './table-reading.ts';

/** What each line was taken for so far. */
export class Labels {
  private readonly lines: readonly SourceLine[];
  private readonly meanings = new Map<SourceLine, { readonly meaning: Meaning; readonly guessed: boolean }>();
  private readonly tables = new Map<number, TableReading>();

  constructor(lines: readonly SourceLine[]) {
    this.lines = lines;
  }

  set(line: SourceLine, meaning: Meaning, guessed = false): void {
    this.meanings.set(line, { meaning, guessed });
  }

  has(line: SourceLine): boolean {
    return this.meanings.has(line);
  }

  /** The rows of one table, as the section that it stands in lets them be read. */
  setTable(rows: readonly SourceLine[], topic: Topic | null): void {
    const reading = readTable(rows, topic);
    this.tables.set(reading.table, reading);
    for (const [at, row] of rows.entries())
      this.set(
        row,
        at < reading.head ? 'unused' : at === reading.head ? 'heading' : reading.meaning,
        reading.meaning !== 'unused' && reading.head < 0,
      );
  }

  labelling(): Labelling {
    const lines = this.lines.map((line): LabelledLine => ({
      line,
      ...(this.meanings.get(line) ?? { meaning: 'unused', guessed: false }),
    }));
    return { lines, tables: this.tables };
  }
}

export function labelTables(labels: Labels, lines: readonly SourceLine[], topic: Topic): void {
  for (const rows of tablesIn(lines)) labels.setTable(rows, topic);
}

export function labelTree(labels: Labels, { line, children }: ItemTree, meaning: Meaning): void {
  labels.set(line, meaning);
  for (const child of children) labelTree(labels, child, meaning);
}

export function tablesIn(lines: readonly SourceLine[]): readonly (readonly SourceLine[])[] {
  const tables = new Map<number, SourceLine[]>();
  for (const line of lines) if (line.form === 'row') tables.set(line.table, [...(tables.get(line.table) ?? []), line]);
  return [...tables.values()];
}

export function fieldOfHead(text: string): FieldName | null {
  const [head, rest] = splitHead(text) ?? [text.replace(/:$/, ''), ''];
  const fields = fieldsNamed(head);
  if (fields.has('responsibilities')) return 'responsibilities';
  if (rest === '') return null;
  return (
    (['mission', 'reportsTo', 'holder', 'deputy', 'phone', 'email'] as const).find((field) => fields.has(field)) ?? null
  );
}

export function mostly(each: readonly boolean[], least = 2): boolean {
  return each.length >= least && each.filter((one) => one).length >= each.length * 0.6;
}
