import { test } from '@playwright/test';
import { goTo } from '../e2e/support/phone.ts';
import { joined, openBench, plans } from './support/bench-phone.ts';
import { percentile, report, time } from './support/measured.ts';
import { noteWrites, tickMany } from './support/ticking.ts';

const many = { Seed: 60, Large: 120 } as const;

/** Ms between presses: nobody ticks faster, and a machine that rests between them is slower at each. */
const asAPerson = 900;

for (const [place, name] of plans.entries()) {
  test(`tick to durable, ${name} plan`, async () => {
    const bench = await openBench(name);
    const page = await joined(bench);
    await bench.server.kill();
    await noteWrites(page);
    await goTo(page, 'Checklist');
    await tickMany(page, 3, 1, asAPerson);
    const { ticks, screens, puts } = await tickMany(page, many[name], 2, asAPerson);
    await bench.end();
    const [tick50, tick95] = [percentile(ticks, 0.5), percentile(ticks, 0.95)];
    const [put50, put95] = [percentile(puts, 0.5), percentile(puts, 0.95)];
    const [screen50, screen95] = [percentile(screens, 0.5), percentile(screens, 0.95)];
    const ratio = tick95 / put95;
    report({
      place: 20 + place,
      what: `Press to durable (record, log entry, outbox and clock in one transaction), ${name}`,
      figure: `p50 ${time(tick50)}, p95 ${time(tick95)}; a bare strict put of the same run: p50 ${time(put50)}, p95 ${time(put95)}; p95 ratio ${ratio.toFixed(1)}; said on the screen: p50 ${time(screen50)}, p95 ${time(screen95)}`,
      target: 'p95 ≤ 2x the bare put',
      met: ratio <= 2,
      of: `${String(ticks.length)} ticks, ${String(puts.length)} puts, in turn`,
    });
  });
}
