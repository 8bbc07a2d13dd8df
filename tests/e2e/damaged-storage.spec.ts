import { readdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { firstPage, installed, startAlone } from './support/phone.ts';
import { expect, test } from './support/test.ts';

/*
 * Chromium throws away a database whose files it can't read and opens an empty one, without an error or a word to the page.
 */

const ways = {
  'whose list of files is empty': async (folder: string) => {
    const manifest = (await readdir(folder)).find((each) => each.startsWith('MANIFEST'));
    await truncate(join(folder, manifest ?? 'no MANIFEST'), 0);
  },
  'whose folder is gone': (folder: string) => rm(folder, { recursive: true }),
};

for (const [what, damage] of Object.entries(ways)) {
  test(`[REL-30] a database ${what}: the next start says that it is lost, and begins anew only when told to`, async ({
    server,
    killable,
  }) => {
    const browser = await killable();
    let page = await firstPage(await browser.start());
    await startAlone(page, server.origin, 'Ana');
    await installed(page);
    await page.waitForFunction(() => caches.has('holdfast-mark'));
    await browser.kill();

    const all = join(browser.profile, 'Default', 'IndexedDB');
    const folder = (await readdir(all)).find((each) => each.endsWith('.leveldb'));
    await damage(join(all, folder ?? 'no database'));

    page = await firstPage(await browser.start());
    const lost = page.getByRole('heading', { name: 'The browser deleted what Holdfast kept on this device.' });
    const begin = page.getByRole('button', { name: 'Begin anew' });
    const firstWays = page.getByRole('list', { name: 'Ways to begin' });
    for (const path of ['/now', '/']) {
      await page.goto(`${server.origin}${path}`);
      await expect(lost).toBeVisible();
      await expect(page.getByText(/What was sent is on the server/)).toBeVisible();
    }
    await expect(firstWays).toBeHidden();
    await begin.click();
    await expect(firstWays).toBeVisible();
    await page.reload();
    await expect(firstWays).toBeVisible();
  });
}
