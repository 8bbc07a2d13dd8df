import type { Labelling, Meaning, TableMeaning, TableReading } from './meaning.ts';
import { readTableAs } from './table-reading.ts';

/** What somebody says that lines and tables are, by their numbers. */
export type Corrections = {
  readonly lines: ReadonlyMap<number, Meaning>;
  readonly tables: ReadonlyMap<number, TableMeaning>;
};

export const noCorrections: Corrections = { lines: new Map(), tables: new Map() };

/** The labels as somebody corrected them. A table is corrected as a whole: its columns are read anew for what it is said to be. */
export function correct({ lines, tables }: Labelling, corrections: Corrections): Labelling {
  const read = new Map<number, TableReading>();
  for (const table of new Set(lines.map(({ line }) => line.table))) {
    const meaning = corrections.tables.get(table);
    const reading = tables.get(table);
    const rows = lines.flatMap(({ line }) => (line.table === table ? [line] : []));
    if (meaning !== undefined) read.set(table, readTableAs(rows, meaning));
    else if (reading !== undefined) read.set(table, reading);
  }
  const places = new Map<number, number>();
  const corrected = lines.map((labelled) => {
    const { line } = labelled;
    if (line.form !== 'row') {
      const meaning = corrections.lines.get(line.number);
      return meaning === undefined ? labelled : { line, meaning, guessed: false };
    }
    const place = places.get(line.table) ?? 0;
    places.set(line.table, place + 1);
    const reading = read.get(line.table);
    if (reading === undefined || !corrections.tables.has(line.table)) return labelled;
    return { line, meaning: place <= reading.head ? ('heading' as const) : reading.meaning, guessed: false };
  });
  return { lines: corrected, tables: read };
}
