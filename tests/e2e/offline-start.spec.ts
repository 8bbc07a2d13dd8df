import { installed, firstPage, startAlone, taskRow, tick } from './support/phone.ts';
import { furtherFaces, screenAddresses } from './support/screen-list.ts';
import { expect, test } from './support/test.ts';
import { seedPlan } from './support/workspace.ts';

test('[REL-40] a tick that the screen called saved outlives the browser’s sudden death', async ({
  server,
  killable,
  watched,
}) => {
  const browser = await killable();
  const before = await browser.start();
  await watched(before);
  const page = await firstPage(before);
  await startAlone(page, server.origin, 'Ana');
  await server.kill();
  await page.goto(`${server.origin}/checklist`);
  await tick(page, 'CMD-01');
  await browser.kill();

  const after = await browser.start();
  await watched(after);
  const again = await firstPage(after);
  await again.goto(`${server.origin}/checklist`);
  await expect(taskRow(again, 'CMD-01')).toContainText(/done \d\d:\d\d/);
});

test('[SW-1] [SEC-23] every screen opens offline and cold on the second start, and no reply of the API was ever kept', async ({
  server,
  killable,
  watched,
}) => {
  const { hash } = await seedPlan();
  const addresses = [...screenAddresses(hash), ...furtherFaces];
  const browser = await killable();
  const first = await browser.start();
  await watched(first);
  const page = await firstPage(first);
  await startAlone(page, server.origin, 'Ana');
  await installed(page);
  await browser.kill();
  await server.kill();

  const second = await browser.start();
  await watched(second);
  const cold = await firstPage(second);
  for (const address of addresses) {
    await cold.goto(server.origin + address);
    await expect(cold.getByRole('heading').first(), address).toBeVisible();
  }
  const kept = await cold.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain('/index.html');
  expect(kept.filter((path) => path.startsWith('/api'))).toEqual([]);
});
