import { Parser } from 'htmlparser2';
import type { LineForm, SourceLine } from '../../domain/import/source.ts';

/** Deeper than anybody writes; a document that is nested deeper is made to do harm. */
const deepest = 500;
const mostCells = 1000;
const mostLines = 20_000;

export class TooDeep extends Error {}

/** The lines of a page: what Word gives, what a wiki exports, what was pasted. Throws TooDeep. */
export function linesOfHtml(html: string): readonly SourceLine[] {
  const page = new Page();
  const parser = new Parser(
    {
      onopentag: (name, { colspan, rowspan }) => page.open(name, spanOf(colspan), spanOf(rowspan)),
      ontext: (text) => page.say(text),
      onclosetag: (name) => page.close(name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);
  return page.end();
}

function spanOf(written: string | undefined): number {
  return Math.min(Math.max(Number(written ?? '1') || 1, 1), 100);
}

const silent: ReadonlySet<string> = new Set([
  'script',
  'style',
  'head',
  'template',
  'svg',
  'nav',
  'footer',
  'noscript',
]);
const breaks: ReadonlySet<string> = new Set([
  'p',
  'div',
  'section',
  'article',
  'blockquote',
  'pre',
  'dt',
  'dd',
  'ul',
  'ol',
  'table',
  'br',
  'hr',
  'tbody',
  'thead',
]);

class Page {
  private readonly lines: SourceLine[] = [];
  private text = '';
  private form: LineForm = 'paragraph';
  private level = 0;
  private muted = 0;
  private depth = 0;
  private readonly lists: string[] = [];
  private tables = 0;
  private readonly rows: { cells: string[]; cell: string | null; wide: number; high: number; table: number }[] = [];
  /** Of the table under way: how many rows more each column is covered from above. */
  private covered: number[] = [];

  open(name: string, wide: number, high: number): void {
    this.depth += 1;
    if (this.depth > deepest) throw new TooDeep();
    if (silent.has(name)) this.muted += 1;
    const row = this.rows.at(-1);
    if (name === 'table') {
      this.flush();
      this.tables += 1;
      this.covered = [];
    } else if (name === 'tr') {
      this.flush();
      this.rows.push({ cells: [], cell: null, wide: 1, high: 1, table: this.tables });
    } else if ((name === 'td' || name === 'th') && row !== undefined) {
      this.skipCovered(row.cells);
      Object.assign(row, { cell: '', wide, high });
    } else if (row?.cell != null) {
      if (name === 'li' || name === 'br' || name === 'p') row.cell = `${row.cell.trimEnd()}\n`;
    } else if (/^h[1-6]$/.test(name)) this.begin('heading', Number(name.slice(1)));
    else if (name === 'ul' || name === 'ol') {
      this.flush();
      this.lists.push(name);
    } else if (name === 'li') this.begin('item', Math.max(0, this.lists.length - 1));
    else if (breaks.has(name)) this.flush();
  }

  say(text: string): void {
    if (this.muted > 0) return;
    const row = this.rows.at(-1);
    if (row?.cell != null) row.cell += text.replace(/\s+/g, ' ');
    else this.text += text.replace(/\s+/g, ' ');
  }

  close(name: string): void {
    this.depth -= 1;
    if (silent.has(name)) this.muted -= 1;
    const row = this.rows.at(-1);
    if ((name === 'td' || name === 'th') && row?.cell != null) {
      for (let place = 0; place < row.wide; place += 1) {
        this.covered[row.cells.length] = row.high;
        row.cells.push(place === 0 ? row.cell.trim() : '');
        if (row.cells.length > mostCells) throw new TooDeep();
      }
      row.cell = null;
    } else if (name === 'tr' && row !== undefined) {
      this.rows.pop();
      this.skipCovered(row.cells);
      this.covered = this.covered.map((rows) => Math.max(0, rows - 1));
      if (row.cells.some((cell) => cell !== ''))
        this.add({ form: 'row', text: '', level: 0, label: null, cells: row.cells, table: row.table });
    } else if (row?.cell == null && (breaks.has(name) || /^(?:h[1-6]|li)$/.test(name))) {
      this.flush();
      if (name === 'ul' || name === 'ol') this.lists.pop();
    }
  }

  end(): readonly SourceLine[] {
    this.flush();
    return withLeadIns(this.lines);
  }

  /** A cell that reaches down from above takes its place in this row too. */
  private skipCovered(cells: string[]): void {
    while ((this.covered[cells.length] ?? 0) > 0) cells.push('');
  }

  private begin(form: LineForm, level: number): void {
    this.flush();
    this.form = form;
    this.level = level;
  }

  private flush(): void {
    const text = this.text.trim();
    this.text = '';
    const { form, level } = this;
    this.form = 'paragraph';
    this.level = 0;
    if (text !== '') this.add({ form, level, ...unlabelled(text), cells: [], table: 0 });
  }

  private add(line: Omit<SourceLine, 'number'>): void {
    // one more than is taken says that it is too long
    if (this.lines.length <= mostLines) this.lines.push({ number: this.lines.length + 1, ...line });
  }
}

/** `Technical:` right above a list heads it. */
function withLeadIns(lines: readonly SourceLine[]): readonly SourceLine[] {
  let last = 0;
  return lines.map((line, at) => {
    if (line.form === 'heading') last = line.level;
    const after = lines[at + 1]?.form;
    const leads =
      line.form === 'paragraph' &&
      line.text.endsWith(':') &&
      line.text.length <= 40 &&
      (after === 'item' || after === 'row');
    return leads ? { ...line, form: 'heading', level: last + 1 } : line;
  });
}

/** Numbers that were typed into a heading or a line, `3.1 Roles` or `Phase 2: Recover`, are no part of its words. */
function unlabelled(text: string): { readonly text: string; readonly label: string | null } {
  const found =
    /^(\d{1,2}(?:\.\d{1,2})+[.)]?|\d{1,2}[.)]|[A-Z][.)]|[IVX]{1,5}[.)])\s+(?=\p{L})/u.exec(text) ??
    /^(\p{L}{3,12} (?:\d{1,2}|[IVX]{1,4}|[A-H]))\s*[:.–—-]\s+/u.exec(text);
  return found === null
    ? { text, label: null }
    : { text: text.slice(found[0].length).trim(), label: (found[1] ?? '').replace(/[.)]$/, '') };
}
