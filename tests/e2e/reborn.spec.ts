import type { IncidentId } from '../../src/domain/ids.ts';
import { instant } from '../../src/domain/time.ts';
import { enrolDevice } from './support/api-device.ts';
import { axeFaults } from './support/axe-faults.ts';
import { activateAs, allSent, goTo, inviteAs, joinByLink, taskRow, tick } from './support/phone.ts';
import { expect, test } from './support/test.ts';
import { widthFaults } from './support/width-faults.ts';

test('[REL-11] the server is gone without a backup: a coordinator’s phone and a responder’s bring everything back', async ({
  server,
  phone,
}) => {
  const [ana, ben] = [await phone(), await phone()];
  await joinByLink(ana, server.setUpLink(), 'Ana');
  await ana.getByRole('button', { name: 'Use the built-in plan' }).click();
  await expect(ana.getByRole('link', { name: 'Open Now' })).toBeVisible();
  await activateAs(ana, 'Exercise', 'Server room exercise');
  await joinByLink(ben, await inviteAs(ana, 'Ben'));
  const cleo = await enrolDevice(server.origin, await inviteAs(ana, 'Cleo'));
  const incident = [...(await cleo.pull()).values()].find(({ kind }) => kind === 'incident')?.key as IncidentId;
  const now = instant(Date.now());
  const done = { status: 'done', reason: null, startedAt: null, endedAt: now, by: cleo.person };
  await cleo.write([{ kind: 'task', key: `${incident}/CMD-03`, value: done }]);
  await ben.getByRole('link', { name: 'Open Now' }).click();
  await goTo(ben, 'Checklist');
  await tick(ben, 'CMD-01');
  await allSent(ben);
  await goTo(ana, 'Checklist');
  await expect(taskRow(ana, 'CMD-01')).toContainText(/done \d\d:\d\d · Ben/);
  await expect(taskRow(ana, 'CMD-03')).toContainText(/done \d\d:\d\d · Cleo/);

  await server.burn();
  await tick(ben, 'CMD-02');
  await server.start();
  const unknown = /the server does not know this device: join again/;
  await expect(ben.getByText(unknown)).toBeVisible({ timeout: 60_000 });
  await expect(ana.getByText(unknown)).toBeVisible({ timeout: 60_000 });
  await ana.goto(server.setUpLink());
  await ana.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(ana.getByRole('heading', { name: /^You are in/ })).toBeVisible();
  await expect(ana.getByText(/^The server lost \d+ records that this phone still holds\./)).toBeVisible();
  await ana.getByRole('link', { name: 'See them' }).click();
  const cleosTask = ana.getByRole('checkbox', { name: /^CMD-03: done \d\d:\d\d ?Cleo · \d\d:\d\d/ });
  await expect(cleosTask).not.toBeChecked();
  for (const colorScheme of ['dark', 'light'] as const) {
    await ana.emulateMedia({ colorScheme });
    expect.soft(await axeFaults(ana), colorScheme).toEqual([]);
  }
  expect.soft(await ana.evaluate(widthFaults)).toEqual([]);
  await ana.getByRole('button', { name: /^Put back \d+ records$/ }).click();
  await expect(ana.getByText(/^\d+ records put back$/).first()).toBeVisible();
  await allSent(ana);

  await ana.goto(`${server.origin}/people/invite`);
  await ana.getByLabel('Who', { exact: true }).selectOption({ label: 'Ben' });
  await ana.getByRole('button', { name: 'Make the code' }).click();
  const link = await ana.getByText(`${server.origin}/join#`).innerText();
  await ben.goto(link.trim());
  await expect(ben.getByText(/Everything on this device stays and is sent then\./)).toBeVisible();
  await ben.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(ben.getByRole('heading', { name: /^You are in/ })).toBeVisible();
  await allSent(ben);
  // what Ben did has come by his own phone; Cleo's never comes back
  await ana.goto(`${server.origin}/lost`);
  await cleosTask.check();
  await ana.getByRole('button', { name: 'Put back 1 record', exact: true }).click();
  await expect(ana.getByText('The server lacks nothing.')).toBeVisible();
  await allSent(ana);

  for (const page of [ana, ben]) {
    await goTo(page, 'Checklist');
    await expect(taskRow(page, 'CMD-01')).toContainText(/done \d\d:\d\d · Ben/);
    await expect(taskRow(page, 'CMD-02')).toContainText(/done \d\d:\d\d · Ben/);
    await expect(taskRow(page, 'CMD-03')).toContainText(/done \d\d:\d\d · Cleo/);
  }
  const observer = await enrolDevice(server.origin, await inviteAs(ana, 'Dora', 'coordinator'));
  const all = [...(await observer.pull()).values()];
  expect(all.filter(({ kind }) => kind === 'conflict')).toEqual([]);
  expect(all.filter(({ kind }) => kind === 'incident')).toHaveLength(1);
  // the activation and Ben's two
  expect(all.filter(({ kind }) => kind === 'log')).toHaveLength(3);
  expect(await observer.history('task', `${incident}/CMD-01`)).toHaveLength(1);
  expect(await observer.history('task', `${incident}/CMD-02`)).toHaveLength(1);
  expect(await observer.history('task', `${incident}/CMD-03`)).toHaveLength(1);
});
