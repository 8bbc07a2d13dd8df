import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { RealServer } from './support/real-server.ts';
import { allSent, goTo, installed, joinByLink, taskRow, tick } from './support/phone.ts';
import { expect, test } from './support/test.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

async function member(page: Page, url: string): Promise<void> {
  await joinByLink(page, url);
  await page.getByRole('link', { name: 'Open Now' }).click();
  await goTo(page, 'Checklist');
  await page.getByRole('button', { name: /^All \d/ }).click();
  await expect(taskRow(page, 'CMD-01')).toBeVisible();
  await installed(page);
}

async function block(page: Page, code: string, reason: string): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${code}`) }).click();
  await page.getByRole('button', { name: 'Blocked…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill(reason);
  await dialog.getByRole('button', { name: 'Mark blocked' }).click();
  await expect(page.getByText(`${code} marked blocked`).first()).toBeVisible();
}

async function axeFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: { 'color-contrast-enhanced': { enabled: true }, 'target-size': { enabled: true } } })
    .setLegacyMode(true)
    .analyze();
  return violations.map(
    ({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ') ?? ''} ${nodes[0]?.failureSummary ?? ''}`,
  );
}

/** Both work without a server: first Ben marks CMD-01 done, then Ana blocks it; then Ben comes back, then Ana. */
async function meetAgain(server: RealServer, ana: Page, ben: Page): Promise<void> {
  await server.kill();
  await tick(ben, 'CMD-01');
  await block(ana, 'CMD-01', 'No key');
  await server.start();
  await ben.reload();
  await expect(ben.getByText(/^All sent|overruled/).first()).toBeVisible();
  await ana.reload();
  await allSent(ana);
}

test('[REL-23] [CONFLICT] two phones report the same task differently without a server; the overruled author sees it, restores, and both agree', async ({
  server,
  phone,
}) => {
  const workspace = await fillWorkspace(server, await seedPlan());
  const incident = await workspace.activate('exercise', 'Server room exercise');
  const [ana, ben] = [await phone(), await phone()];
  await member(ana, (await workspace.coordinator.invite('Ana', 'responder')).url);
  await member(ben, (await workspace.coordinator.invite('Ben', 'responder')).url);
  await meetAgain(server, ana, ben);

  await goTo(ben, 'Now');
  const sentence = /^Your “done \d\d:\d\d” on CMD-01 was overruled by Ana’s “blocked \d\d:\d\d: No key”\.$/;
  await expect(ben.getByText(sentence)).toBeVisible();
  await expect(ana.getByRole('link', { name: /overruled/ })).toHaveCount(0);

  await goTo(ben, 'Log');
  await ben.getByRole('link', { name: '1 overruled' }).click();
  await expect(ben.getByRole('heading', { name: 'Overruled', level: 1 })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await ben.emulateMedia({ colorScheme });
    expect.soft(await axeFaults(ben), colorScheme).toEqual([]);
  }

  await server.kill();
  await expect(ben.getByText(/nothing to send/)).toBeVisible();
  await ben.getByRole('button', { name: 'Restore mine' }).click();
  await expect(ben.getByText(/^Restored: CMD-01/).first()).toBeVisible();
  await expect(ben.getByRole('link', { name: /overruled/ })).toHaveCount(0);
  await server.start();
  await ben.reload();
  await allSent(ben);
  await expect(ben.getByRole('list', { name: 'Decided' }).getByText(/^Restored by you/)).toBeVisible();

  await ana.reload();
  await goTo(ana, 'Checklist');
  await ana.getByRole('button', { name: /^All \d/ }).click();
  await expect(taskRow(ana, 'CMD-01')).toContainText(/done \d\d:\d\d/);
  await expect(ana.getByRole('link', { name: /overruled/ })).toHaveCount(0);

  await ben.goto(`${server.origin}/checklist/CMD-01`);
  await ben.getByRole('link', { name: 'Who, when, from where' }).click();
  await expect(ben.getByText(/^From the server, \d\d:\d\d\.$/)).toBeVisible();
  const told = ben.getByRole('list', { name: 'Reports, the latest first' }).getByRole('listitem');
  await expect(told).toContainText(['stands', /blocked.*No key.*Ana · in the app · device/s, 'overruled']);
  expect.soft(await axeFaults(ben)).toEqual([]);
  await server.kill();
  await ben.reload();
  await expect(ben.getByText('From this phone: the server does not answer.')).toBeVisible();
  await expect(told).toContainText([
    'stands',
    /blocked.*No key.*Ana · in the app · device/s,
    /done.*Ben · in the app · this phone/s,
  ]);
  await server.start();

  const reports = await workspace.coordinator.history('task', `${incident}/CMD-01`);
  const byStamp = reports.toSorted((a, b) => (a.stamp < b.stamp ? -1 : 1)).map(({ change }) => change);
  expect(byStamp.map(({ value }) => (value as { readonly status: string }).status)).toEqual([
    'done',
    'blocked',
    'done',
  ]);
  expect(byStamp[2]?.base).toBe(byStamp[1]?.id);
  const records = await workspace.coordinator.pull();
  const conflicts = [...records.values()].filter(({ kind, value }) => kind === 'conflict' && value !== null);
  expect(conflicts.map(({ value }) => value)).toMatchObject([{ decision: 'restored', key: `${incident}/CMD-01` }]);
  const lines = [...records.values()].filter(
    ({ kind, value }) => kind === 'log' && JSON.stringify(value).includes('Restored “done'),
  );
  expect(lines).toHaveLength(1);
});
