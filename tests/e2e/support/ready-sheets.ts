import { expect, type Page } from '@playwright/test';

/** Names of the sheets, once the screen says that all are ready. */
export async function readySheets(page: Page): Promise<readonly string[]> {
  const state = page.getByText(/^\d+ pages? ready$/);
  await expect(page.getByRole('article').first()).toBeAttached();
  await expect(state).toBeVisible({ timeout: 30_000 });
  const names = await page
    .getByRole('article')
    .evaluateAll((sheets) => sheets.map((sheet) => sheet.getAttribute('aria-label') ?? ''));
  await expect(state).toHaveText(`${names.length} pages ready`);
  return names;
}
