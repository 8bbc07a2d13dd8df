/**
 * One line of a table for spreadsheets (RFC 4180), with its CR LF. A cell that a spreadsheet would run as a formula begins with an
 * apostrophe (reliability.md, Who must not get in, 16).
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const safe = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
