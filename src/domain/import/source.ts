/*
 * A document as the importer reads it, whatever it was written in: its lines in order, each with its place in the structure. The
 * readers make it, understanding labels it, and every line of it is shown again beside what became of it.
 */

/** `noise` is what stands on every page and says nothing. */
export type LineForm = 'heading' | 'item' | 'paragraph' | 'row' | 'noise';

export type SourceLine = {
  /** Its place in the document, from 1. */
  readonly number: number;
  /** Without the bullet or number that it was marked by. */
  readonly text: string;
  /** The number or letter as it was written, `4.2`, `B`, `Phase 3`; null where there is none. */
  readonly label: string | null;
  readonly form: LineForm;
  /** Of a heading: 1 is the highest. Of an item: how deep it is nested, from 0. */
  readonly level: number;
  /** Of a row of a table; the first row of a table is its head where it has one. */
  readonly cells: readonly string[];
  /** Which table a row belongs to, from 1; 0 for what is no row. */
  readonly table: number;
};

/** A heading and what stands under it. The outermost section has none. */
export type SourceSection = {
  readonly heading: SourceLine | null;
  readonly lines: readonly SourceLine[];
  readonly sections: readonly SourceSection[];
};

/** The sections of a document, nested by the levels of their headings. */
export function sectionsOf(lines: readonly SourceLine[]): SourceSection {
  const root: Growing = { heading: null, level: 0, lines: [], sections: [] };
  const open: Growing[] = [root];
  for (const line of lines) {
    if (line.form === 'heading') {
      while (open.length > 1 && (open.at(-1)?.level ?? 0) >= line.level) open.pop();
      const section: Growing = { heading: line, level: line.level, lines: [], sections: [] };
      open.at(-1)?.sections.push(section);
      open.push(section);
    } else open.at(-1)?.lines.push(line);
  }
  return root;
}

/** Every line of a section and of those within it, its own heading left out. */
export function linesWithin({ lines, sections }: SourceSection): readonly SourceLine[] {
  return [
    ...lines,
    ...sections.flatMap((each) => [...(each.heading === null ? [] : [each.heading]), ...linesWithin(each)]),
  ];
}

type Growing = {
  readonly heading: SourceLine | null;
  readonly level: number;
  readonly lines: SourceLine[];
  readonly sections: Growing[];
};

/** An item and the items nested in it. */
export type ItemTree = { readonly line: SourceLine; readonly children: readonly ItemTree[] };

/** The items among some lines as trees; what is no item is left out. */
export function itemTrees(lines: readonly SourceLine[]): readonly ItemTree[] {
  const roots: GrowingTree[] = [];
  const open: GrowingTree[] = [];
  for (const line of lines) {
    if (line.form !== 'item') {
      if (line.form === 'row') open.length = 0;
      continue;
    }
    while (open.length > 0 && (open.at(-1)?.line.level ?? 0) >= line.level) open.pop();
    const tree: GrowingTree = { line, children: [] };
    (open.at(-1)?.children ?? roots).push(tree);
    open.push(tree);
  }
  return roots;
}

type GrowingTree = { readonly line: SourceLine; readonly children: GrowingTree[] };
