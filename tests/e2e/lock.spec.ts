import type { Page } from '@playwright/test';
import { axeFaults } from './support/axe-faults.ts';
import { startAlone } from './support/phone.ts';
import { expect, test } from './support/test.ts';

const locked = { name: 'Holdfast is locked' };

test('[LOCK-9] a PIN stands before every screen, cold and over an open dialog, with no key that gets around it', async ({
  page,
  server,
}) => {
  await startAlone(page, server.origin, 'Ana');
  await page.goto(`${server.origin}/settings`);
  await page.getByRole('button', { name: 'Set a PIN…' }).click();
  await page.getByLabel('PIN', { exact: true }).fill('2468');
  await page.getByLabel('The same again').fill('2468');
  await page.getByRole('button', { name: 'Set the PIN' }).click();
  await expect(page.getByRole('contentinfo').getByText('The PIN is set')).toBeVisible();

  await page.getByLabel(/^Ask for it at opening/).selectOption('at all');
  await page.getByRole('button', { name: 'Erase this device…' }).click();
  await expect(page.getByRole('dialog', { name: 'Erase this device?' })).toBeVisible();
  await outOfSight(page);
  const lock = page.getByRole('dialog', locked);
  await expect(lock).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Erase this device?' })).toBeHidden();
  for (const key of ['Escape', 'Escape', 'Tab', 'Tab', 'Tab', 'Tab']) await page.keyboard.press(key);
  await expect(lock).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.closest('dialog')?.ariaLabelledByElements?.[0]?.id)).toBe(
    'lock-title',
  );
  await open(page);
  await expect(page.getByRole('dialog', { name: 'Erase this device?' })).toBeVisible();

  await server.kill();
  await page.goto(`${server.origin}/checklist`);
  await expect(lock).toBeVisible();
  await expect(page.getByText('CMD-01')).toHaveCount(0);
  expect(await axeFaults(page)).toEqual([]);
  await page.getByLabel('PIN').fill('1111');
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByText('That is not the PIN of this device.')).toBeVisible();
  await open(page);
  await expect(page.getByText('CMD-01').first()).toBeVisible();
});

async function open(page: Page): Promise<void> {
  await page.getByLabel('PIN').fill('2468');
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByRole('dialog', locked)).toBeHidden();
}

/** As when another app is brought to the front and this one again. */
async function outOfSight(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const state of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }
  });
}
