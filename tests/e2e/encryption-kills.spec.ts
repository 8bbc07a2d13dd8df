import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { seededNumbers } from '../support/seeded-random.ts';
import { allSent, firstPage, goTo, installed, joinByLink, taskRow, tick } from './support/phone.ts';
import { expect, test } from './support/test.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

const passphrase = 'five grey herons at noon';
const entries = 1_500;
const kills = 4;

test('[SEAL-5] [REL-27] the browser is killed while it encrypts and while it stops, again and again: nothing is lost', async ({
  server,
  killable,
}) => {
  test.slow();
  const { coordinator, activate } = await fillWorkspace(server, await seedPlan());
  const incident = await activate('incident', 'Warehouse fire');
  const fields = { type: 'note', role: null, by: null, transcribedBy: null, medium: null, task: null } as const;
  await coordinator.write(
    Array.from({ length: entries }, (_, at) => ({
      kind: 'log',
      key: `${incident}/e${String(at)}`,
      value: { ...fields, at: new Date().toISOString(), text: `entry ${String(at)} of the night` },
    })),
  );
  const ben = await coordinator.invite('Ben', 'responder');
  const browser = await killable();
  let page = await firstPage(await browser.start());
  await joinByLink(page, ben.url);
  await page.getByRole('link', { name: 'Open Now' }).click();
  await installed(page);
  await allSent(page);
  await server.kill();
  await goTo(page, 'Checklist');
  await tick(page, 'CMD-01');

  const below = seededNumbers(7);
  const killAgainAndAgain = async (doing: string) => {
    for (let times = 0; times < kills; times += 1) {
      await give(page);
      // past its end the app opens, which is killed as well
      await expect(page.getByRole('heading', { name: doing }).or(page.getByRole('navigation')).first()).toBeVisible();
      await wait(below(400));
      await browser.kill();
      page = await firstPage(await browser.start());
      await page.goto(`${server.origin}/checklist`);
    }
    await give(page);
    await expect(taskRow(page, 'CMD-01')).toContainText(/done \d\d:\d\d/);
    await expect(page.getByText(/Saved on this .* · 2 to send/)).toBeVisible();
  };

  await page.goto(`${server.origin}/settings`);
  await page.getByRole('button', { name: 'Encrypt with a passphrase…' }).click();
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('The same again').fill(passphrase);
  await page.getByLabel('I know that nobody can recover this passphrase').check();
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Type the passphrase once more' })).toBeVisible();
  await killAgainAndAgain('Holdfast encrypts this device');
  expect(await logOnDisk(page)).toBe(0);

  await page.goto(`${server.origin}/settings`);
  await give(page);
  await page.getByRole('button', { name: 'Stop encrypting…' }).click();
  await page.getByRole('button', { name: 'Stop encrypting', exact: true }).click();
  await expect(page.getByText('Holdfast then stops encrypting.')).toBeVisible();
  await killAgainAndAgain('Holdfast stops encrypting');
  expect(await logOnDisk(page)).toBe(entries);

  await server.start();
  await page.reload();
  await allSent(page);
});

async function give(page: Page): Promise<void> {
  const app = page.getByRole('navigation', { name: 'Screens' });
  const field = page.getByLabel('Passphrase', { exact: true });
  await expect(field.or(app).first()).toBeVisible();
  if (!(await field.isVisible())) return;
  await field.fill(passphrase);
  await page.getByRole('button', { name: /^(Encrypt and open|Open)$/ }).click();
}

/** How many entries of the log can be read off the disk. */
function logOnDisk(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const answer = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(new Error(String(asked.error)));
      });
    const database = await answer(indexedDB.open('holdfast'));
    const rows = (await answer(database.transaction('records').objectStore('records').getAll())) as unknown[];
    database.close();
    return new Set(JSON.stringify(rows).match(/entry \d+ of the night/g) ?? []).size;
  });
}
