import type { Page } from '@playwright/test';
import { enrolDevice } from './support/api-device.ts';
import { axeFaults } from './support/axe-faults.ts';
import { activateAs, allSent, goTo, installed, joinByLink, startAlone, taskRow, tick } from './support/phone.ts';
import { expect, test } from './support/test.ts';

const passphrase = 'five grey herons at noon';
const locked = { name: 'This device is encrypted' };

test('[SEAL-12] encrypted, opened offline, worked on, sent, under another passphrase, and readable again', async ({
  server,
  page,
  context,
  phone,
}) => {
  await joinByLink(page, server.setUpLink(), 'Nomsa');
  await installed(page);
  await page.getByRole('button', { name: 'Use the built-in plan' }).click();
  await expect(page.getByText('Plan published as version 1').first()).toBeVisible();
  await activateAs(page, 'Incident', 'Warehouse fire');
  await allSent(page);
  expect(await onDisk(page)).toContain('Warehouse fire');

  const other = await context.newPage();
  await other.goto(`${server.origin}/checklist`);
  await expect(taskRow(other, 'CMD-01')).toBeVisible();
  await encrypt(page, server.origin);
  await expect(other.getByText('A newer Holdfast has worked on this device.').first()).toBeVisible();
  await other.close();
  await goTo(page, 'Now');
  await allSent(page);
  expect(sealedWords(await onDisk(page))).toEqual([]);

  await server.kill();
  await page.goto(`${server.origin}/checklist`);
  await expect(page.getByRole('heading', locked)).toBeVisible();
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeFocused();
  expect(await page.evaluate(() => document.body.innerText)).not.toContain('CMD-01');
  expect(await axeFaults(page)).toEqual([]);
  await give(page, 'five grey herons at dusk');
  await expect(page.getByText('That is not the passphrase.')).toBeVisible();
  await give(page, passphrase);
  await tick(page, 'CMD-01');
  await page.reload();
  await give(page, passphrase);
  await expect(taskRow(page, 'CMD-01')).toContainText(/done \d\d:\d\d/);
  await expect(page.getByText(/Saved on this .* · 2 to send/)).toBeVisible();
  expect(sealedWords(await onDisk(page))).toEqual([]);

  await server.start();
  await page.reload();
  await give(page, passphrase);
  await allSent(page);
  const ben = await phone();
  await page.goto(`${server.origin}/people/invite`);
  await give(page, passphrase);
  await page.getByLabel('Name', { exact: true }).fill('Ben');
  await page.getByRole('button', { name: 'Make the code' }).click();
  await joinByLink(ben, (await page.getByText(`${server.origin}/join#`).innerText()).trim());
  await ben.getByRole('link', { name: 'Open Now' }).click();
  await goTo(ben, 'Checklist');
  await expect(taskRow(ben, 'CMD-01')).toContainText(/done \d\d:\d\d/);

  await changePassphrase(page, server.origin);
  await page.getByRole('button', { name: 'Lock now' }).click();
  await give(page, 'six white swans at dusk');
  await page.getByRole('button', { name: 'Stop encrypting…' }).click();
  await page.getByRole('button', { name: 'Stop encrypting', exact: true }).click();
  await expect(page.getByText('Holdfast then stops encrypting.')).toBeVisible();
  await give(page, 'six white swans at dusk');
  await expect(page.getByRole('button', { name: 'Encrypt with a passphrase…' })).toBeVisible();
  expect(await onDisk(page)).toContain('Warehouse fire');
  await page.goto(`${server.origin}/checklist`);
  await expect(taskRow(page, 'CMD-01')).toContainText(/done \d\d:\d\d/);
});

test('[SEAL-13] a passphrase that is forgotten at once costs nothing; later, what is here is erased and the device begins anew', async ({
  server,
  page,
}) => {
  await startAlone(page, server.origin, 'Ana');
  await choose(page, server.origin);
  await page.getByRole('button', { name: 'Forgotten?' }).click();
  await page.getByRole('button', { name: 'Do not encrypt' }).click();
  await expect(page.getByRole('button', { name: 'Encrypt with a passphrase…' })).toBeVisible();
  await encrypt(page, server.origin);
  await page.getByRole('button', { name: 'Lock now' }).click();
  await page.getByRole('button', { name: 'Forgotten?' }).click();
  await expect(page.getByText('Nobody can look it up.')).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByLabel(/^Erase the plan/).check();
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await expect(page.getByRole('button', { name: 'Set up a new plan on this device' })).toBeVisible();
  expect(await onDisk(page)).not.toContain('Server room exercise');
});

test('[SEAL-10] erased while it is open, the device asks its next person for no passphrase', async ({
  server,
  page,
}) => {
  await startAlone(page, server.origin, 'Ana');
  await encrypt(page, server.origin);
  await page.goto(`${server.origin}/settings`);
  await give(page, passphrase);
  await page.getByRole('button', { name: 'Erase this device…' }).click();
  await page.getByLabel(/^Erase the plan/).check();
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await expect(page.getByRole('button', { name: 'Set up a new plan on this device' })).toBeVisible();
  await startAlone(page, server.origin, 'Ben');
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
});

test('[SEC-8] [SEAL-15] locked, a phone that was reported lost is wiped at its next contact, with no passphrase', async ({
  server,
  browser,
}) => {
  const lead = await enrolDevice(server.origin, server.setUpLink(), 'Nomsa');
  const invited = await lead.invite('Sam', 'responder');
  // not a watched one: the server refuses what it asks
  const context = await browser.newContext();
  const page = await context.newPage();
  await joinByLink(page, invited.url);
  await page.goto(`${server.origin}/now`);
  await installed(page);
  await allSent(page);
  await encrypt(page, server.origin);
  await server.kill();
  await page.reload();
  await expect(page.getByRole('heading', locked)).toBeVisible();
  await server.start();
  await lead.revoke(invited.person, 'lost');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This device was removed from its workspace.' })).toBeVisible();
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This device was removed from its workspace.' })).toBeVisible();
  expect(await onDisk(page)).not.toContain('"sealed":');
  await context.close();
});

async function choose(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/settings`);
  await page.getByRole('button', { name: 'Encrypt with a passphrase…' }).click();
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('The same again').fill(passphrase);
  await page.getByLabel('I know that nobody can recover this passphrase').check();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Type the passphrase once more' })).toBeVisible();
}

async function encrypt(page: Page, origin: string): Promise<void> {
  await choose(page, origin);
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Encrypt and open' }).click();
  await expect(page.getByRole('button', { name: 'Lock now' })).toBeVisible();
}

async function give(page: Page, typed: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(typed);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

async function changePassphrase(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/settings`);
  await give(page, passphrase);
  await page.getByRole('button', { name: 'Change the passphrase…' }).click();
  await page.getByLabel('Passphrase so far').fill(passphrase);
  await page.getByLabel('New passphrase').fill('six white swans at dusk');
  await page.getByLabel('The same again').fill('six white swans at dusk');
  await page.getByRole('button', { name: 'Change it' }).click();
  await expect(page.getByRole('contentinfo').getByText('The passphrase is changed')).toBeVisible();
}

/** Every row as it lies in the browser's database, bytes as letters. */
function onDisk(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(new Error(String(asked.error)));
      });
    const database = await answer(indexedDB.open('holdfast'));
    const tables = await Promise.all(
      [...database.objectStoreNames].map((name) => answer(database.transaction(name).objectStore(name).getAll())),
    );
    database.close();
    return JSON.stringify(tables, (_, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
    );
  });
}

function sealedWords(lies: string): readonly string[] {
  const words = ['Warehouse fire', 'Nomsa', 'in-progress', 'coordinator', 'Activate the', 'localhost', '127.0.0.1'];
  return words.filter((word) => lies.includes(word));
}
