import { test } from '@playwright/test';
import { firstPage } from '../e2e/support/phone.ts';
import { joined, openBench, slowDown } from './support/bench-phone.ts';
import { longestTask, traced, type Longest } from './support/main-thread.ts';
import { median, report, time } from './support/measured.ts';

/** How often the main thread was slowed, and how many times each is measured. */
const slowdowns = [
  { times: 1, runs: 3, place: 44 },
  { times: 4, runs: 1, place: 45 },
] as const;

test('34 role cards ready to print', async () => {
  const bench = await openBench('Large');
  await joined(bench);
  await bench.server.kill();
  for (const { times, runs, place } of slowdowns) {
    const took: number[] = [];
    const longest: Longest[] = [];
    let pages = 0;
    for (let run = 0; run < runs; run += 1) {
      await bench.browser.kill();
      const page = await firstPage(await bench.browser.start());
      await page.goto(`${bench.server.origin}/print`);
      await page.waitForFunction(isReady, null, { polling: 200 });
      const devtools = await slowDown(page, times);
      const events = await traced(devtools, async () => took.push(await page.evaluate(chooseAll)));
      longest.push(longestTask(events));
      pages = await page.evaluate(() => document.querySelectorAll('[data-sheet]').length);
    }
    const words = times === 1 ? '' : `, ${String(times)}x slowdown`;
    report({
      place,
      what: `From “All 34 roles” until all role cards are ready to print, Large${words}`,
      figure: `${time(median(took))}; longest main-thread task ${time(median(longest.map(({ wall }) => wall)))}`,
      target: times === 1 ? '≤ 10 s' : null,
      met: times === 1 ? median(took) <= 10_000 : null,
      of: `${runs === 1 ? 'once' : `median of ${String(runs)}`} (${took.map(time).join(', ')}), ${String(pages)} pages`,
    });
  }
  await bench.end();
});

/** In the page: whether the screen says how many pages are ready. */
function isReady(): boolean {
  return [...document.querySelectorAll('[role="status"]')].some((each) => (each.textContent ?? '').endsWith(' ready'));
}

/** In the page: chooses the cards of all roles; gives the milliseconds until the screen says that they are ready. */
async function chooseAll(): Promise<number> {
  const all = [...document.querySelectorAll('label')].find((each) => /^All \d+ roles/.test(each.textContent ?? ''));
  const status = [...document.querySelectorAll('[role="status"]')].find((each) =>
    (each.textContent ?? '').endsWith(' ready'),
  );
  if (all === undefined || status === undefined) throw new Error('not the print screen');
  const began = performance.now();
  return new Promise((resolve) => {
    let isSetting = false;
    const look = new MutationObserver(() => {
      const words = status.textContent ?? '';
      if (words.startsWith('Setting')) isSetting = true;
      if (!isSetting || !words.endsWith(' ready')) return;
      look.disconnect();
      resolve(performance.now() - began);
    });
    look.observe(status, { childList: true, subtree: true, characterData: true });
    all.click();
  });
}
