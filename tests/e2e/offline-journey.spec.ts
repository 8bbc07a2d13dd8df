import { enrolDevice } from './support/api-device.ts';
import { pdfPages, withoutSpace } from './support/pdf-pages.ts';
import { readySheets } from './support/ready-sheets.ts';
import {
  allSent,
  activateAs,
  findRow,
  firstPage,
  goTo,
  installed,
  inviteAs,
  joinByLink,
  taskRow,
  tick,
} from './support/phone.ts';
import { expect, test } from './support/test.ts';

test('[WALK-1] set up, invite, lose the server, work on, end a browser, come back, and agree', async ({
  server,
  phone,
  killable,
  watched,
}) => {
  const laptop = await phone();
  await joinByLink(laptop, server.setUpLink(), 'Nomsa');
  await laptop.getByRole('button', { name: 'Use the built-in plan' }).click();
  await expect(laptop.getByText('Plan published as version 1').first()).toBeVisible();
  await activateAs(laptop, 'Incident', 'Fire in the data centre');
  await allSent(laptop);

  const ben = await killable();
  const benBefore = await ben.start();
  await watched(benBefore);
  const benPage = await firstPage(benBefore);
  const carla = await phone();
  await joinByLink(benPage, await inviteAs(laptop, 'Ben'));
  await joinByLink(carla, await inviteAs(laptop, 'Carla'));
  for (const page of [benPage, carla]) {
    await page.getByRole('link', { name: 'Open Now' }).click();
    await goTo(page, 'Checklist');
    await expect(page.getByRole('list', { name: 'Tasks' })).toBeVisible();
    await installed(page);
  }

  await server.kill();
  await tick(benPage, 'CMD-01');
  await findRow(benPage, 'COM-01');
  await tick(benPage, 'COM-01');
  await tick(carla, 'CMD-01');
  await findRow(carla, 'SEC-01');
  await tick(carla, 'SEC-01');

  await ben.kill();
  const benAfter = await ben.start();
  await watched(benAfter);
  const again = await firstPage(benAfter);
  await again.goto(`${server.origin}/checklist`);
  await expect(taskRow(again, 'CMD-01')).toContainText(/done \d\d:\d\d/);
  await expect(await findRow(again, 'COM-01')).toContainText(/done \d\d:\d\d/);
  await expect(again.getByText(/Saved on this .* · 4 to send/)).toBeVisible();

  await server.start();
  await again.reload();
  await carla.reload();
  await Promise.all([allSent(again), allSent(carla)]);
  const dineo = await phone();
  await joinByLink(dineo, await inviteAs(laptop, 'Dineo'));
  await dineo.getByRole('link', { name: 'Open Now' }).click();
  await goTo(dineo, 'Checklist');
  const journal = await enrolDevice(server.origin, await inviteAs(laptop, 'Journal', 'coordinator'));
  const records = await journal.pull();
  const [incident] = [...records.values()].filter(({ kind }) => kind === 'incident');
  const reports = await journal.history('task', `${incident?.key ?? ''}/CMD-01`);
  expect(new Set(reports.map(({ author }) => author.device)).size).toBe(2);
  expect(records.get(`task/${incident?.key ?? ''}/SEC-01`)?.value).toMatchObject({ status: 'done' });
  for (const page of [again, carla, dineo, laptop]) {
    await page.goto(`${server.origin}/checklist`);
    for (const code of ['CMD-01', 'COM-01', 'SEC-01'])
      await expect(await findRow(page, code)).toContainText(/done \d\d:\d\d/);
  }

  await laptop.goto(`${server.origin}/print`);
  await laptop.getByRole('radio', { name: /^All \d+ roles/ }).check();
  const sheets = await readySheets(laptop);
  const printed = await pdfPages(await laptop.pdf({ preferCSSPageSize: true }));
  expect(printed).toHaveLength(sheets.length);
  for (const [place, { text }] of printed.entries()) {
    expect(text).toContain(withoutSpace((sheets[place] ?? '').replace(', page', ' · page')));
    expect(text).toContain(withoutSpace('Fire in the data centre'));
  }
});
