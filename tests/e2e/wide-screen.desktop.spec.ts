import type { Locator, Page } from '@playwright/test';
import { axeFaults } from './support/axe-faults.ts';
import { pdfPages } from './support/pdf-pages.ts';
import { findRow, goTo, installed, startAlone, tick } from './support/phone.ts';
import { readySheets } from './support/ready-sheets.ts';
import { expect, test } from './support/test.ts';

/** Where most of the work on a wide screen is done. */
const mainScreens = ['/now', '/checklist/IT-01', '/timeline', '/log', '/communications', '/plan', '/people', '/print'];

test('[WIDE-1] on a wide screen two panes stand side by side, and a task is ticked and cards are printed without a server', async ({
  page,
  server,
}) => {
  await startAlone(page, server.origin, 'Ana');
  await installed(page);
  await server.kill();

  await page.goto(`${server.origin}/now`);
  const next = page.getByRole('heading', { level: 1 });
  await sideBySide(next, page.getByText('Milestones').first());

  await goTo(page, 'Checklist');
  await expect(page.getByText('Press a task to see its steps', { exact: false })).toBeVisible();
  await (await findRow(page, 'CMD-01')).getByRole('link').click();
  const task = page.getByRole('region', { name: 'Task' });
  const list = page.getByRole('list', { name: 'Tasks' });
  await sideBySide(list, task.getByRole('heading').first());
  await tick(page, 'CMD-01');
  await expect(await findRow(page, 'CMD-01')).toContainText(/done \d\d:\d\d/);
  await expect(task).toContainText('Done');

  await page.reload();
  await expect(await findRow(page, 'CMD-01')).toContainText(/done \d\d:\d\d/);
  await sideBySide(list, task.getByRole('heading').first());

  await page.goto(`${server.origin}/print`);
  const sheets = await readySheets(page);
  const printed = await pdfPages(await page.pdf({ preferCSSPageSize: true }));
  expect(printed).toHaveLength(sheets.length);
});

test('[WIDE-2] before this device belongs to anything, the mark stands on the line of what is under it', async ({
  page,
  server,
}) => {
  for (const address of ['/', '/join']) {
    await page.goto(`${server.origin}${address}`);
    const title = await page.getByRole('heading', { level: 1 }).boundingBox();
    const mark = await page.getByRole('banner').getByRole('presentation').boundingBox();
    expect(mark?.x, address).toBe(title?.x);
  }
});

test('[A11Y-1] axe finds nothing on the main screens of a wide screen, light and dark', async ({ page, server }) => {
  await startAlone(page, server.origin, 'Ana');
  for (const address of mainScreens) {
    await page.evaluate((to) => window.history.pushState(null, '', to), address);
    await expect(page.getByRole('heading').first(), address).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await axeFaults(page), `${address} ${colorScheme}`).toEqual([]);
    }
  }
});

/** Both can be seen at once, the second right of the first, and neither makes the page scroll sideways. */
async function sideBySide(left: Locator, right: Locator): Promise<void> {
  await expect(left).toBeInViewport();
  await expect(right).toBeInViewport();
  const [one, other] = [await left.boundingBox(), await right.boundingBox()];
  expect(one?.x).toBeLessThan(640);
  expect(other?.x).toBeGreaterThan(640);
  expect(await scrollsSideways(left.page())).toBe(false);
}

async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}
