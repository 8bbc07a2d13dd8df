import type { Page } from '@playwright/test';
import type { IncidentMode } from '../../src/domain/incident/incident.ts';
import { instant, minute } from '../../src/domain/time.ts';
import { axeFaults } from './support/axe-faults.ts';
import { fillPeople } from './support/busy-people.ts';
import { joinByLink } from './support/phone.ts';
import type { RealServer } from './support/real-server.ts';
import { furtherFaces, screenAddresses } from './support/screen-list.ts';
import { expect, test } from './support/test.ts';
import { widthFaults } from './support/width-faults.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

/** The whole plan is its chapters in a row; axe would look at each of 3,000 elements once more. */
const isForAxe = (address: string) => address !== '/plan/whole';

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
    const { screens, faces } = await openBusyPhone(server, page, mode);
    for (const address of which === 'screens' ? screens : faces.filter(isForAxe)) {
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
  const { screens, faces } = await openBusyPhone(server, page, 'exercise');
  for (const address of [...screens, ...faces]) {
    await open(page, address);
    expect.soft(await page.evaluate(widthFaults), address).toEqual([]);
  }
});

test('[A11Y-1] [A11Y-2] so it is with what a press opens: lists, codes, tests, the lock', async ({ server, page }) => {
  test.slow();
  const { person, device } = await openBusyPhone(server, page, 'incident');
  for (const { what, show } of opened(person, device)) {
    await show(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await axeFaults(page), `${what}, ${colorScheme}`).toEqual([]);
    }
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 740 });
      expect.soft(await page.evaluate(widthFaults), `${what}, ${String(width)} px`).toEqual([]);
    }
  }
});

type Face = { readonly what: string; readonly show: (page: Page) => Promise<void> };

/** What no address leads to, in an order in which each follows from the last. */
function opened(person: string, device: string): readonly Face[] {
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
  return [
    {
      what: 'a change that was not taken',
      show: async (page) => {
        await open(page, `/people/quarantine/${device}`);
        await expect(page.getByRole('button', { name: 'Put in as mine' })).toBeVisible();
      },
    },
    {
      what: 'the checked list',
      show: async (page) => {
        await open(page, '/people/invite-several');
        const list = 'Ana-Maria van der Westhuizen-Okonkwo;responder;IT Specialists\nBen;chief;\nCleo;observer;';
        await page.getByLabel('Names, access and roles').fill(list);
        await press(page, 'Check the list');
        await page.getByRole('region', { name: 'Ben', exact: true }).getByRole('button', { name: 'Edit' }).click();
      },
    },
    {
      what: 'the codes made',
      show: async (page) => {
        await page.getByRole('region', { name: 'Ben', exact: true }).getByRole('button', { name: 'Take out' }).click();
        await press(page, 'Make 2 codes');
        await expect(page.getByRole('heading', { name: '2 codes made' })).toBeVisible();
        await press(page, 'QR code');
      },
    },
    {
      what: 'a code for the radio',
      show: async (page) => {
        await open(page, '/people/invite');
        await page.getByLabel('Name', { exact: true }).fill('Dumisani');
        await page.getByRole('radio', { name: /^Said over the radio/ }).check();
        await press(page, 'Make the code');
        await expect(page.getByRole('timer')).toBeVisible();
      },
    },
    {
      what: 'a code with its link',
      show: async (page) => {
        await press(page, 'Invite another person');
        await page.getByLabel('Name', { exact: true }).fill('Dumisani of the night shift');
        await press(page, 'Make the code');
        await expect(page.getByRole('heading', { name: /^Code for/ })).toBeVisible();
      },
    },
    {
      what: 'the phones of a person',
      show: async (page) => {
        await open(page, `/readiness/person/${person}`);
        await press(page, 'Show its history');
        await expect(page.getByRole('list', { name: 'History of this phone' })).toBeVisible();
      },
    },
    {
      what: 'who is missing',
      show: async (page) => {
        await open(page, '/readiness/missing');
        await page.getByRole('checkbox', { name: /^Lindi/ }).check();
        await page.getByRole('checkbox', { name: /^Ben Coordinator/ }).check();
      },
    },
    {
      what: 'the results of a test',
      show: async (page) => {
        await open(page, '/test');
        await press(page, 'Test now');
        await expect(page.getByRole('button', { name: 'Test again' })).toBeVisible({ timeout: 60_000 });
      },
    },
    {
      what: 'the lock',
      show: async (page) => {
        await open(page, '/settings');
        await press(page, 'Set a PIN…');
        await page.getByLabel('PIN', { exact: true }).fill('2468');
        await page.getByLabel('The same again').fill('2468');
        await press(page, 'Set the PIN');
        await expect(page.getByRole('contentinfo').getByText('The PIN is set')).toBeVisible();
        await page.reload();
        const lock = page.getByRole('dialog', { name: 'Holdfast is locked' });
        await lock.getByLabel('PIN').fill('1111');
        await lock.getByRole('button', { name: 'Open' }).click();
        await expect(lock.getByText('That is not the PIN of this device.')).toBeVisible();
        await lock.getByRole('button', { name: 'Forgotten?' }).click();
      },
    },
  ];
}

/** A coordinator's phone, who sees every screen, in the middle of it: tasks done, blocked and late, and a log. Gives the addresses of every screen and of its further faces. */
async function openBusyPhone(server: RealServer, page: Page, mode: IncidentMode) {
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
  const { person, device } = await fillPeople(workspace, server.origin);
  const { url } = await coordinator.invite('Ben Coordinator', 'coordinator', ['it-specialists']);
  await joinByLink(page, url);
  await expect(page.getByRole('link', { name: 'Open Now' })).toBeVisible();
  return {
    person,
    device,
    screens: screenAddresses(plan.hash),
    faces: [...furtherFaces, `/people/quarantine/${device}`, `/people/person/${person}`, `/readiness/person/${person}`],
  };
}

/** Goes there within the app: a cold opening of each screen is held by a test of its own, and would take most of the time here. */
async function open(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    window.history.pushState(null, '', to);
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }, address);
  await expect(page.getByRole('heading', { level: 1 }).first(), address).toBeVisible();
}
