import type { FieldName } from './lexicon.ts';
import type { SourceLine } from './source.ts';

/** What a line of a document is in a plan. */
export const meanings = [
  'title',
  'summary',
  'objective',
  'group',
  'role',
  'mission',
  'responsibility',
  'reports-to',
  'holder',
  'phase',
  'purpose',
  'window',
  'task',
  'step',
  /** Who owns the task above, when it is due, how one knows that it is done. */
  'task-field',
  'procedure',
  'point',
  'resource-kind',
  'resource',
  'contact',
  'milestone',
  'risk',
  'system',
  'criterion',
  /** It says what stands below it and nothing by itself. */
  'heading',
  'unused',
] as const;
export type Meaning = (typeof meanings)[number];

/** What the rows of a table are. */
export type TableMeaning = Extract<
  Meaning,
  'role' | 'task' | 'contact' | 'resource' | 'system' | 'milestone' | 'phase' | 'procedure' | 'risk' | 'unused'
>;

export type TableReading = {
  readonly table: number;
  readonly meaning: TableMeaning;
  /** What each column holds; null for one that is passed over. */
  readonly columns: readonly (FieldName | null)[];
  /** Which row names the columns; what stands above it is no row of the table. -1 where none does. */
  readonly head: number;
  /** How many minutes a bare number in the column of times stands for, by the name of that column. */
  readonly bareNumber: number;
  /** Of a chart of responsibilities (RACI): the roles that have a column. */
  readonly chart: readonly ChartRole[];
};

export type ChartRole = { readonly column: number; readonly title: string; readonly group: string | null };

export type LabelledLine = {
  readonly line: SourceLine;
  readonly meaning: Meaning;
  /** Somebody should look at it: the words alone did not say so. */
  readonly guessed: boolean;
};

/** What each line is, before it is put together. */
export type Labelling = {
  readonly lines: readonly LabelledLine[];
  readonly tables: ReadonlyMap<number, TableReading>;
};

/** The part of a text before a colon or a dash, and the rest; null where it has no such beginning. */
export function splitHead(text: string): readonly [head: string, rest: string] | null {
  const found = /^([^:–—]{2,70}?)\s*(?::|\s[–—-]\s)\s*(.*)$/su.exec(text);
  return found === null ? null : [(found[1] ?? '').trim(), (found[2] ?? '').trim()];
}

export function hasWayToReach(text: string): boolean {
  return phonesIn(text).length > 0 || emailsIn(text).length > 0;
}

/** Numbers of seven digits and more; two beside each other are two. */
export function phonesIn(text: string): readonly string[] {
  return text
    .split(/[\n;|]|\s\/\s|,(?=\s*[+(\d])/)
    .flatMap((part) => part.match(/\+?\(?\d[\d ()./-]{5,}\d/g) ?? [])
    .map((each) => each.trim())
    .filter((each) => each.replace(/\D/g, '').length > 6 && !/^\d{4}-\d\d-\d\d$/.test(each));
}

/** A number of an emergency service or of an extension, `112`, `4021`, that stands alone or last; null where none does. */
export function shortPhoneIn(text: string): string | null {
  return /(?:^|[:\s])(\d{2,6})$/.exec(text.trim())?.[1] ?? null;
}

export function emailsIn(text: string): readonly string[] {
  return text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? [];
}

/** `The Municipal Manager activates the plan, approves …`: a role and what it does; null for another sentence. */
export function roleInSentence(text: string): { readonly title: string; readonly duties: string } | null {
  const found = /^(?:The|An?) ((?:\p{Lu}[\p{L}&-]+ (?:(?:of|in|for|and|on) (?=\p{Lu}))?){1,6})(\p{Ll}+s\b.+)$/su.exec(
    text,
  );
  return found === null ? null : { title: (found[1] ?? '').trim(), duties: (found[2] ?? '').replace(/\.$/, '') };
}
