import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import { axeFaults } from './support/axe-faults.ts';
import { installed, joinByLink } from './support/phone.ts';
import { expect, test } from './support/test.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

const documents = fileURLToPath(new URL('../fixtures/documents/', import.meta.url));
const pasted = () => readFile(`${documents}recovery-tasks.txt`, 'utf8');

test('[IMPORT-20] without a network a pasted document becomes the plan of a workspace that has none', async ({
  server,
  phone,
}) => {
  const page = await phone();
  await joinByLink(page, server.setUpLink(), 'Ana');
  await installed(page);
  await page.goto(`${server.origin}/plan`);
  await page.getByRole('link', { name: 'From a document you have' }).click();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Read it' }).click();
  await expect(page.getByText('Paste the text of the document first')).toBeVisible();
  await page.getByLabel('Or paste its text').fill(await pasted());
  await page.getByRole('button', { name: 'Read it' }).click();
  await expect(page.getByText(/of \d+ lines used/)).toBeVisible();
  await expect(page.getByText('Role groups 6')).toBeVisible();
  await expect(page.getByText('Phases 5')).toBeVisible();
  await expect(page.getByText(/^Tasks 12/)).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);

  // a line that was passed over becomes part of the plan by a press
  await page.getByText(/^Roles 11/).click();
  await page.getByRole('button', { name: /^Line 47: Security Officer/ }).click();
  await page.getByRole('button', { name: 'Not used' }).first().click();
  await page.getByRole('button', { name: /^1 Introduction to the Action Plan/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('It is').selectOption('Objective');
  expect(await axeFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Read it so' }).click();
  await page.getByRole('button', { name: 'Understood' }).click();
  await expect(page.getByText('Objectives 2')).toBeVisible();

  await page.getByRole('button', { name: 'Make it the plan' }).click();
  await expect(page.getByText('Plan published as version 1').first()).toBeVisible();
  await expect(page.getByRole('link', { name: /^Phase 5: Post-Recovery Analysis/ })).toBeVisible();
  await page.context().setOffline(false);
});

test('[IMPORT-21] a Word file is laid over the draft, changes nothing before, and is taken back with one press', async ({
  server,
  phone,
}) => {
  const workspace = await fillWorkspace(server, await seedPlan());
  const page = await phone();
  await joinByLink(page, (await workspace.coordinator.invite('Ana', 'coordinator')).url);
  await page.getByRole('link', { name: 'Open Now' }).click();
  await page.goto(`${server.origin}/draft`);
  await page.getByRole('link', { name: /^From a document/ }).click();
  await page.getByLabel('Open a document').setInputFiles(`${documents}hospital-incident-command.docx`);
  await expect(page.getByText(/^Roles 9/)).toBeVisible();
  await expect(page.getByText(/^Contacts 6/)).toBeVisible();
  await page.getByRole('button', { name: 'Put it into the draft' }).click();
  await expect(page.getByText(/parts of the document are in the draft now/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The draft says what version 1 says.').last()).toBeVisible();
  await page.goto(`${server.origin}/draft`);
  await expect(page.getByText('The draft says what version 1 says.').first()).toBeVisible();
});

test('[IMPORT-23] sheets are read too, a long one as well', async ({ server, phone }) => {
  const page = await phone();
  await joinByLink(page, server.setUpLink(), 'Ana');
  await page.goto(`${server.origin}/import`);
  await page.getByLabel('Open a document').setInputFiles(`${documents}data-centre-outage.xlsx`);
  await expect(page.getByText(/^Roles 7/)).toBeVisible();
  await expect(page.getByText(/^Tasks 19/)).toBeVisible();
  await page.getByRole('button', { name: 'Read another document' }).click();
  const row = (at: number) =>
    `<row r="${String(at)}"><c r="A${String(at)}" t="inlineStr"><is><t>Contact ${String(at)}</t></is></c><c r="B${String(at)}" t="inlineStr"><is><t>+27 31 000 ${String(1000 + at)}</t></is></c></row>`;
  const sheet = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${Array.from({ length: 6000 }, (_, at) => row(at + 1)).join('')}</sheetData></worksheet>`;
  const book = workbook(sheet);
  await page.getByLabel('Open a document').setInputFiles({ name: 'long.xlsx', mimeType: '', buffer: book });
  await expect(page.getByText(/^Contacts 6,000/)).toBeVisible();
});

/** One sheet, over the half megabyte from which readers like to unpack in a worker of their own. */
function workbook(sheet: string): Buffer {
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const files = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relationships}"><sheets><sheet name="Phones" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
}

test('[IMPORT-22] files that are no documents are refused in words', async ({ server, phone }) => {
  const page = await phone();
  await joinByLink(page, server.setUpLink(), 'Ana');
  await page.goto(`${server.origin}/import`);
  const open = (name: string, bytes: Buffer) =>
    page.getByLabel('Open a document').setInputFiles({ name, mimeType: '', buffer: bytes });
  await open('plan.docx', Buffer.from('no archive'));
  await expect(page.getByText('This file can’t be opened.')).toBeVisible();
  await open('plan.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
  await expect(page.getByText('This is a file of an old Word or Excel.')).toBeVisible();
  await open('plan.pdf', Buffer.from('%PDF-1.7'));
  await expect(page.getByText('This kind of file can’t be read.')).toBeVisible();
  await open('plan.txt', Buffer.from([0xff, 0xfe, 0x41]));
  await expect(page.getByText('This is not text in UTF-8.')).toBeVisible();
  await open('plan.txt', Buffer.from('  \n'));
  await expect(page.getByText('There is nothing to read in it.')).toBeVisible();
});
