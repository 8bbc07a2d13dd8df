import { accessLevels } from '../../domain/access/access.ts';
import { accessWords } from '../../parts/access-words.ts';
import { delimiterOf, parseCsv } from '../../domain/csv-rows.ts';

/** One person of a list as it was written, not yet checked. */
export type ListedPerson = {
  readonly name: string;
  /** An access level; what is none stays as it was written. Null where nothing was. */
  readonly access: string | null;
  /** Titles or ids. */
  readonly roles: readonly string[];
};

export type InviteList =
  | { readonly tag: 'list'; readonly people: readonly ListedPerson[] }
  | { readonly tag: 'empty' }
  | { readonly tag: 'too-long' };

/** More people than a plan of the largest size has contacts. */
export const mostPeople = 250;
/** Of text: no list of so many people is longer. */
export const mostCharacters = 200_000;

const headings = {
  name: ['name', 'person', 'full name'],
  access: ['access', 'level', 'access level'],
  roles: ['role', 'roles'],
} as const;
type Column = keyof typeof headings;

/**
 * Reads what was pasted or came in a CSV file: name, access, roles, separated by commas, semicolons or tabs, quoted or not, with or
 * without a first line of headings, which may then stand in any order. Every cell after the access is a role; a cell may hold several,
 * separated by `;`, `|` or `,`.
 */
export function readInviteList(text: string): InviteList {
  if (text.length > mostCharacters) return { tag: 'too-long' };
  const rows = parseCsv(text.replace(/^\uFEFF/, ''), delimiterOf(text));
  const columns = columnsOf(rows[0] ?? []);
  const people = (columns === null ? rows : rows.slice(1)).map((row) => personOf(row, columns));
  if (people.length === 0) return { tag: 'empty' };
  return people.length > mostPeople ? { tag: 'too-long' } : { tag: 'list', people };
}

type Columns = Readonly<Partial<Record<Column, number>>>;

/** Where each column stands by the headings; null where the first line is a person. */
function columnsOf(first: readonly string[]): Columns | null {
  const found: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(headings) as Column[]) {
    const at = first.findIndex((cell) => (headings[column] as readonly string[]).includes(cell.toLowerCase()));
    if (at !== -1) found[column] = at;
  }
  return found.name === undefined ? null : found;
}

function personOf(row: readonly string[], columns: Columns | null): ListedPerson {
  const at = (place: number | undefined) => (place === undefined ? '' : (row[place] ?? ''));
  const roles = columns === null ? row.slice(2) : [at(columns.roles)];
  return {
    name: at(columns === null ? 0 : columns.name),
    access: accessOf(at(columns === null ? 1 : columns.access)),
    roles: roles.filter((cell) => cell !== ''),
  };
}

function accessOf(cell: string): string | null {
  if (cell === '') return null;
  const written = cell.toLowerCase();
  return accessLevels.find((level) => level === written || accessWords[level].label.toLowerCase() === written) ?? cell;
}
