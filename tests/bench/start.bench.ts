import { setTimeout } from 'node:timers/promises';
import { test } from '@playwright/test';
import { barePage, type BarePage } from './support/bare-page.ts';
import { joined, openBench, plans } from './support/bench-phone.ts';
import { median, report, time } from './support/measured.ts';

const runs = 7;
const settleMs = 3_000;
const targets = { Seed: 1000, Large: 2000 } as const;

for (const [place, name] of plans.entries()) {
  test(`cold offline start, ${name} plan`, async () => {
    const bench = await openBench(name);
    await joined(bench);
    await bench.server.kill();
    const took: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      await bench.browser.kill();
      const page = await barePage(bench.browser.profile);
      // the browser's own start is over: what is measured is the app's
      await setTimeout(settleMs);
      await page.send('Page.enable');
      await page.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${watchForNext.toString()})()` });
      await page.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await page.send('Page.navigate', { url: `${bench.server.origin}/now` });
      took.push(await interactiveAt(page));
      await page.kill();
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
      window.setTimeout(() => Object.assign(window, { interactiveAt: performance.now() }));
    });
  });
  look.observe(document, { childList: true, subtree: true });
}

async function interactiveAt(page: BarePage): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const at = await page.evaluate('window.interactiveAt');
    if (typeof at === 'number') return at;
    await setTimeout(200);
  }
  throw new Error('the next task never came');
}
