import type { Page } from '@playwright/test';
import { startAlone } from './support/phone.ts';
import { expect, test } from './support/test.ts';

test('[TOAST-5] what offers Undo lies over nothing: on a screen it has a room of its own, in a dialog it stands under the buttons', async ({
  page,
  server,
}) => {
  await startAlone(page, server.origin, 'Ana');
  await page.goto(`${server.origin}/checklist/CMD-01`);
  await page.getByRole('button', { name: 'Mark done' }).click();
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeInViewport({ ratio: 1 });
  expect(await liesOver(page, 'main')).toBe(false);

  await page.getByRole('button', { name: 'Reopen…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Undo' })).toBeInViewport({ ratio: 1 });
  await expect(undo).toHaveCount(1);
  expect(await liesOver(page, 'dialog form')).toBe(false);
  await undo.click();
  await expect(dialog.getByText('CMD-01 is not started again')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

/** Whether the toast covers any part of what can be seen there. */
async function liesOver(page: Page, place: string): Promise<boolean> {
  const toast = await page
    .locator('[class*=toast]')
    .filter({ has: page.getByRole('button', { name: 'Undo' }) })
    .boundingBox();
  const under = await page.locator(place).boundingBox();
  if (toast === null || under === null) throw new Error('not on the screen');
  return toast.y < under.y + under.height && under.y < toast.y + toast.height;
}
