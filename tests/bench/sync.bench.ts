import { expect, test } from '@playwright/test';
import { firstPage, goTo, joinByLink } from '../e2e/support/phone.ts';
import { joined, openBench } from './support/bench-phone.ts';
import { median, report, time } from './support/measured.ts';
import { noteWrites, tickMany } from './support/ticking.ts';

const runs = 3;

test('sync of 1,000 queued changes', async () => {
  test.setTimeout(1_800_000);
  const bench = await openBench('Large');
  const page = await joined(bench);
  await noteWrites(page);
  await goTo(page, 'Checklist');
  const took: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await bench.server.kill();
    // each tick is two changes: the task and its log entry
    await tickMany(page, 500, 0, 0);
    await expect(page.getByText(/ 1000 to send/)).toBeVisible();
    await bench.server.start();
    const began = performance.now();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText(/^All sent/).waitFor({ timeout: 300_000 });
    took.push(performance.now() - began);
  }
  await bench.end();
  report({
    place: 30,
    what: '1,000 queued changes, from the network’s return to “All sent”, Large',
    figure: time(median(took)),
    target: null,
    met: null,
    of: `median of ${String(runs)} (${took.map(time).join(', ')})`,
  });
});

test('first sync of the Large plan on a new phone', async () => {
  const bench = await openBench('Large');
  const took: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { url } = await bench.workspace.coordinator.invite(`Guest ${String(run)}`, 'responder', ['database-team']);
    const page = await firstPage(await bench.browser.start());
    await page.goto(url);
    await page.getByRole('button', { name: 'Join', exact: true }).waitFor();
    const began = performance.now();
    await joinByLink(page, url);
    await page.getByRole('link', { name: 'Open Now' }).click();
    await page.getByRole('heading', { name: 'Next for you' }).waitFor();
    took.push(performance.now() - began);
    await bench.browser.remove();
  }
  await bench.end();
  report({
    place: 31,
    what: 'First sync on a new phone, from “Join” to the next task on the screen, Large',
    figure: time(median(took)),
    target: null,
    met: null,
    of: `median of ${String(runs)} (${took.map(time).join(', ')})`,
  });
});
