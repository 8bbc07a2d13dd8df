import type { Page } from '@playwright/test';
import { canaryRecords, incidentIn, type CanaryWords } from '../support/canary-records.ts';
import type { PlanHash } from '../../src/domain/ids.ts';
import { enrolDevice, type ApiDevice } from './support/api-device.ts';
import { keptOnPhone, placesOf } from './support/kept-on-phone.ts';
import { allSent, installed, joinByLink } from './support/phone.ts';
import type { RealServer } from './support/real-server.ts';
import { furtherFaces, screenAddresses } from './support/screen-list.ts';
import { expect, test } from './support/test.ts';

const secret = 'canary-4b1d-of-the-staff';

// every screen is opened cold, some forty times: a loaded machine must not fail it
test.describe.configure({ timeout: 900_000 });
const patience = 120_000;

/** A workspace in which the staff wrote one word into a record of every kind, twice, so that it stands in the history too. */
async function written(
  server: RealServer,
  words: CanaryWords,
): Promise<{ readonly lead: ApiDevice; readonly plan: PlanHash }> {
  const lead = await enrolDevice(server.origin, server.setUpLink(), 'Nomsa Coordinator');
  const records = canaryRecords(words, lead);
  for (const record of records) await lead.write([record]);
  const again = records.filter(({ kind }) => kind === 'task' || kind === 'impact' || kind === 'resource');
  await lead.write(again);
  const plan = records.find(({ kind }) => kind === 'plan-version');
  await lead.write([{ kind: 'task', key: `${incidentIn(records).id}/HO-01`, value: ownPart }]);
  return { lead, plan: plan?.key as PlanHash };
}

const ownPart = { status: 'blocked', reason: 'the disk of the hoster', startedAt: null, endedAt: null, by: null };

async function openEveryScreen(page: Page, origin: string, plan: PlanHash): Promise<void> {
  const addresses = [...screenAddresses(plan), ...furtherFaces, '/history/HO-01', '/checklist/HO-01'];
  for (const address of new Set(addresses)) {
    await page.goto(origin + address);
    await expect(page.locator('main, h1').first(), address).not.toBeEmpty({ timeout: patience });
  }
}

test('[SEC-20] [SEC-23] what the staff wrote is nowhere on a vendor’s phone, and was in no reply to it; its own part is', async ({
  server,
  browser,
}) => {
  const { lead, plan } = await written(server, { secret, title: 'Ransomware', planTitle: 'Shop recovery' });
  // not the watched ones: a vendor’s phone may be told no, and browsers write that on the console
  const [vendors, staffs] = [await browser.newContext(), await browser.newContext()];
  const replies: Promise<string>[] = [];
  vendors.on('response', (reply) => {
    if (!reply.url().includes('/api/') || reply.url().endsWith('/api/live')) return;
    replies.push(reply.text().catch(() => ''));
  });
  const [vendor, staff] = [await vendors.newPage(), await staffs.newPage()];
  await joinByLink(vendor, (await lead.invite('Vic Vendor', 'vendor', ['hoster'])).url);
  await joinByLink(staff, (await lead.invite('Sam Staff', 'responder', ['it'])).url);
  for (const page of [vendor, staff]) {
    await page.goto(`${server.origin}/now`);
    await installed(page);
    await allSent(page);
  }
  await openEveryScreen(vendor, server.origin, plan);
  for (const call of ['/api/journal?limit=500', `/api/history?kind=plan-version&key=${plan}`]) {
    // what a curious vendor asks by hand, without a token of the app’s
    expect(await vendor.evaluate(async (path) => (await fetch(path)).status, call)).toBe(401);
  }

  const kept = await keptOnPhone(vendor);
  // a body that leaving its screen cut off is waited for until then
  await vendors.close();
  expect(placesOf(secret, kept)).toEqual([]);
  const told = await Promise.all(replies);
  expect(told.filter((text) => text.includes(secret))).toEqual([]);
  expect(told.some((text) => text.includes(ownPart.reason))).toBe(true);
  expect(placesOf(ownPart.reason, kept)).toContainEqual(expect.stringMatching(/^database holdfast\S* records$/));
  expect([...kept.keys()].filter((where) => where.startsWith('cache') && where.includes('/api/'))).toEqual([]);
  // the same look at a phone of the staff finds it
  expect(placesOf(secret, await keptOnPhone(staff)).length).toBeGreaterThan(0);
  await staffs.close();
});

test('[SEC-8] a phone that was reported lost is wiped at its next contact: records, key, caches and service worker', async ({
  server,
  browser,
}) => {
  const { lead } = await written(server, { secret, title: 'Ransomware', planTitle: 'Shop recovery' });
  const context = await browser.newContext();
  const page = await context.newPage();
  const invited = await lead.invite('Sam Staff', 'responder', ['it']);
  await joinByLink(page, invited.url);
  await page.goto(`${server.origin}/now`);
  await installed(page);
  await allSent(page);
  const before = await keptOnPhone(page);
  expect(placesOf(secret, before).length).toBeGreaterThan(0);
  expect(before.get('database holdfast keys')).not.toBe('');

  await lead.revoke(invited.person, 'lost');
  await expect(page.getByRole('heading', { name: 'This device was removed from its workspace.' })).toBeVisible();
  await expect
    .poll(async () =>
      page.evaluate(async () => [
        (await caches.keys()).length,
        (await navigator.serviceWorker.getRegistrations()).length,
      ]),
    )
    .toEqual([0, 0]);
  const after = await keptOnPhone(page);
  expect(placesOf(secret, after)).toEqual([]);
  expect(after.get('database holdfast keys')).toBe('');
  expect(after.get('database holdfast records')).toBe('');
  expect(after.get('database holdfast outbox')).toBe('');
  await context.close();
});

const markup = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';

test('[SEC-11] markup and script in every text field of every kind are text on every screen and on paper', async ({
  server,
  browser,
}) => {
  const { lead, plan } = await written(server, { secret: markup, title: markup, planTitle: markup });
  // not a watched one: some address names what is not there, and browsers write such an answer on the console
  const context = await browser.newContext();
  const page = await context.newPage();
  await joinByLink(page, (await lead.invite(markup, 'coordinator', ['it'])).url);
  await page.goto(`${server.origin}/now`);
  await allSent(page);
  await expect(page.getByText('<img src=x', { exact: false }).first()).toBeVisible();
  const addresses = new Set([...screenAddresses(plan), ...furtherFaces, '/history/IT-01', '/checklist/X-1']);
  for (const address of addresses) {
    await page.goto(server.origin + address);
    await expect(page.locator('main, h1').first(), address).not.toBeEmpty({ timeout: patience });
    const ran = await page.evaluate(() => [
      (globalThis as { pwned?: number }).pwned ?? 0,
      document.querySelectorAll('img[src="x"], script:not([src])').length,
    ]);
    expect(ran, address).toEqual([0, 0]);
  }
  await context.close();
});
