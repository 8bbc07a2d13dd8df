import { openMailServer, textOf } from '../support/mail-server.ts';
import { axeFaults } from './support/axe-faults.ts';
import { installed, joinByLink } from './support/phone.ts';
import { startRealServer } from './support/real-server.ts';
import { expect, test } from './support/test.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

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
