import type { Page } from '@playwright/test';
import type { IncidentMode } from '../../src/domain/incident/incident.ts';
import { instant, minute } from '../../src/domain/time.ts';
import { axeFaults } from './support/axe-faults.ts';
import { joinByLink } from './support/phone.ts';
import type { RealServer } from './support/real-server.ts';
import { furtherFaces, screenAddresses } from './support/screen-list.ts';
import { expect, test } from './support/test.ts';
import { widthFaults } from './support/width-faults.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

/** The whole plan is its chapters in a row; axe would look at each of 3,000 elements once more. */
const inAxe = furtherFaces.filter((address) => address !== '/plan/whole');

/** Every screen in both schemes and every face in both, each in the other mode: the stripe of an exercise is on all of them alike. */
const passes = [
  { colorScheme: 'light', mode: 'incident', which: 'screens' },
  { colorScheme: 'dark', mode: 'exercise', which: 'screens' },
  { colorScheme: 'light', mode: 'exercise', which: 'further faces' },
  { colorScheme: 'dark', mode: 'incident', which: 'further faces' },
] as const;

for (const { colorScheme, mode, which } of passes) {
  test(`[A11Y-1] axe finds nothing on all ${which}, ${colorScheme}, in an ${mode}`, async ({ server, page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    const screens = await openBusyPhone(server, page, mode);
    for (const address of which === 'screens' ? screens : inAxe) {
      await open(page, address);
      expect.soft(await axeFaults(page), address).toEqual([]);
    }
  });
}

test('[A11Y-1] axe finds nothing before this device belongs to anything', async ({ server, page }) => {
  await page.goto(server.origin);
  for (const address of ['/', '/join']) {
    await open(page, address);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await axeFaults(page), `${address} ${colorScheme}`).toEqual([]);
    }
  }
});

test('[A11Y-2] no screen scrolls sideways or cuts anything off at 320 px', async ({ server, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(server.origin);
  for (const address of ['/', '/join']) {
    await open(page, address);
    expect.soft(await page.evaluate(widthFaults), `${address} at first`).toEqual([]);
  }
  for (const address of [...(await openBusyPhone(server, page, 'exercise')), ...furtherFaces]) {
    await open(page, address);
    expect.soft(await page.evaluate(widthFaults), address).toEqual([]);
  }
});

/** A coordinator's phone, who sees every screen, in the middle of it: tasks done, blocked and late, and a log. Gives the addresses of every screen. */
async function openBusyPhone(server: RealServer, page: Page, mode: IncidentMode): Promise<readonly string[]> {
  const workspace = await fillWorkspace(server, await seedPlan());
  const { coordinator, plan } = workspace;
  const incident = await workspace.activate(mode, 'Fire in the data centre, ground floor', 95 * minute);
  const at = instant(Date.now() - 80 * minute);
  const progress = { startedAt: at, endedAt: null, by: coordinator.person };
  await coordinator.write([
    {
      kind: 'task',
      key: `${incident}/CMD-01`,
      value: { ...progress, status: 'done', reason: null, endedAt: at },
    },
    {
      kind: 'task',
      key: `${incident}/SEC-01`,
      value: { ...progress, status: 'blocked', reason: 'The hall is locked and the keyholder has not been reached' },
    },
    { kind: 'task', key: `${incident}/IT-01`, value: { ...progress, status: 'in-progress', reason: null } },
  ]);
  const { url } = await coordinator.invite('Ben Coordinator', 'coordinator', ['it-specialists']);
  await joinByLink(page, url);
  await expect(page.getByRole('link', { name: 'Open Now' })).toBeVisible();
  return screenAddresses(plan.hash);
}

/** Goes there within the app: a cold opening of each screen is held by a test of its own, and would take most of the time here. */
async function open(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    window.history.pushState(null, '', to);
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }, address);
  await expect(page.getByRole('heading', { level: 1 }).first(), address).toBeVisible();
}
