import type { Page } from '@playwright/test';
import { activateAs, allSent, goTo, inviteAs, installed, joinByLink, taskRow, tick } from './support/phone.ts';
import { expect, test } from './support/test.ts';

/*
 * Background Sync as Chromium has it: a write that could not be sent leaves a registration behind, and when the browser wakes the
 * service worker, it empties the outbox with no page open (protocol.md; src/sw/empty-outbox.ts).
 */

const tag = 'holdfast-outbox';

/** Tags that wait for a network, as the browser keeps them. */
async function waitingTags(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { sync } = (await navigator.serviceWorker.ready) as ServiceWorkerRegistration & {
      readonly sync: { getTags(): Promise<string[]> };
    };
    return sync.getTags();
  });
}

test('[BG-1] what was written offline is sent by the service worker, with no page of the app open', async ({
  server,
  page,
  context,
  phone,
}) => {
  await joinByLink(page, server.setUpLink(), 'Ana');
  await installed(page);
  await page.getByRole('button', { name: 'Use the built-in plan' }).click();
  await expect(page.getByRole('link', { name: 'Open Now' })).toBeVisible();
  await allSent(page);
  await activateAs(page, 'Incident', 'Warehouse fire');
  await allSent(page);
  const invitation = await inviteAs(page, 'Ben', 'coordinator');
  await allSent(page);

  await server.kill();
  await goTo(page, 'Checklist');
  await tick(page, 'CMD-01');
  await expect(page.getByText(/Saved on this phone .* to send/)).toBeVisible();
  await expect.poll(() => waitingTags(page)).toContain(tag);

  // the app is closed; what stays of it in this browser is the service worker
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(server.origin));
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.disable');
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  await page.goto('about:blank');
  await server.start();
  const origin = server.origin;
  await expect(async () => {
    await session.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag, lastChance: false });
    expect(server.log()).toMatch(/\/api\/sync/);
  }).toPass({ timeout: 30_000 });

  const other = await phone();
  await joinByLink(other, invitation);
  await other.goto(`${origin}/checklist`);
  await expect(taskRow(other, 'CMD-01')).toContainText(/done \d\d:\d\d/, { timeout: 30_000 });
});
