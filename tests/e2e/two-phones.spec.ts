import { allSent, goTo, joinByLink, taskRow, tick } from './support/phone.ts';
import { expect, test } from './support/test.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

test('[LIVE-1] what one phone reports stands on the other without anybody’s doing; undone, it is gone from both', async ({
  server,
  phone,
}) => {
  const workspace = await fillWorkspace(server, await seedPlan());
  const incident = await workspace.activate('exercise', 'Server room exercise');
  const [ana, ben] = [await phone(), await phone()];
  for (const [page, name] of [
    [ana, 'Ana'],
    [ben, 'Ben'],
  ] as const) {
    await joinByLink(page, (await workspace.coordinator.invite(name, 'responder')).url);
    await page.getByRole('link', { name: 'Open Now' }).click();
    await goTo(page, 'Checklist');
    await expect(taskRow(page, 'CMD-01')).toBeVisible();
  }
  await tick(ana, 'CMD-01');
  await expect(taskRow(ben, 'CMD-01')).toContainText(/done \d\d:\d\d · Ana/);
  await ana.getByRole('button', { name: 'Undo' }).click();
  await expect(ana.getByText('CMD-01 is not started again').first()).toBeVisible();
  await expect(taskRow(ben, 'CMD-01')).not.toContainText(/done \d\d:\d\d/);
  await allSent(ana);
  const reports = await workspace.coordinator.history('task', `${incident}/CMD-01`);
  const statuses = reports.map(({ change }) => (change.value as { readonly status: string }).status);
  expect(statuses).toEqual(['done', 'not-started']);
});
