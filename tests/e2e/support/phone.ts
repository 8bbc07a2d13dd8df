import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import type { AccessLevel } from '../../../src/domain/access/access.ts';

/** What a person does with the app, in the app's own words. */

/** Opens a join link and presses Join; a set-up code also asks for a name. */
export async function joinByLink(page: Page, link: string, name: string | null = null): Promise<void> {
  await page.goto(link);
  if (name !== null) await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('heading', { name: /^You are in/ })).toBeVisible();
}

/** Waits until the whole app is in the precache and rules this page: from here on it opens without a server. */
export async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state !== 'activated') {
      await new Promise((resolve) => active?.addEventListener('statechange', resolve, { once: true }));
    }
  });
}

/** Waits until the server has said that it holds everything this phone wrote. */
export async function allSent(page: Page): Promise<void> {
  await expect(page.getByText(/^All sent/)).toBeVisible({ timeout: 30_000 });
}

/** Goes to a screen by the app's own navigation, which needs no server. */
export async function goTo(page: Page, screen: string): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen, exact: true });
  await link.click();
}

export function taskRow(page: Page, code: string): Locator {
  return page.getByRole('listitem').filter({ has: page.locator(`a[href="/checklist/${code}"]`) });
}

/** The row of a task in a list that draws only what is near the screen: goes down from its top until it is there. */
export async function findRow(page: Page, code: string): Promise<Locator> {
  const row = taskRow(page, code);
  await expect(page.getByRole('list', { name: 'Tasks' }).getByRole('link').first()).toBeVisible();
  for (let down = 0; down < 60 && (await row.count()) === 0; down += 1) {
    // by the page itself: a row that is about to be drawn anew can't be scrolled to
    await page.evaluate(async (to) => {
      (document.querySelector('[data-scroller]') ?? document.documentElement).scrollTop = to;
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }, down * 300);
  }
  return row;
}

/** Marks a task done and waits until the app calls it saved; a task that waits for others needs a reason. */
export async function tick(page: Page, code: string, reason = 'It cannot wait'): Promise<void> {
  await page.getByRole('button', { name: `Mark ${code} done` }).click();
  const dialog = page.getByRole('dialog');
  const saved = page.getByText(`${code} marked done`);
  await expect(dialog.or(saved).first()).toBeVisible();
  if (await dialog.isVisible()) {
    await dialog.getByRole('textbox').first().fill(reason);
    await dialog.getByRole('button', { name: 'Mark done' }).click();
  }
  await expect(saved.first()).toBeVisible();
}

export async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage());
}

/** Activates the plan that this phone holds. */
export async function activateAs(page: Page, mode: 'Incident' | 'Exercise', title: string): Promise<void> {
  await page.goto(new URL('/activate', page.url()).href);
  await page.getByRole('radio', { name: mode }).check();
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: mode === 'Exercise' ? 'Start the exercise' : 'Activate the plan' }).click();
  await expect(page).toHaveURL(/\/now$/);
}

/** A coordinator's phone invites somebody on its People screen; gives the link to open. */
export async function inviteAs(page: Page, name: string, access: AccessLevel = 'responder'): Promise<string> {
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/people/invite`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('radio', { name: new RegExp(`^${access}`, 'i') }).check();
  await page.getByRole('button', { name: 'Make the code' }).click();
  await expect(page.getByRole('heading', { name: `Code for ${name}` })).toBeVisible();
  return (await page.getByText(`${origin}/join#`).innerText()).trim();
}

/** Sets the device up without a server, on the built-in plan, with an exercise under way. */
export async function startAlone(page: Page, origin: string, name: string): Promise<void> {
  await page.goto(origin);
  await installed(page);
  await page.getByRole('button', { name: 'Set up a new plan on this device' }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await page.getByRole('button', { name: 'Use the built-in plan' }).click();
  await expect(page.getByText('Plan published as version 1').first()).toBeVisible();
  await activateAs(page, 'Exercise', 'Server room exercise');
}
