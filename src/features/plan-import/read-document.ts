import { delimiterOf, parseCsv } from '../../domain/csv-rows.ts';
import { decodeUtf8 } from '../../domain/plan/decode-utf8.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SourceLine } from '../../domain/import/source.ts';
import { isHeadRow } from '../../domain/import/table-reading.ts';
import { linesOfText } from '../../domain/import/text-lines.ts';
import { linesOfHtml, TooDeep } from './html-lines.ts';
import { mostBytes } from './import-messages.ts';
import { harmlessArchive } from './open-archive.ts';

/** What a person gives the importer: a file, or what they pasted. */
export type GivenDocument =
  | { readonly from: 'file'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly from: 'text'; readonly text: string }
  | { readonly from: 'html'; readonly html: string };

export type DocumentFault =
  'too-large' | 'too-long' | 'empty' | 'damaged' | 'not-plain' | 'not-text' | 'unknown-form' | 'old-form' | 'plan-file';

const mostLines = 20_000;

/** Reads a document into its lines, whole or not at all. */
export async function readDocument(given: GivenDocument): Promise<Result<readonly SourceLine[], DocumentFault>> {
  try {
    const read = await linesOf(given);
    if (!read.ok) return read;
    if (read.value.length > mostLines || read.value.some(isTooLong)) return err('too-long');
    return read.value.length === 0 ? err('empty') : read;
  } catch (reason) {
    return err(reason instanceof TooDeep ? 'not-plain' : 'damaged');
  }
}

/** Nobody reads a paragraph of so many characters, and the rules that look at it take longer than it is long. */
const mostCharacters = 5000;

function isTooLong({ text, cells }: SourceLine): boolean {
  return text.length > mostCharacters || cells.some((cell) => cell.length > mostCharacters);
}

async function linesOf(given: GivenDocument): Promise<Result<readonly SourceLine[], DocumentFault>> {
  if (given.from === 'text') return given.text.length > mostBytes ? err('too-large') : ok(linesOfText(given.text));
  if (given.from === 'html') return given.html.length > mostBytes ? err('too-large') : ok(linesOfHtml(given.html));
  const { name, bytes } = given;
  if (bytes.length > mostBytes) return err('too-large');
  const form = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return await linesOfArchive(form, bytes);
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return err('old-form');
  if (form === 'docx' || form === 'xlsx') return err('damaged');
  if (form === 'pdf' || (bytes[0] === 0x25 && bytes[1] === 0x50)) return err('unknown-form');
  const text = decodeUtf8(bytes)?.replace(/^\uFEFF/, '') ?? null;
  if (text === null) return err('not-text');
  if (/"format"\s*:\s*"holdfast-plan\//.test(text.slice(0, 2000))) return err('plan-file');
  if (form === 'csv' || form === 'tsv') return ok(rowsAsLines(parseCsv(text, delimiterOf(text)), 1, 0));
  if (/^html?$/.test(form) || /^\s*(?:<!doctype html|<html)/i.test(text)) return ok(linesOfHtml(text));
  return ok(linesOfText(text));
}

async function linesOfArchive(form: string, bytes: Uint8Array): Promise<Result<readonly SourceLine[], DocumentFault>> {
  const archive = harmlessArchive(bytes);
  if (!archive.ok) return archive;
  const content = archive.value.slice();
  if (form === 'docx') {
    // @ts-expect-error -- the build for browsers needs nothing of Node, and has no types of its own
    const { default: mammoth } = (await import('mammoth/mammoth.browser.js')) as { default: typeof import('mammoth') };
    const { value } = await mammoth.convertToHtml(
      { arrayBuffer: content.buffer },
      {
        convertImage: noImages(mammoth),
      },
    );
    return ok(linesOfHtml(value));
  }
  if (form === 'xlsx') {
    const { default: readSheets } = await import('read-excel-file/web-worker');
    const sheets = await readSheets(new Blob([content]));
    return ok(linesOfSheets(sheets as readonly Sheet[]));
  }
  return err('unknown-form');
}

/** Pictures are not looked at; turning them into text would only take room. */
function noImages({ images }: typeof import('mammoth')) {
  return images.imgElement(() => Promise.resolve({ src: '' }));
}

type Cell = string | number | boolean | Date | null;
type Sheet = { readonly sheet: string; readonly data: readonly (readonly Cell[])[] };

function linesOfSheets(sheets: readonly Sheet[]): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  for (const [place, { sheet, data }] of sheets.entries()) {
    const rows = data.map((row) => row.map(cellText));
    if (!rows.some((row) => row.some((cell) => cell !== ''))) continue;
    lines.push({ number: lines.length + 1, text: sheet, label: null, form: 'heading', level: 1, cells: [], table: 0 });
    for (const line of rowsAsLines(rows, place + 1, lines.length)) lines.push(line);
    if (lines.length > mostLines) break;
  }
  return lines;
}

/** A sheet keeps a length of time as one after the last day of 1899. */
const firstDay = Date.UTC(1899, 11, 30);
const firstDate = Date.UTC(1902, 0, 1);

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date)
    return cell.getTime() < firstDate
      ? `T+${String(Math.round((cell.getTime() - firstDay) / 60_000))} min`
      : cell.toISOString().slice(0, 10);
  return String(cell).trim();
}

/** One sheet may hold several tables, one below the other, each with a title of its own above the names of its columns. */
function rowsAsLines(rows: readonly (readonly string[])[], table: number, before: number): readonly SourceLine[] {
  const filled = rows.map((cells) => cells.map((cell) => cell.trim()));
  const isBlank = (at: number) => (filled[at] ?? []).every((cell) => cell === '');
  const only = (at: number) => (filled[at] ?? []).filter((cell) => cell !== '').length === 1;
  const isTitle = (at: number) =>
    only(at) && (isHeadRow(filled[at + 1] ?? []) || (isBlank(at - 1) && isHeadRow(filled[at + 2] ?? [])));
  const lines: SourceLine[] = [];
  let part = 0;
  for (const [at, cells] of filled.entries()) {
    if (isBlank(at)) continue;
    const number = before + lines.length + 1;
    const title = isTitle(at) && at > 0;
    if (title) part += 1;
    const text = title ? (cells.find((cell) => cell !== '') ?? '') : '';
    lines.push(
      title
        ? { number, text, label: null, form: 'heading', level: 2, cells: [], table: 0 }
        : { number, text, label: null, form: 'row', level: 0, cells, table: table * 1000 + part },
    );
  }
  return lines;
}
