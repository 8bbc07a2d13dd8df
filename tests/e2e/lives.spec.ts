import { allSent, goTo, installed, joinByLink, startAlone, taskRow, tick } from './support/phone.ts';
import { expect, test } from './support/test.ts';
import { enrolDevice } from './support/api-device.ts';

test('[LIFE-1] looking around has its own database, and not a word of it reaches the server', async ({
  server,
  page,
}) => {
  await page.goto(server.origin);
  await page.getByRole('button', { name: 'Look around' }).click();
  await expect(page.getByText('EXERCISE · never sent')).toBeVisible();
  await goTo(page, 'Checklist');
  await tick(page, 'CMD-01');
  await page.reload();
  await expect(taskRow(page, 'CMD-01')).toContainText(/done \d\d:\d\d/);
  expect(server.log()).not.toMatch(/\/api\/(?:enrol|session|sync|live)/);
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(databases.length).toBeGreaterThan(1);

  // At once, as somebody does who was handed a code: the link wins over looking around, and stays.
  await page.getByRole('button', { name: 'Leave' }).click();
  await joinByLink(page, server.setUpLink(), 'Ana');
  await page.getByRole('button', { name: 'Use the built-in plan' }).click();
  await allSent(page);
  await page.goto(`${server.origin}/checklist`);
  await expect(page.getByText('No incident yet.')).toBeVisible();
  expect(server.log()).toContain('/api/sync');
});

test('[LIFE-2] a device that began with no server at all sends all it has once it is connected', async ({
  server,
  page,
  phone,
}) => {
  await page.goto(server.origin);
  await installed(page);
  await server.kill();
  await page.reload();
  await startAlone(page, server.origin, 'Ana');
  await goTo(page, 'Checklist');
  await tick(page, 'CMD-01');
  await expect(page.getByText(/no server/)).toBeVisible();

  await server.start();
  const link = server.setUpLink();
  await page.goto(link);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('heading', { name: /^You are in/ })).toBeVisible();
  await allSent(page);

  const other = await phone();
  await expect(other.goto(link)).resolves.not.toBeNull();
  await other.getByLabel('Your name').fill('Eve');
  await other.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(other.getByText('The server does not take this code.', { exact: false })).toBeVisible();
  await expect(enrolDevice(server.origin, link, 'Eve')).rejects.toThrow('401');
});
