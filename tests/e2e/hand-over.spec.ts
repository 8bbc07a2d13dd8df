import { enrolDevice } from './support/api-device.ts';
import { axeFaults } from './support/axe-faults.ts';
import { giveFile, logEntries, openHandOver, takeFile, takeOver } from './support/hand-over.ts';
import { allSent, goTo, installed, joinByLink, taskRow, tick } from './support/phone.ts';
import { pointCamera, withCamera } from './support/pointed-camera.ts';
import { expect, test } from './support/test.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

test('[REL-15] with the server dead, one phone’s work goes to another by file and comes to the server once, under its author', async ({
  server,
  phone,
}) => {
  const workspace = await fillWorkspace(server, await seedPlan());
  const incident = await workspace.activate('exercise', 'Server room exercise');
  const [ana, ben] = [await phone(), await phone()];
  const invited = await workspace.coordinator.invite('Ana', 'responder');
  await joinByLink(ana, invited.url);
  await joinByLink(ben, (await workspace.coordinator.invite('Ben', 'responder')).url);
  for (const page of [ana, ben]) {
    await installed(page);
    await page.getByRole('link', { name: 'Open Now' }).click();
    await goTo(page, 'Checklist');
    await expect(taskRow(page, 'CMD-01')).toBeVisible();
  }
  await server.kill();
  await tick(ana, 'CMD-01');
  await openHandOver(ana);
  const file = await giveFile(ana);
  await openHandOver(ben);
  await takeFile(ben, file);
  // the report of the task, and the entry in the log that tells of it
  await takeOver(ben, 2);
  for (const page of [ana, ben]) {
    await goTo(page, 'Checklist');
    await expect(taskRow(page, 'CMD-01')).toContainText(/done \d\d:\d\d · Ana/);
    await expect(taskRow(page, 'CMD-01')).toContainText('to send');
  }
  await expect(ben.getByText(/2 for others/)).toBeVisible();
  await server.start();
  for (const page of [ben, ana]) {
    await page.bringToFront();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await allSent(page);
    await expect(taskRow(page, 'CMD-01')).not.toContainText('to send');
  }
  const reports = await workspace.coordinator.history('task', `${incident}/CMD-01`);
  expect(reports.map(({ author }) => author.person)).toEqual([invited.person]);
});

test('[BUNDLE-40] 200 changes go from screen to camera, phone to phone to server, each once', async ({
  server,
  phone,
}) => {
  const workspace = await fillWorkspace(server, await seedPlan());
  const incident = await workspace.activate('exercise', 'Server room exercise');
  const author = await enrolDevice(server.origin, (await workspace.coordinator.invite('Cleo', 'responder')).url);
  const [ana, ben] = [await phone(), await phone()];
  await withCamera(ben);
  for (const [page, name] of [
    [ana, 'Ana'],
    [ben, 'Ben'],
  ] as const) {
    await joinByLink(page, (await workspace.coordinator.invite(name, 'responder')).url);
    await installed(page);
    await page.getByRole('link', { name: 'Open Now' }).click();
  }
  await server.kill();
  const buffer = Buffer.from(await author.handOver(logEntries(incident, 200)));
  await openHandOver(ana);
  await takeFile(ana, { name: 'holdfast-hand-over.txt', mimeType: 'text/plain', buffer });
  await takeOver(ana, 200);
  await ana.getByRole('button', { name: 'Show codes' }).click();
  await openHandOver(ben);
  await ben.getByRole('button', { name: 'Read codes' }).click();
  await expect(ben.getByText('No code seen yet')).toBeVisible();
  const asked = ben.getByRole('dialog', { name: 'Take this over?' });
  await pointCamera(ben, ana.getByRole('img', { name: /^Code \d+ of \d+$/ }), () => asked.isVisible());
  await expect(asked.getByText('Cleo: 200 log entries')).toBeVisible();
  await takeOver(ben, 200);
  await server.start();
  await ben.evaluate(() => window.dispatchEvent(new Event('online')));
  await allSent(ben);
  const records = await workspace.coordinator.pull();
  const entries = [...records.values()].filter(({ kind, key }) => kind === 'log' && key.includes('/day-'));
  expect(new Set(entries.map(({ author: { person } }) => person))).toEqual(new Set([author.person]));
  expect(entries).toHaveLength(200);
  expect(await workspace.coordinator.history('log', `${incident}/day-7`)).toHaveLength(1);
});

test('[HAND-7] giving and taking are readable to everybody', async ({ server, phone }) => {
  const workspace = await fillWorkspace(server, await seedPlan());
  await workspace.activate('exercise', 'Server room exercise');
  const page = await phone();
  await joinByLink(page, (await workspace.coordinator.invite('Ana', 'responder')).url);
  await installed(page);
  await page.getByRole('link', { name: 'Open Now' }).click();
  await goTo(page, 'Checklist');
  await server.kill();
  await tick(page, 'CMD-01');
  await openHandOver(page);
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show codes' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'The other phone has all of them' }).click();
  await page.getByRole('button', { name: 'Read codes' }).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
});
