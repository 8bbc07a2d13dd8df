import { expect, type Page } from '@playwright/test';
import type { IncidentId } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import { instant } from '../../../src/domain/time.ts';
import type { Record } from './api-device.ts';
import { goTo } from './phone.ts';

/** What people do on the Hand over screen, in its own words. */

export async function openHandOver(page: Page): Promise<void> {
  await goTo(page, 'More');
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Hand over/ })
    .click();
  await expect(page.getByRole('heading', { name: 'Hand over' })).toBeVisible();
}

/** Makes a file and saves it; gives where it lies. */
export async function giveFile(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Make a file to share' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: /^holdfast-hand-over-/ }).click();
  return await (await saved).path();
}

export async function takeFile(
  page: Page,
  file: string | { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await page.getByLabel('Or open a file').setInputFiles(file);
}

/** Says yes to what was read, once it was said in words. */
export async function takeOver(page: Page, changes: number): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Take this over?' });
  await expect(dialog.getByText(`${String(changes)} change`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Take over' }).click();
  await expect(page.getByText(`Taken over: ${String(changes)} change`)).toBeVisible();
}

/** As many log entries of an incident as somebody's phone may hold after a day without a network. */
export function logEntries(incident: IncidentId, count: number): readonly Record[] {
  return Array.from({ length: count }, (_, at) => {
    const text = `Cabinet ${String(at + 1)}: power restored, ${String((at * 37) % 100)} servers answer`;
    const rest = { task: null, role: null, by: null, transcribedBy: null, medium: null };
    const value: Json = { type: 'note', at: instant(Date.now() - at * 60_000), text, ...rest };
    return { kind: 'log', key: `${incident}/day-${String(at + 1)}`, value };
  });
}
