import { test } from '@playwright/test';
import { firstPage } from '../e2e/support/phone.ts';
import { joined, openBench, plans, slowDown } from './support/bench-phone.ts';
import { median, report, time } from './support/measured.ts';

const runs = 7;
const targets = { Seed: 1000, Large: 2000 } as const;

for (const [place, name] of plans.entries()) {
  test(`cold offline start, ${name} plan`, async () => {
    const bench = await openBench(name);
    await joined(bench);
    await bench.server.kill();
    const took: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      await bench.browser.kill();
      const page = await firstPage(await bench.browser.start());
      await slowDown(page, 4);
      await page.addInitScript(watchForNext);
      await page.goto(`${bench.server.origin}/now`);
      await page.waitForFunction(() => 'interactiveAt' in window);
      took.push(await page.evaluate(() => (window as unknown as { readonly interactiveAt: number }).interactiveAt));
    }
    await bench.end();
    const target = targets[name];
    report({
      place: 10 + place,
      what: `Cold offline start until the next task can be pressed, ${name}, 4x slowdown`,
      figure: time(median(took)),
      target: `≤ ${time(target)}`,
      met: median(took) <= target,
      of: `median of ${String(runs)} (${time(Math.min(...took))} to ${time(Math.max(...took))})`,
    });
  });
}

/** In the page: when the next task's button stands on the screen and the main thread is free to answer a press. */
function watchForNext(): void {
  const look = new MutationObserver(() => {
    const buttons = [...document.querySelectorAll('main button')];
    if (!buttons.some((button) => button.textContent === 'Mark done')) return;
    look.disconnect();
    requestAnimationFrame(() => {
      setTimeout(() => Object.assign(window, { interactiveAt: performance.now() }));
    });
  });
  look.observe(document, { childList: true, subtree: true });
}
