import { fieldsNamed, type FieldName } from './lexicon.ts';
import type { ChartRole, TableReading } from './meaning.ts';
import type { SourceLine } from './source.ts';

const mark = /^[RACISV](?:\s*[/,]\s*[RACISV])*$/;

/** A chart that says of each task who does it (R), answers for it (A), is asked (C) and told (I); null for another table. */
export function readChart(rows: readonly SourceLine[]): TableReading | null {
  const marksIn = ({ cells }: SourceLine) => cells.filter((cell) => mark.test(cell)).length;
  const first = rows.findIndex((row) => marksIn(row) > 1);
  if (first < 1 || rows.filter((row) => marksIn(row) > 1).length < 3) return null;
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const columns = Array.from({ length: width }, (_, at) => at);
  const marked = columns.filter(
    (at) => rows.filter(({ cells }) => mark.test(cells[at] ?? '')).length > rows.length / 10,
  );
  const heads = rows.slice(0, first).filter(({ cells }) => cells.filter((cell) => cell !== '').length > 1);
  const names = columns.map((at) => heads.map(({ cells }) => cells[at] ?? '').filter((cell) => cell !== ''));
  const chart = marked.flatMap((column): readonly ChartRole[] => {
    const title = names[column]?.at(-1);
    return title === undefined
      ? []
      : [{ column, title, group: heads.length > 1 ? groupAbove(heads[0], column, marked) : null }];
  });
  const fields = columns.map((at) => (marked.includes(at) ? null : fieldOf(names[at]?.at(-1) ?? '')));
  if (!fields.includes('task')) fields[longest(rows.slice(first), columns, marked)] = 'task';
  return {
    table: rows[0]?.table ?? 0,
    meaning: 'task',
    columns: fields,
    head: rows.indexOf(heads.at(-1) as SourceLine),
    chart,
    bareNumber: 60,
  };
}

function fieldOf(name: string): FieldName | null {
  const fields = fieldsNamed(name);
  return (['task', 'code', 'phase', 'due', 'test'] as const).find((field) => fields.has(field)) ?? null;
}

/** A cell above several columns heads those to its right too, as far as the next one. */
function groupAbove(head: SourceLine | undefined, column: number, marked: readonly number[]): string | null {
  const first = marked[0] ?? 0;
  for (let at = column; at >= first; at -= 1) {
    const cell = head?.cells[at] ?? '';
    if (cell !== '') return cell;
  }
  return null;
}

function longest(rows: readonly SourceLine[], columns: readonly number[], marked: readonly number[]): number {
  const length = (at: number) =>
    marked.includes(at) ? -1 : rows.reduce((sum, { cells }) => sum + (cells[at]?.length ?? 0), 0);
  return columns.reduce((best, at) => (length(at) > length(best) ? at : best), 0);
}

/** Who does it, and who else has a hand in it. */
export function ownersIn(
  { cells }: SourceLine,
  chart: readonly ChartRole[],
): { readonly owner: string | null; readonly supporting: readonly string[] } {
  const having = (letter: string) =>
    chart.filter(({ column }) => (cells[column] ?? '').includes(letter)).map(({ title }) => title);
  const doing = having('R');
  return { owner: doing[0] ?? having('A')[0] ?? null, supporting: [...doing.slice(1), ...having('S')] };
}
