import type { Page } from '@playwright/test';
import { enrolDevice } from './support/api-device.ts';
import { axeFaults } from './support/axe-faults.ts';
import { pdfPages } from './support/pdf-pages.ts';
import { allSent, goTo, installed, joinByLink } from './support/phone.ts';
import { expect, test } from './support/test.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

test('[READY-60] a phone tests itself with the server dead and reports; the board tells who is ready, and who would be missing', async ({
  server,
  phone,
}) => {
  test.slow();
  const workspace = await fillWorkspace(server, await seedPlan());
  const [lead, ana] = [await phone(), await phone()];
  const invited = await workspace.coordinator.invite('Ana', 'responder', ['it-specialists']);
  await joinByLink(lead, (await workspace.coordinator.invite('Lindi', 'coordinator')).url);
  await joinByLink(ana, invited.url);
  await workspace.coordinator.invite('Ben', 'responder', ['it-specialists']);
  for (const page of [lead, ana]) {
    await installed(page);
    await page.getByRole('link', { name: 'Open Now' }).click();
    await expect(page.getByRole('heading', { name: 'Ready' })).toBeVisible();
  }

  await server.kill();
  await testOf(ana);
  await expect(ana.getByText(/^This phone is ready/)).toBeVisible();
  await expect(ana.getByText(/Version 1 with \d+ tasks; every word/)).toBeVisible();
  await expect(ana.getByText(/files of the app are on this device/)).toBeVisible();
  await goTo(ana, 'Now');
  await ana.getByRole('button', { name: 'I have read my card' }).click();
  await expect(ana.getByText('You have read this card.')).toBeVisible();
  await ana.getByRole('button', { name: 'I can reach it' }).click();
  await expect(ana.getByText(/You reached it/)).toBeVisible();

  await server.start();
  await ana.evaluate(() => window.dispatchEvent(new Event('online')));
  await allSent(ana);
  await goTo(lead, 'More');
  await lead
    .getByRole('link', { name: /^People/ })
    .last()
    .click();
  await lead.getByRole('link', { name: /^Readiness/ }).click();
  const board = lead.getByRole('list', { name: 'People and their phones' });
  await expect(board.getByRole('link', { name: /^Ben: .*not ready: Heard from/ })).toBeVisible();
  const row = board.getByRole('link', { name: /^Ana: / });
  await expect(row).not.toHaveAccessibleName(/Plan|Card read|Channel|Self-test/);
  const roles = lead.getByRole('list', { name: 'Critical roles' });
  await expect(roles.getByRole('listitem').filter({ hasText: 'IT Specialists' })).toContainText(
    /not ready.*1 phone with its current card: Ana/s,
  );
  await expect(lead.getByRole('list', { name: 'What to do' }).getByText(/Send Ben the invitation again/)).toBeVisible();
  expect(await axeFaults(lead)).toEqual([]);
  await checkPaper(lead);

  await row.click();
  await expect(lead.getByRole('heading', { name: 'Ana' })).toBeVisible();
  await lead.getByRole('button', { name: 'Show its history' }).click();
  await expect(lead.getByRole('list', { name: 'History of this phone' })).toContainText('test passed');
  expect(await axeFaults(lead)).toEqual([]);

  await lead.getByRole('link', { name: 'Readiness' }).first().click();
  await lead.getByRole('link', { name: 'Who is missing tonight?' }).click();
  await lead.getByRole('checkbox', { name: /^Ana/ }).check();
  await expect(lead.getByText(/IT Specialists \(Ben\)/)).toBeVisible();
  await lead.getByRole('checkbox', { name: /^Ben/ }).check();
  const uncovered = lead.getByRole('region', { name: 'Uncovered: IT Specialists' });
  await expect(uncovered).toContainText('IT-01');
  expect(await axeFaults(lead)).toEqual([]);
});

test('[READY-61] a file that is missing from the app’s cache fails the test, in words', async ({ server, phone }) => {
  const workspace = await fillWorkspace(server, await seedPlan());
  const ana = await phone();
  await joinByLink(ana, (await workspace.coordinator.invite('Ana', 'responder')).url);
  await installed(ana);
  await ana.getByRole('link', { name: 'Open Now' }).click();
  await ana.evaluate(async () => {
    const cache = await caches.open('holdfast-app');
    const print = (await cache.keys()).find(({ url }) => url.includes('/print-page'));
    if (print === undefined || !(await cache.delete(print))) throw new Error('nothing was deleted');
  });
  await testOf(ana);
  await expect(ana.getByText(/^This phone is not ready/)).toBeVisible();
  await expect(ana.getByText(/1 file of the app is missing or damaged/)).toBeVisible();
  await expect(ana.getByText(/close every tab of Holdfast/)).toBeVisible();
  expect(await axeFaults(ana)).toEqual([]);
});

test('[READY-62] a phone reports by itself once all is sent, and a phone without a network never has a report to send', async ({
  server,
  phone,
}) => {
  test.slow();
  const workspace = await fillWorkspace(server, await seedPlan());
  const ana = await phone();
  const lead = await enrolDevice(server.origin, (await workspace.coordinator.invite('Lindi', 'coordinator')).url);
  await joinByLink(ana, (await workspace.coordinator.invite('Ana', 'responder')).url);
  await ana.getByRole('link', { name: 'Open Now' }).click();
  await expect
    .poll(async () => [...(await lead.pull()).values()].filter(({ kind }) => kind === 'device').length, {
      timeout: 90_000,
    })
    .toBe(1);
  await allSent(ana);
});

/** Presses the one button of the test and waits for its end. */
async function testOf(page: Page): Promise<void> {
  await goTo(page, 'More');
  await page
    .getByRole('link', { name: /^Settings/ })
    .last()
    .click();
  await page.getByRole('link', { name: /^Test this phone/ }).click();
  await page.getByRole('button', { name: 'Test now' }).click();
  await expect(page.getByRole('button', { name: 'Test again' })).toBeVisible({ timeout: 60_000 });
}

/** The board on paper: landscape, everybody on it, nothing cut off at the right. */
async function checkPaper(page: Page): Promise<void> {
  for (const format of ['A4', 'Letter'] as const) {
    const pages = await pdfPages(await page.pdf({ format, landscape: true, preferCSSPageSize: false }));
    const text = pages.map((each) => each.text).join('');
    expect(pages[0]?.text).toContain('Readiness');
    for (const words of ['Ana', 'Ben', 'Lindi', 'Heardfrom', 'ITSpecialists', 'seetoit']) expect(text).toContain(words);
    for (const { width, height, marks } of pages) {
      expect(width).toBeGreaterThan(height);
      for (const mark of marks) expect(mark.right).toBeLessThanOrEqual(width);
    }
  }
}
