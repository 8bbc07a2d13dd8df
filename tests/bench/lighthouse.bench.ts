import { test } from '@playwright/test';
import lighthouse from 'lighthouse';
import { browserProcess } from '../e2e/support/browser-process.ts';
import { startRealServer } from '../e2e/support/real-server.ts';
import { median, report } from './support/measured.ts';

const runs = 3;
const categories = [
  { id: 'performance', title: 'performance', least: 95 },
  { id: 'accessibility', title: 'accessibility', least: 100 },
  { id: 'best-practices', title: 'best practices', least: 100 },
] as const;

test('Lighthouse, mobile', async () => {
  const server = await startRealServer();
  const browser = await browserProcess();
  await browser.start();
  const scores = new Map<string, number[]>(categories.map(({ id }) => [id, []]));
  for (let run = 0; run < runs; run += 1) {
    const result = await lighthouse(server.origin, {
      port: browser.port(),
      logLevel: 'error',
      onlyCategories: categories.map(({ id }) => id),
    });
    for (const { id } of categories) scores.get(id)?.push((result?.lhr.categories[id]?.score ?? 0) * 100);
  }
  await browser.remove();
  await server.remove();
  for (const [place, { id, title, least }] of categories.entries()) {
    const found = scores.get(id) ?? [];
    report({
      place: 70 + place,
      what: `Lighthouse, mobile, first opening: ${title}`,
      figure: median(found).toFixed(0),
      target: `≥ ${String(least)}`,
      met: median(found) >= least,
      of: `median of ${String(runs)} (${found.map((score) => score.toFixed(0)).join(', ')})`,
    });
  }
});
