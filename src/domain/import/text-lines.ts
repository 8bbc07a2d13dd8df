import type { LineForm, SourceLine } from './source.ts';

/**
 * Reads plain text, Markdown and what was pasted from elsewhere, a PDF for instance. Guarantees: every line that says something is a line of
 * the result, in order; one that was broken in mid-sentence is joined to the one before, which then carries its number.
 */
export function linesOfText(text: string): readonly SourceLine[] {
  const raw = withBareNumbers(text.replace(/\r\n?/g, '\n').split('\n').map(readRaw));
  const ruled = withoutRules(raw);
  // Markdown has no pages
  const { noise, rest } = ruled.some(({ hashes }) => hashes > 0) ? { noise: [], rest: ruled } : withoutNoise(ruled);
  const marked = joined(rest);
  const isMarkdown = marked.filter(({ hashes }) => hashes > 0).length > 1;
  const forms = marked.map((line, at) => formOf(line, marked[at - 1], marked[at + 1], isMarkdown));
  return [...withLevels(marked, forms), ...noise].sort((a, b) => a.number - b.number);
}

type RawLine = {
  readonly number: number;
  readonly indent: number;
  /** `#` signs, as many as there are. */
  readonly hashes: number;
  readonly bullet: boolean;
  /** Printed bold from end to end: a heading of somebody who did not make one. */
  readonly bold: boolean;
  readonly label: string | null;
  /** By which kind of numbering: lines of one kind stand on one level. */
  readonly style: string;
  readonly text: string;
  readonly cells: readonly string[];
  readonly blankBefore: boolean;
  /** `===` or `---` stands under it. */
  readonly underlined: boolean;
};

const bulletSign = /^[•●▪■◦○‣⁃∙·*+–—\u2022\uf0b7-]\s+/u;
const checkBox = /^\[[ xX]\]\s+/;
const numberings: readonly (readonly [style: string, form: RegExp])[] = [
  ['dotted', /^((?:\d{1,2}|[A-Z])(?:\.\d{1,2}){1,4})[.)]?\s+/],
  ['number', /^(\d{1,3})[.)]\s+/],
  ['roman', /^([IVX]{2,5})[.)]\s+/],
  ['letter', /^([A-Z])[.)]\s+/],
  ['small', /^([a-z])[.)]\s+/],
  ['word', /^(\p{L}{3,12} (?:\d{1,2}|[IVX]{1,4}|[A-H]))\s*[:.–—-]\s+/u],
];

function readRaw(line: string, place: number, all: readonly string[]): RawLine {
  const indent = /^[\t ]*/.exec(line)?.[0].replace(/\t/g, '    ').length ?? 0;
  let rest = line.replace(/\u00a0/g, ' ').trim();
  const hashes = /^(#{1,6})\s/.exec(rest)?.[1]?.length ?? 0;
  rest =
    hashes === 0
      ? rest
      : rest
          .slice(hashes)
          .replace(/#+\s*$/, '')
          .trim();
  const cells = cellsOf(line, rest);
  const bold = /^(\*\*|__)[^*_]+\1:?$/.test(rest);
  // a line that begins with a time is one of a list of times
  const bullet = !bold && (bulletSign.test(rest) || /^[TH] ?\+ ?\d/.test(rest));
  if (bulletSign.test(rest) && bullet) rest = rest.replace(bulletSign, '').replace(checkBox, '');
  const [style, label] = cells.length > 0 ? ['', null] : numberingOf(rest);
  if (label !== null && style !== 'word')
    rest = rest.replace(numberings.find(([name]) => name === style)?.[1] ?? '', '');
  // `3.1 Stage 1 - Verify` has two
  if (label !== null) rest = rest.replace(/^\p{L}{3,12} (?:\d{1,2}|[IVX]{1,4})\s*[:.–—-]\s+/u, '');
  return {
    number: place + 1,
    indent,
    hashes,
    bullet,
    bold,
    label,
    style:
      label === null
        ? ''
        : style === 'dotted'
          ? `dotted ${String(label.split('.').length)}`
          : style === 'word'
            ? `word ${label.split(' ')[0] ?? ''}`
            : style,
    text: plain(rest),
    cells,
    blankBefore: place === 0 || (all[place - 1] ?? '').trim() === '',
    underlined: /^(?:={3,}|-{3,})\s*$/.test((all[place + 1] ?? '').trim()) && rest !== '',
  };
}

function numberingOf(rest: string): readonly [style: string, label: string | null] {
  for (const [style, form] of numberings) {
    const label = form.exec(rest)?.[1];
    if (label !== undefined) return [style, label];
  }
  return ['', null];
}

/** `2 Emergency organisation`: a number alone is one of a heading if the headings before it have those before. */
function withBareNumbers(lines: readonly RawLine[]): readonly RawLine[] {
  const form = /^(\d{1,2})\s+(?=\p{Lu})/u;
  let last = 0;
  const numbered = lines.map((line): RawLine => {
    const number = Number(form.exec(line.text)?.[1] ?? -1);
    if (
      line.bullet ||
      line.label !== null ||
      line.hashes > 0 ||
      line.cells.length > 0 ||
      number !== last + 1 ||
      /[.;:]$|\.{4}/.test(line.text)
    )
      return line;
    last = number;
    return { ...line, style: 'bare', label: String(number), text: line.text.replace(form, '') };
  });
  return last > 2 ? numbered : lines;
}

/** Cells of a row drawn with bars, or of one pasted from a sheet. */
function cellsOf(line: string, rest: string): readonly string[] {
  if (/^\|.*\|$/.test(rest))
    return rest
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => plain(cell.trim()));
  const pasted = line.split('\t').map((cell) => cell.trim());
  return pasted.filter((cell) => cell !== '').length > 2 ? pasted : [];
}

/** Without the signs of Markdown's emphasis and links. */
function plain(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|`)(.+?)\1/g, '$2')
    .replace(/^\*([^*]+)\*$/, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Without lines that only draw, and the `|---|` under the head of a table. */
function withoutRules(raw: readonly RawLine[]): readonly RawLine[] {
  return raw.filter(
    ({ text, cells }) =>
      (text !== '' || cells.length > 0) &&
      !/^[=\-_*~\s]{3,}$/.test(text) &&
      !(cells.length > 0 && cells.every((cell) => /^:?-{2,}:?$/.test(cell))),
  );
}

/** What stands on every page: the same words, but for numbers, at least three times. A sentence that it cut in two goes on behind it. */
function withoutNoise(raw: readonly RawLine[]): {
  readonly noise: readonly SourceLine[];
  readonly rest: readonly RawLine[];
} {
  const many = new Map<string, number>();
  const nameOf = ({ text }: RawLine) => text.replace(/\d+/g, '#');
  const couldBe = ({ bullet, cells, text, hashes }: RawLine) =>
    !bullet && hashes === 0 && cells.length === 0 && text.length <= 120 && !/^[^:]{2,40}:\s/.test(text);
  for (const line of raw) if (couldBe(line)) many.set(nameOf(line), (many.get(nameOf(line)) ?? 0) + 1);
  const isNoise = (line: RawLine) =>
    couldBe(line) &&
    ((many.get(nameOf(line)) ?? 0) > 2 ||
      /^(?:page|seite|pagina|pag\.|p\.)\s*\d+(?:\s*(?:of|von|de|van|\/)\s*\d+)?$|^\d{1,3}$/i.test(line.text));
  const noise: SourceLine[] = [];
  const rest: RawLine[] = [];
  let behind = false;
  for (const line of raw) {
    if (isNoise(line))
      noise.push({ number: line.number, text: line.text, label: null, form: 'noise', level: 0, cells: [], table: 0 });
    else rest.push(behind && /^\p{Ll}/u.test(line.text) ? { ...line, blankBefore: false } : line);
    behind = isNoise(line);
  }
  return { noise, rest };
}

/** A line that begins in small letters goes on where the one before left off. */
function joined(raw: readonly RawLine[]): readonly RawLine[] {
  const lines: RawLine[] = [];
  for (const [at, line] of raw.entries()) {
    const before = lines.at(-1);
    const headsList = raw[at + 1]?.bullet === true && line.text.split(' ').length <= 5;
    const goesOn =
      before !== undefined &&
      !line.blankBefore &&
      !line.bullet &&
      line.label === null &&
      line.hashes === 0 &&
      line.cells.length === 0 &&
      before.cells.length === 0 &&
      before.hashes === 0 &&
      !/[.:;!?]$/.test(before.text) &&
      (/^[\p{Ll}([]/u.test(line.text) ||
        (before.text.length > 70 && line.indent >= before.indent && !headsList && !isListed(before.text)) ||
        isOpen(before.text));
    // a word that was cut at the end of a line
    const isCut = /\p{Ll}-$/u.test(before?.text ?? '') && /^\p{Ll}/u.test(line.text);
    if (goesOn && (before?.text.length ?? 0) < mostJoined)
      lines[lines.length - 1] = {
        ...before,
        text: isCut ? `${before.text.slice(0, -1)}${line.text}` : `${before.text} ${line.text}`,
      };
    else lines.push(line);
  }
  return lines;
}

/** A sentence that goes on for longer is none. */
const mostJoined = 4000;

/** A bracket was opened and not closed. */
function isOpen(text: string): boolean {
  return /[([][^()\]]*$/.test(text);
}

/** It ends where a list of numbers or addresses has its next entry. */
function isListed(text: string): boolean {
  return /\.{4}|@|\d{3}\s*\d{3}$/.test(text);
}

const mostOfHeading = 90;
const mostOfLeadIn = 40;

function formOf(line: RawLine, before: RawLine | undefined, after: RawLine | undefined, isMarkdown: boolean): LineForm {
  if (line.cells.length > 0) return 'row';
  if (line.hashes > 0 || line.underlined) return 'heading';
  if (line.bullet) return 'item';
  const isShort = line.text.length <= mostOfHeading && !/[.;,!?]$/.test(line.text);
  if ((line.bold && isShort) || isLeadIn(line, after)) return 'heading';
  if (isMarkdown) return line.label === null || line.style.startsWith('word') ? 'paragraph' : 'item';
  if (line.label !== null) {
    const goesOn = (other: RawLine | undefined) =>
      other !== undefined && isOfOneList(other, line) && other.indent === line.indent;
    const inList = (goesOn(after) && after?.blankBefore === false) || (goesOn(before) && !line.blankBefore);
    return isShort && line.indent === 0 && !inList ? 'heading' : 'item';
  }
  if (!isShort || line.indent > 3 || !/^[\p{Lu}\p{N}]/u.test(line.text)) return 'paragraph';
  if (isCapitals(line.text)) return 'heading';
  if (line.text.endsWith(':')) return 'paragraph';
  const leads =
    after !== undefined && (after.bullet || after.label !== null || after.cells.length > 0 || after.blankBefore);
  const words = line.text.split(' ').length;
  const betweenLists =
    !line.blankBefore &&
    after?.bullet === true &&
    (before === undefined || before.bullet || before.label !== null) &&
    words <= 5;
  return betweenLists || (line.blankBefore && leads && words <= 10) ? 'heading' : 'paragraph';
}

/** `Technical:` right above a list. */
function isLeadIn({ text, label, indent }: RawLine, after: RawLine | undefined): boolean {
  if (!text.endsWith(':') || text.length > mostOfLeadIn || label !== null || indent > 3) return false;
  return after !== undefined && (after.bullet || after.label !== null || after.cells.length > 0);
}

/** Numbered in one way; `1.1` and `1.1.2` are. */
function isOfOneList(one: RawLine, other: RawLine): boolean {
  return one.style === other.style || (one.style.startsWith('dotted') && other.style.startsWith('dotted'));
}

function isCapitals(text: string): boolean {
  return /\p{Lu}{3}/u.test(text) && !/\p{Ll}/u.test(text);
}

/** Headings by the kinds of their numbering, in the order in which the kinds appear; items by how far they stand in. */
function withLevels(raw: readonly RawLine[], forms: readonly LineForm[]): readonly SourceLine[] {
  const isNumbered = raw.filter((line, at) => forms[at] === 'heading' && line.style !== '').length > 1;
  const headings = new HeadingLevels(isNumbered);
  let indents: number[] = [];
  let table = 0;
  return raw.map((line, at) => {
    const form = forms[at] ?? 'paragraph';
    if (form !== 'item') indents = [];
    if (form === 'row' && forms[at - 1] !== 'row') table += 1;
    const level = form === 'heading' ? headings.of(line) : form === 'item' ? itemLevel(line, indents) : 0;
    return {
      ...{ number: line.number, text: line.text, label: line.label, form, level },
      ...{ cells: line.cells, table: form === 'row' ? table : 0 },
    };
  });
}

/** More kinds of numbering than anybody uses. */
const deepestHeading = 12;

class HeadingLevels {
  private readonly isNumbered: boolean;
  private readonly styles: string[] = [];
  /** Of the last heading that is one by more than being bold or ending in a colon. */
  private last = 0;

  constructor(isNumbered: boolean) {
    this.isNumbered = isNumbered;
  }

  of({ hashes, style, text, bold }: RawLine): number {
    if (hashes > 0) return (this.last = hashes);
    const capitals = isCapitals(text);
    if (style === '' && (bold || text.endsWith(':'))) return this.last + 1;
    // a title and what stands beside it: only numbers say what is above what
    if (this.isNumbered && this.styles.length === 0 && style === '' && !capitals) return 1;
    const name = style !== '' ? style : capitals ? 'capitals' : 'plain';
    const known = this.styles.indexOf(name);
    if (known >= 0) this.styles.length = known + 1;
    else if (this.styles.length < deepestHeading) this.styles.push(name);
    return (this.last = this.styles.length);
  }
}

function itemLevel({ indent, style }: RawLine, indents: number[]): number {
  const dots = /^dotted (\d)$/.exec(style)?.[1];
  const own = dots === undefined ? indent : indent + Number(dots) - 1;
  while (indents.length > 0 && (indents.at(-1) ?? 0) > own) indents.pop();
  if (indents.at(-1) !== own) indents.push(own);
  return indents.length - 1;
}
