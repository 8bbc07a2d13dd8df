import { newVapidKey } from '../../sync-server/vapid-key.ts';
import { openMailServer, textOf } from '../support/mail-server.ts';
import { sampleSubscription } from '../support/push-receiver.ts';
import { axeFaults } from './support/axe-faults.ts';
import { goTo, installed, joinByLink } from './support/phone.ts';
import { startRealServer } from './support/real-server.ts';
import { expect, test } from './support/test.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

/** As `npm run console -- vapid-key` makes one. */
const push = { VAPID_PRIVATE_KEY: newVapidKey(), VAPID_SUBJECT: 'mailto:admin@example.org' };

/** What a service worker has, and the types of a page lack. */
type WorkerParts = {
  readonly registration: ServiceWorkerRegistration;
  readonly NotificationEvent: new (name: string, about: { readonly notification: Notification }) => Event;
};

test('[REMIND-30] board, Remind, who gets what, a mail arrives, what came of it; the refused one is told apart', async ({
  phone,
}) => {
  test.slow();
  const mails = await openMailServer({ onRecipient: (to) => (to.startsWith('ben') ? '550 no such user' : '250 yes') });
  const server = await startRealServer({ more: { SMTP_URL: mails.url, MAIL_FROM: 'holdfast@example.org' } });
  const workspace = await fillWorkspace(server, await seedPlan());
  for (const [name, contacts] of [
    ['Ana', [{ type: 'email', value: 'ana@example.org', verifiedAt: null }]],
    ['Ben', [{ type: 'email', value: 'ben@example.org', verifiedAt: null }]],
    ['Cem', [{ type: 'phone', value: '+27 82 000 0000', verifiedAt: null }]],
  ] as const) {
    const { person } = await workspace.coordinator.invite(name, 'responder', ['it-specialists']);
    await workspace.coordinator.write([{ kind: 'person', key: person, value: { name, contacts } }]);
  }
  const lead = await phone();
  await joinByLink(lead, (await workspace.coordinator.invite('Lindi', 'coordinator')).url);
  await installed(lead);
  await lead.getByRole('link', { name: 'Open Now' }).click();
  await lead.goto(`${server.origin}/readiness`);
  await lead.getByRole('link', { name: 'Remind who is not ready' }).click();

  await expect(lead.getByRole('list', { name: 'Get a reminder' })).toContainText('Ana by e-mail: join with your code');
  await expect(lead.getByRole('list', { name: 'No way from here' })).toContainText('Cem');
  await lead.getByText(/^What \w+ gets$/).click();
  await expect(lead.getByText('1. Join with the code that your coordinator gave you.')).toBeVisible();
  expect(await axeFaults(lead)).toEqual([]);
  await lead.getByRole('button', { name: 'Remind 2 people' }).click();

  const came = lead.getByRole('list', { name: 'What came of it' });
  await expect(came.getByRole('listitem').filter({ hasText: 'Ana' })).toContainText('By e-mail: sent');
  await expect(came.getByRole('listitem').filter({ hasText: 'Ben' })).toContainText('refused the address');
  expect(await axeFaults(lead)).toEqual([]);
  const [mail, ...others] = mails.received;
  expect(others).toEqual([]);
  expect(mail?.to).toEqual(['ana@example.org']);
  expect(textOf(mail ?? { from: '', to: [], text: '' }).body).toContain(`${server.origin}/now`);

  await lead.getByRole('button', { name: 'Done' }).click();
  await expect(lead.getByRole('list', { name: 'Reminded within six hours' })).toContainText(/Ana.*reminded just now/);
  await lead.getByRole('link', { name: 'Readiness' }).first().click();
  await expect(
    lead
      .getByRole('list', { name: 'People and their phones' })
      .getByRole('link', { name: /^Ana: .*reminded just now/ }),
  ).toBeVisible();

  await server.kill();
  await lead.getByRole('link', { name: 'Remind who is not ready' }).click();
  await lead.getByRole('checkbox', { name: /all the same/ }).check();
  await lead.getByRole('button', { name: /^Remind \d people/ }).click();
  await expect(lead.getByText(/The server did not answer, and nothing was changed/)).toBeVisible();
  await server.start();
  await lead.getByRole('button', { name: 'Try again' }).click();
  await expect(came.getByRole('listitem').filter({ hasText: 'Ana' })).toContainText('reminded a short while ago');
  await server.remove();
  await mails.close();
});

test('[PUSH-10] a push shows a notification, and pressing it opens Now in the window that is open, without loading it anew', async ({
  browser,
  watched,
}) => {
  const server = await startRealServer({ more: push });
  const workspace = await fillWorkspace(server, await seedPlan());
  const context = await browser.newContext();
  await watched(context);
  await context.grantPermissions(['notifications'], { origin: server.origin });
  const ana = await context.newPage();
  await joinByLink(ana, (await workspace.coordinator.invite('Ana', 'responder', ['it-specialists'])).url);
  await installed(ana);
  await ana.getByRole('link', { name: 'Open Now' }).click();
  await goTo(ana, 'Log');
  await ana.evaluate(() => Object.assign(window, { untouched: true }));

  const cdp = await context.newCDPSession(ana);
  const registration = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations.filter(({ scopeURL }) => scopeURL.startsWith(server.origin));
      if (first !== undefined) resolve(first.registrationId);
    });
  });
  await cdp.send('ServiceWorker.enable');
  const registrationId = await registration;
  const data = JSON.stringify({ title: 'Your phone is not ready yet', body: 'Please read your card.' });
  await cdp.send('ServiceWorker.deliverPushMessage', { origin: server.origin, registrationId, data });
  const shown = () =>
    ana.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body }) => `${title}: ${body}`),
    );
  await expect.poll(shown).toEqual(['Your phone is not ready yet: Please read your card.']);

  const [worker] = context.serviceWorkers();
  await worker?.evaluate(async () => {
    const { registration: own, NotificationEvent } = self as unknown as WorkerParts;
    const [notification] = await own.getNotifications();
    if (notification === undefined) throw new Error('nothing is shown');
    const event = new NotificationEvent('notificationclick', { notification });
    // no finger pressed it, so the browser keeps the window where it is
    const pressed = new Promise((resolve) => {
      Object.defineProperty(event, 'waitUntil', {
        value: (work: Promise<unknown>) => resolve(work.catch(() => undefined)),
      });
    });
    self.dispatchEvent(event);
    await pressed;
  });
  await expect(ana).toHaveURL(`${server.origin}/now`);
  await expect(ana.getByRole('heading', { name: 'Ready' })).toBeVisible();
  expect(await ana.evaluate(() => 'untouched' in window)).toBe(true);
  expect(await shown()).toEqual([]);
  await context.close();
  await server.remove();
});

test('[PUSH-11] Settings offers notifications where the server sends them, asks by a press only, and says why it could not be', async ({
  browser,
}) => {
  const server = await startRealServer({ more: { ...push, PUSH_HOSTS: 'localhost:9' } });
  const workspace = await fillWorkspace(server, await seedPlan());
  // not watched: the browser complains that it has no push service in a context that leaves nothing behind
  const context = await browser.newContext();
  const ana = await context.newPage();
  await joinByLink(ana, (await workspace.coordinator.invite('Ana', 'coordinator')).url);
  await installed(ana);
  await ana.getByRole('link', { name: 'Open Now' }).click();
  const section = ana.getByRole('region', { name: 'Notifications' });
  const open = () => ana.goto(`${server.origin}/settings`);
  await open();
  await expect(section).toBeVisible();
  expect(await ana.evaluate(() => Notification.permission)).not.toBe('granted');
  await context.grantPermissions(['notifications'], { origin: server.origin });
  await open();
  // the browser of this test has no push service
  await section.getByRole('button', { name: 'Remind me by notification' }).click();
  await expect(section.getByText('Nothing was changed.')).toBeVisible();
  expect(await axeFaults(ana)).toEqual([]);

  // and is given one that takes nothing
  await ana.addInitScript((given) => {
    const taken = { ...given, toJSON: () => given, unsubscribe: () => Promise.resolve(true) };
    const held = () => Promise.resolve(sessionStorage.getItem('taken') === null ? null : taken);
    const subscribe = ({ applicationServerKey }: { readonly applicationServerKey: string }) => {
      sessionStorage.setItem('taken', applicationServerKey);
      return Promise.resolve(taken);
    };
    Object.assign(PushManager.prototype, { getSubscription: held, subscribe });
  }, sampleSubscription);
  await open();
  await section.getByRole('button', { name: 'Remind me by notification' }).click();
  await expect(section.getByText(/^This (phone|computer) is reminded by notification/)).toBeVisible();
  expect(await ana.evaluate(() => sessionStorage.getItem('taken'))).toMatch(/^B[\w-]{86}$/);
  await open();
  await expect(section.getByText(/^This (phone|computer) is reminded by notification/)).toBeVisible();
  expect(await axeFaults(ana)).toEqual([]);

  const lead = await browser.newContext();
  const other = await lead.newPage();
  await joinByLink(other, (await workspace.coordinator.invite('Lindi', 'coordinator')).url);
  await other.getByRole('link', { name: 'Open Now' }).click();
  await other.goto(`${server.origin}/readiness/remind`);
  await expect(other.getByRole('list', { name: 'Get a reminder' })).toContainText(/Ana by notification: /);
  await other.getByRole('button', { name: 'Remind 1 person' }).click();
  await expect(other.getByText(/By notification: not sent; the push service did not take it/)).toBeVisible();
  await lead.close();

  await section.getByRole('button', { name: 'Stop notifications' }).click();
  await expect(section.getByRole('button', { name: 'Remind me by notification' })).toBeVisible();
  await context.close();
  await server.remove();
});
