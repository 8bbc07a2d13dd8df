import { expect, test } from './support/test.ts';
import { allSent, joinByLink } from './support/phone.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

test('[TAKE-13] [VERIFY-4] [CALL-8] two phones: numbers are confirmed, one role is taken by both, the call tree is walked', async ({
  server,
  phone,
}) => {
  const workspace = await fillWorkspace(server, await seedPlan());
  await workspace.activate('exercise', 'Server room exercise');
  const [ana, ben] = [await phone(), await phone()];
  for (const [page, name, access] of [
    [ana, 'Ana', 'coordinator'],
    [ben, 'Ben', 'responder'],
  ] as const) {
    await joinByLink(page, (await workspace.coordinator.invite(name, access)).url);
    await page.getByRole('link', { name: 'Open Now' }).click();
  }

  // Ben puts his number in; Ana sees how old it is
  await ben.goto(`${server.origin}/people`);
  await ben.getByRole('link', { name: /Ben \(you\)/ }).click();
  await ben.getByRole('button', { name: 'Add a number' }).click();
  await ben.getByLabel('Number or address').fill('+27 31 000 1111');
  await ben.getByRole('button', { name: 'Save' }).click();
  await expect(ben.getByText('checked today')).toBeVisible();
  await ben.getByRole('button', { name: 'All still right' }).click();
  await expect(ben.getByText('Your numbers are confirmed as of now').first()).toBeVisible();
  await ana.goto(`${server.origin}/people`);
  await ana.getByRole('link', { name: /^Ben/ }).click();
  await expect(ana.getByRole('link', { name: /\+27 31 000 1111/ })).toBeVisible();
  await expect(ana.getByText('checked today')).toBeVisible();

  // both take over in the dark
  for (const page of [ana, ben]) {
    await page.goto(`${server.origin}/people/role/it-specialists`);
    await expect(page.getByRole('button', { name: 'Take over' })).toBeVisible();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Take over' }).click();
    await expect(page.getByText('You work as IT Specialists').first()).toBeVisible();
  }
  for (const page of [ana, ben]) await page.context().setOffline(false);
  await expect(ana.getByText('Ben and you took over IT Specialists.')).toBeVisible();
  await expect(ben.getByText('Ana and you took over IT Specialists.')).toBeVisible();
  await ben.getByRole('button', { name: 'Leave it to Ana' }).click();
  await expect(ana.getByText('Ben and you took over IT Specialists.')).toHaveCount(0);
  await expect(ana.getByRole('list', { name: 'In this incident' }).getByText('Ana')).toBeVisible();

  // Ana walks the call tree without a network, Ben reads what came of it
  await ana.goto(`${server.origin}/people/contact-test`);
  await ana.getByRole('button', { name: 'Start a contact test' }).click();
  await ana.context().setOffline(true);
  const next = ana.getByRole('region', { name: /^Next call/ });
  await next.getByRole('button', { name: /^Reached/ }).click();
  await next.getByRole('button', { name: /^Not reached/ }).click();
  await expect(ana.getByText(/1 reached, 1 not reached/)).toBeVisible();
  await ana.context().setOffline(false);
  await allSent(ana);
  await ben.goto(`${server.origin}/people/contact-test`);
  await expect(ben.getByText(/1 reached, 1 not reached/)).toBeVisible();
  await expect(ben.getByRole('button', { name: /^Reached/ })).toHaveCount(0);
});
