import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { eachRound, roundsTimeout, tellFigures } from '../support/rounds.ts';
import { seededNumbers } from '../support/seeded-random.ts';
import { enrolDevice } from './support/api-device.ts';
import { allSent, firstPage, inviteAs, startAlone } from './support/phone.ts';
import { pressStep, stepsSaid, type StepsSaid } from './support/press-step.ts';
import { expect, test } from './support/test.ts';

const task = 'TEC-03';
const steps = 5;

/** Presses one step after the other until the browser is gone; gives what was last said, and the press that got no answer. */
async function pressUntilKilled(page: Page, below: (n: number) => number, first: StepsSaid) {
  let said = first;
  let presses = 0;
  for (;;) {
    const place = below(steps);
    try {
      said = await page.evaluate(pressStep, place);
      presses += 1;
    } catch {
      return { said, open: place, presses };
    }
  }
}

function toggled(said: StepsSaid, place: number | null): StepsSaid {
  return said.map((done, at) => (at === place ? !done : done));
}

test('[REL-40] [REL-27] the browser is killed while somebody ticks, again and again: what the screen called saved is there', async ({
  server,
  killable,
  watched,
}) => {
  test.setTimeout(roundsTimeout);
  const browser = await killable();
  const before = await browser.start();
  await watched(before);
  await startAlone(await firstPage(before), server.origin, 'Ana');
  await browser.kill();
  await server.kill();

  let said: StepsSaid = Array.from({ length: steps }, () => false);
  let open: number | null = null;
  const counts = { 'ticks called saved': 0, 'ticks cut off': 0, 'of these on disk': 0 };
  const startAgain = async (): Promise<Page> => {
    const context = await browser.start();
    const page = await firstPage(context);
    await page.goto(`${server.origin}/checklist/${task}`);
    await expect(page.locator('[data-opened] input[type="checkbox"]')).toHaveCount(steps);
    const found = await page.evaluate(stepsSaid);
    // a press that got no answer may have reached the disk, or not; everything else is as it was said
    expect([said, toggled(said, open)]).toContainEqual(found);
    counts['of these on disk'] += open !== null && found[open] !== said[open] ? 1 : 0;
    said = found;
    return page;
  };

  await eachRound('browser killed', async (seed) => {
    const below = seededNumbers(seed);
    const page = await startAgain();
    const pressing = pressUntilKilled(page, below, said);
    await wait(30 + seededNumbers(seed + 1_000_000)(500));
    await browser.kill();
    const done = await pressing;
    ({ said, open } = done);
    counts['ticks called saved'] += done.presses;
    counts['ticks cut off'] += 1;
  });

  const page = await startAgain();
  await server.start();
  await page.goto(server.setUpLink());
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('heading', { name: /^You are in/ })).toBeVisible();
  await allSent(page);
  const journal = await enrolDevice(server.origin, await inviteAs(page, 'Journal', 'coordinator'));
  const records = [...(await journal.pull()).values()].filter(({ kind, key }) => kind === 'step' && key.includes(task));
  const held = said.map((_, at) =>
    records.some(({ key, value }) => key.endsWith(`/${String(at + 1)}`) && (value as { done: boolean }).done),
  );
  expect(held).toEqual(said);
  const histories = await Promise.all(records.map(({ kind, key }) => journal.history(kind, key)));
  const entries = histories.flat();
  expect(new Set(entries.map(({ change }) => change.id)).size).toBe(entries.length);
  expect(entries).toHaveLength(counts['ticks called saved'] + counts['of these on disk']);
  tellFigures('browser killed', counts);
});
