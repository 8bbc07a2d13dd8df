import type { Page } from '@playwright/test';
import { decodeQR } from 'qr/decode.js';
import { threeWords } from '../../src/domain/plan/three-words.ts';
import { planOf } from '../../src/domain/plan/plan.ts';
import { pdfPages, withoutSpace, type PdfPage } from './support/pdf-pages.ts';
import { startAlone } from './support/phone.ts';
import { readySheets } from './support/ready-sheets.ts';
import { expect, test } from './support/test.ts';
import { seedPlan } from './support/workspace.ts';

// Fifteen cards twice over, and a reader of PDFs: three times the usual time on a busy machine.
test.slow();

const papers = [
  { name: 'A4', width: 595, height: 842 },
  { name: 'Letter', width: 612, height: 792 },
] as const;

for (const paper of papers) {
  test(`[PRINT-1] all role cards print offline on ${paper.name}, page by page as the screen shows them`, async ({
    page,
    server,
  }) => {
    await startAlone(page, server.origin, 'Ana');
    await server.kill();
    await page.goto(`${server.origin}/print`);
    await page.getByRole('radio', { name: /^All \d+ roles/ }).check();
    await page.getByRole('radio', { name: paper.name }).check();
    const sheets = await readySheets(page);
    const pages = await pdfPages(await page.pdf({ preferCSSPageSize: true }));

    expect(pages).toHaveLength(sheets.length);
    // 15 cards for people to carry: in the widest usual letters, with the band of an exercise
    expect(sheets.length).toBeLessThanOrEqual(96);
    const { hash, items } = await seedPlan();
    const words = threeWords(hash).join('-');
    for (const [place, printed] of pages.entries()) {
      const sheet = sheets[place] ?? '';
      expect([printed.width, printed.height], sheet).toEqual([paper.width, paper.height]);
      expect(printed.text, sheet).toContain(withoutSpace(sheet.replace(', page', ' · page')));
      for (const each of [
        'EXERCISE · not a real incident',
        'Server room exercise',
        'Code',
        'T0',
        'As of',
        'SAST',
        words,
      ])
        expect(printed.text, sheet).toContain(withoutSpace(each));
    }
    expectEveryTaskWhole(pages, sheets, items);
  });
}

test('[PRINT-2] the QR code of a card opens its role, of this plan version', async ({ page, server }) => {
  await startAlone(page, server.origin, 'Ana');
  await page.goto(`${server.origin}/print`);
  await page.getByRole('radio', { name: /^All \d+ roles/ }).check();
  await readySheets(page);
  const address = decodeQR(await drawnCode(page, 'IT Specialists'));
  const { hash } = await seedPlan();
  expect(address).toBe(`${server.origin}/r/${hash.slice(0, 8)}/it-specialists`);
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1, name: 'IT Specialists' })).toBeVisible();
  await expect(page.getByText('The card is of the version held here.')).toBeVisible();
});

test('[PRINT-3] every other sheet prints with as many pages as the screen says, and nothing of the app around it', async ({
  page,
  server,
}) => {
  await startAlone(page, server.origin, 'Ana');
  await page.goto(`${server.origin}/print`);
  for (const kind of ['Role cards', 'Contact sheet', 'Communications sheet', 'Timeline', 'Blank log sheets'])
    await page.getByRole('checkbox', { name: kind }).setChecked(kind !== 'Role cards');
  const sheets = await readySheets(page);
  const pages = await pdfPages(await page.pdf({ preferCSSPageSize: true }));
  expect(pages).toHaveLength(sheets.length);
  const titles = new Set(sheets.map((each) => each.replace(/, page .*/, '')));
  expect([...titles]).toEqual(['Contact sheet', 'Communications sheet', 'Timeline', 'Activity log']);
  for (const { text } of pages) {
    expect(text).toContain('EXERCISE');
    for (const word of ['Checklist', 'Whattoprint', 'Savedonthis']) expect(text).not.toContain(word);
  }
});

/** Each task stands on its owner's card, from its title to its completion test on one page. */
function expectEveryTaskWhole(
  pages: readonly PdfPage[],
  sheets: readonly string[],
  items: Parameters<typeof planOf>[0],
): void {
  const plan = planOf(items);
  for (const task of plan.tasks) {
    const card = plan.roleById.get(task.owner)?.title ?? '';
    const own = pages.filter((_, place) => sheets[place]?.startsWith(`${card}, page `));
    const whole = own.filter(({ text }) =>
      [task.id, task.title, ...task.steps, task.completionTest].every((each) => text.includes(withoutSpace(each))),
    );
    expect(whole, `${task.id} on the card of ${card}`).toHaveLength(1);
  }
}

/** What a camera sees of the code on a card. */
async function drawnCode(page: Page, card: string) {
  const code = page.getByRole('article', { name: `${card}, page 1 ` }).getByRole('img', { name: /^QR code/ });
  const { data, ...size } = await code.evaluate(async (svg) => {
    const side = 400;
    const image = new Image(side, side);
    const copy = svg.cloneNode(true) as SVGElement;
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.setAttribute('width', `${side}`);
    copy.setAttribute('height', `${side}`);
    image.src = URL.createObjectURL(new Blob([copy.outerHTML], { type: 'image/svg+xml' }));
    await image.decode();
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const drawn = context?.getImageData(0, 0, side, side);
    return { width: side, height: side, data: [...(drawn?.data ?? [])] };
  });
  return { ...size, data: Uint8Array.from(data) };
}
