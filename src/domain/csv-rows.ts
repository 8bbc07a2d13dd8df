/**
 * Rows of cells out of separated values (RFC 4180): a cell may stand in quotes, within which two are one, and separators and line
 * breaks count as text. Forgiving where people and spreadsheets are not exact: lines end by LF, CR or both, blanks may stand before a
 * quote, and a quote that is never closed takes the rest. Every cell is trimmed; rows of nothing are left out.
 */
export function parseCsv(text: string, delimiter: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((each) => each !== '')) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted && character === '"' && text.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"' && (quoted || cell.trim() === '')) quoted = !quoted;
    else if (quoted) cell += character;
    else if (character === delimiter) endCell();
    else if (character === '\n' || character === '\r') endRow();
    else cell += character;
  }
  endRow();
  return rows;
}

/** The one that the first line has outside of quotes; a bare list of names has none. */
export function delimiterOf(text: string): string {
  const [first = ''] = text
    .replace(/"[^"]*"/g, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  return ['\t', ';', ','].find((each) => first.includes(each)) ?? ',';
}
