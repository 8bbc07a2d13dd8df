import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { labelLines } from '../../../src/domain/import/label-lines.ts';
import { linesOfHtml } from '../../../src/features/plan-import/html-lines.ts';
import { harmlessArchive } from '../../../src/features/plan-import/open-archive.ts';
import { mostBytes } from '../../../src/features/plan-import/import-messages.ts';
import { readDocument } from '../../../src/features/plan-import/read-document.ts';

const archiveFault = (bytes: Uint8Array) => {
  const found = harmlessArchive(bytes);
  return found.ok ? null : found.error;
};
const text = (words: string) => new TextEncoder().encode(words);
const file = (name: string, bytes: Uint8Array) => readDocument({ from: 'file', name, bytes });

it('[IMPORT-10] unpacks no more than 64 MiB of an archive, whatever it says of itself', async () => {
  const bomb = zipSync({ 'word/document.xml': new Uint8Array(70 * 1024 * 1024) });
  expect(bomb.length).toBeLessThan(1024 * 1024);
  expect(archiveFault(bomb)).toBe('too-large');
  expect(await file('bomb.docx', bomb)).toEqual({ ok: false, error: 'too-large' });
  const many = zipSync(
    Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`${String(at)}.xml`, text('<a/>')])),
  );
  expect(archiveFault(many)).toBe('too-large');
  // it claims to be small and is not
  const lying = zipSync({ 'word/document.xml': new Uint8Array(70 * 1024 * 1024) });
  const view = new DataView(lying.buffer, lying.byteOffset);
  const directory =
    Array.from(lying.keys()).findLast((at) => at + 4 < lying.length && view.getUint32(at, true) === 0x02014b50) ?? 0;
  view.setUint32(directory + 24, 10, true);
  expect(archiveFault(lying)).toBe('too-large');
});

it('[IMPORT-11] refuses entities and nesting without end', async () => {
  const entities = zipSync({ 'word/document.xml': text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') });
  expect(await file('entities.docx', entities)).toEqual({ ok: false, error: 'not-plain' });
  const deep = zipSync({ 'xl/worksheets/sheet1.xml': text('<a>'.repeat(5000) + '</a>'.repeat(5000)) });
  expect(await file('deep.xlsx', deep)).toEqual({ ok: false, error: 'not-plain' });
  expect(() => linesOfHtml('<div>'.repeat(5000))).toThrow();
  expect(await readDocument({ from: 'html', html: '<ul><li>'.repeat(5000) })).toEqual({
    ok: false,
    error: 'not-plain',
  });
});

it('[IMPORT-12] says what it can not read', async () => {
  expect(await file('plan.docx', text('PK and no more'))).toEqual({ ok: false, error: 'damaged' });
  expect(await file('plan.docx', text('words'))).toEqual({ ok: false, error: 'damaged' });
  expect(await file('plan.xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]))).toEqual({ ok: false, error: 'old-form' });
  expect(await file('plan.pdf', text('%PDF-1.7'))).toEqual({ ok: false, error: 'unknown-form' });
  expect(await file('plan.zip', zipSync({ a: text('b') }))).toEqual({ ok: false, error: 'unknown-form' });
  expect(await file('plan.txt', new Uint8Array([0xff, 0xfe, 0x41]))).toEqual({ ok: false, error: 'not-text' });
  expect(await file('plan.txt', text(' \n\n'))).toEqual({ ok: false, error: 'empty' });
  expect(await file('plan.json', text('{ "format": "holdfast-plan/1" }'))).toEqual({ ok: false, error: 'plan-file' });
  expect(await file('plan.txt', new Uint8Array(mostBytes + 1))).toEqual({ ok: false, error: 'too-large' });
  expect(await readDocument({ from: 'text', text: 'A line.\n\n'.repeat(20_001) })).toEqual({
    ok: false,
    error: 'too-long',
  });
});

it('[IMPORT-13] reads a page without its scripts, and no address of a table beyond what it has', () => {
  const lines = linesOfHtml(
    '<script>alert(1)</script><h2>Roles</h2><table><tr><td colspan="9999">A</td></tr></table><p onclick="x()">Text</p>',
  );
  expect(lines.map(({ form, text: words, cells }) => [form, words, cells.length])).toEqual([
    ['heading', 'Roles', 0],
    ['row', '', 100],
    ['paragraph', 'Text', 0],
  ]);
});

it('[IMPORT-14] gives a reader nothing that was not looked at: another directory in the archive is gone', () => {
  const inner = zipSync({ 'word/document.xml': text('<a>hidden</a>') });
  const outer = zipSync({ 'word/document.xml': text('<a>seen</a>') });
  const both = new Uint8Array(inner.length + outer.length);
  both.set(inner);
  both.set(outer, inner.length);
  // by its own offsets the directory at the end leads into the archive before it
  const found = harmlessArchive(both);
  const kept = found.ok ? new TextDecoder().decode(found.value) : '';
  expect(kept.includes('hidden') && kept.includes('seen')).toBe(false);
});

it('[IMPORT-15] refuses cells beyond every sheet and tables that multiply', async () => {
  const far = zipSync({
    'xl/worksheets/sheet1.xml': text('<sheetData><row r="1"><c r="A1"/><c r="XFD1048576"/></row></sheetData>'),
  });
  expect(archiveFault(far)).toBe('too-large');
  const rows = zipSync({ 'xl/worksheets/sheet1.xml': text('<sheetData><row r="900000000"/></sheetData>') });
  expect(archiveFault(rows)).toBe('too-large');
  const table = `<table><tr>${'<td colspan="100" rowspan="100">x</td>'.repeat(100)}</tr></table>`;
  expect(await readDocument({ from: 'html', html: table })).toEqual({ ok: false, error: 'not-plain' });
});

it('[IMPORT-16] takes no longer over hostile lines than over others', async () => {
  const names = `The ${'A'.repeat(4000)}!`;
  const read = await readDocument({ from: 'text', text: `# Roles\n\n## Team\n\n${names}\n\n${'(1'.repeat(2000)}\n` });
  expect(read.ok).toBe(true);
  if (read.ok) expect(labelLines(read.value).lines.length).toBeGreaterThan(2);
  expect(await readDocument({ from: 'text', text: 'A'.repeat(6000) })).toEqual({ ok: false, error: 'too-long' });
});
