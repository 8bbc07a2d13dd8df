import type { Page } from '@playwright/test';
import { axeFaults } from './support/axe-faults.ts';
import { pdfPages, withoutSpace } from './support/pdf-pages.ts';
import { joinByLink } from './support/phone.ts';
import { pointCamera, withCamera } from './support/pointed-camera.ts';
import { readySheets } from './support/ready-sheets.ts';
import { expect, test } from './support/test.ts';
import { fillWorkspace, seedPlan } from './support/workspace.ts';

const list = [
  'Name;Access;Roles',
  'Ana Lind;responder;IT Specialists',
  'Ben Okoro;observer;',
  'PayExample engineer;vendor;',
].join('\n');

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const codeOf = (text: string) => /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(text)?.[0] ?? '';

test('[INVITE-20] three are invited from a list; they join by link, by camera and by radio; a withdrawn code lets nobody in', async ({
  server,
  phone,
}) => {
  test.setTimeout(480_000);
  const workspace = await fillWorkspace(server, await seedPlan());
  const lead = await phone();
  await joinByLink(lead, (await workspace.coordinator.invite('Thandi M.', 'coordinator')).url);
  await expect(lead.getByRole('link', { name: 'Open Now' })).toBeVisible();

  await lead.goto(`${server.origin}/people/invite-several`);
  await lead.getByLabel('Names, access and roles').fill(list);
  await lead.getByRole('button', { name: 'Check the list' }).click();
  await expect(lead.getByText('1 row can’t be invited yet.')).toBeVisible();
  await expect(card(lead, 'PayExample engineer')).toContainText('give at least one role');
  expect(await axeFaults(lead)).toEqual([]);
  await card(lead, 'PayExample engineer').getByRole('button', { name: 'Edit' }).click();
  await card(lead, 'PayExample engineer').getByLabel('Roles').fill('Payment Vendor');
  await expect(lead.getByText('All 3 rows can be invited.')).toBeVisible();
  await lead.getByRole('button', { name: 'Make 3 codes' }).click();
  await expect(lead.getByRole('heading', { name: '3 codes made' })).toBeVisible();
  expect(await axeFaults(lead)).toEqual([]);

  const ana = await phone();
  const anaLink = await card(lead, 'Ana Lind').getByText(`${server.origin}/join#`).innerText();
  await ana.goto(anaLink);
  await expect(ana.getByLabel('Code')).toHaveValue(codeOf(anaLink));
  // [SEC-1] the secret is gone from the address before anything else is done with it
  await expect(ana).toHaveURL(`${server.origin}/join`);
  await ana.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(ana.getByText('Responder · IT Specialists')).toBeVisible();

  const ben = await phone();
  await withCamera(ben);
  await ben.goto(`${server.origin}/join`);
  await ben.getByRole('button', { name: 'Scan a code' }).click();
  await expect(ben.getByText('Hold the camera over the code')).toBeVisible();
  const seen = ben.getByRole('dialog', { name: 'Scan a code' });
  await ana.goto(`${server.origin}/print`);
  await readySheets(ana);
  const isKnown = () => seen.getByText('This is a role card’s code').isVisible();
  await pointCamera(ben, ana.locator('[data-qr*="/r/"]').first(), isKnown);
  await card(lead, 'Ben Okoro').getByRole('button', { name: 'QR code' }).click();
  await pointCamera(ben, card(lead, 'Ben Okoro').getByRole('img'), async () => !(await seen.isVisible()));
  await expect(ben.getByLabel('Code')).toHaveValue(codeOf(await card(lead, 'Ben Okoro').innerText()));
  await ben.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(ben.getByText('Observer')).toBeVisible();

  const vendorCode = codeOf(await card(lead, 'PayExample engineer').innerText());
  await lead.getByRole('link', { name: 'All invites' }).click();
  await expect(lead.getByRole('region', { name: 'Invite of Ana Lind' })).toContainText('Used');
  const vendor = lead.getByRole('region', { name: 'Invite of PayExample engineer' });
  await vendor.getByRole('button', { name: 'Withdraw…' }).click();
  await lead.getByRole('button', { name: 'Withdraw it' }).click();
  await expect(vendor).toContainText('Withdrawn');
  expect(await axeFaults(lead)).toEqual([]);
  const late = await phone();
  await late.goto(`${server.origin}/join#${vendorCode}`);
  await late.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(late.getByText('The server does not take this code.')).toBeVisible();

  await lead.goto(`${server.origin}/people/invite`);
  await lead.getByLabel('Who', { exact: true }).selectOption('PayExample engineer');
  await lead.getByRole('radio', { name: /^Said over the radio/ }).check();
  await lead.getByRole('button', { name: 'Make the code' }).click();
  await expect(lead.getByRole('timer')).toContainText(/^(10:00|9:\d\d) left/);
  expect(await axeFaults(lead)).toEqual([]);
  const groups = await lead
    .getByRole('region', { name: 'Radio code' })
    .getByRole('listitem')
    .locator('strong')
    .allInnerTexts();
  expect(groups).toHaveLength(3);
  await late.getByLabel('Code').fill(groups.join(' ').toLowerCase());
  await late.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(late.getByText('Vendor · Payment Vendor')).toBeVisible();
});

for (const format of ['A4', 'Letter'] as const) {
  test(`[INVITE-21] join sheets on ${format} hold name, link, code and steps of everybody, and nothing of the screen`, async ({
    server,
    phone,
  }) => {
    const workspace = await fillWorkspace(server, await seedPlan());
    const lead = await phone();
    await joinByLink(lead, (await workspace.coordinator.invite('Thandi M.', 'coordinator')).url);
    await expect(lead.getByRole('link', { name: 'Open Now' })).toBeVisible();
    // the browser's own dialog would hold the page
    await lead.addInitScript(() => {
      window.print = () => undefined;
    });
    await lead.goto(`${server.origin}/people/invite-several`);
    await lead.getByLabel('Names, access and roles').fill('Ana Lind\nBen Okoro, observer\nCleo N., responder, Support');
    await lead.getByRole('button', { name: 'Check the list' }).click();
    await card(lead, 'Cleo N.').getByRole('button', { name: 'Take out' }).click();
    await lead.getByRole('button', { name: 'Make 2 codes' }).click();
    await expect(lead.getByRole('heading', { name: '2 codes made' })).toBeVisible();
    const codes = await Promise.all(
      ['Ana Lind', 'Ben Okoro'].map(async (name) => codeOf(await card(lead, name).innerText())),
    );
    await lead.getByRole('button', { name: 'Print join sheets' }).click();
    await expect(lead.locator('[data-join-sheets] svg')).toHaveCount(2);
    const pages = await pdfPages(await lead.pdf({ format, preferCSSPageSize: false }));
    const text = pages.map((page) => page.text).join('');
    for (const [place, name] of ['Ana Lind', 'Ben Okoro'].entries()) {
      const code = codes[place] ?? '';
      expect(text).toContain(withoutSpace(name));
      expect(text).toContain(`/join#${code}`);
      expect(text.split(code)).toHaveLength(3);
    }
    for (const words of ['Android', 'iPhone, iPad', 'Computer', 'Works once', 'Add to Home Screen'])
      expect(text).toContain(withoutSpace(words));
    expect(text).not.toContain(withoutSpace('Print join sheets'));
    expect(pages).toHaveLength(1);
  });
}
