import { test, type Page } from '@playwright/test';
import { goTo } from '../e2e/support/phone.ts';
import { joined, openBench, plans } from './support/bench-phone.ts';
import { percentile, report, time } from './support/measured.ts';
import { noteWrites, tickMany } from './support/ticking.ts';

/** Sealed with a passphrase too, on the plan that most have. */
const phones = [
  ...plans.map((name, at) => ({ name, sealed: false, place: 20 + at })),
  { name: 'Seed', sealed: true, place: 22 },
] as const;

const many = { Seed: 60, Large: 120 } as const;

/** Ms between presses: nobody ticks faster, and a machine that rests between them is slower at each. */
const asAPerson = 900;

for (const { name, sealed, place } of phones) {
  test(`tick to durable, ${name} plan${sealed ? ', sealed' : ''}`, async () => {
    const bench = await openBench(name);
    const page = await joined(bench);
    if (sealed) await seal(page);
    await bench.server.kill();
    await noteWrites(page);
    if (sealed) await givePassphrase(page, 'Open');
    await goTo(page, 'Checklist');
    await tickMany(page, 3, 1, asAPerson);
    const { ticks, screens, puts } = await tickMany(page, many[name], 2, asAPerson);
    await bench.end();
    const [tick50, tick95] = [percentile(ticks, 0.5), percentile(ticks, 0.95)];
    const [put50, put95] = [percentile(puts, 0.5), percentile(puts, 0.95)];
    const [screen50, screen95] = [percentile(screens, 0.5), percentile(screens, 0.95)];
    const ratio = tick95 / put95;
    report({
      place,
      what: `Press to durable (record, log entry, outbox and clock in one transaction), ${name}${sealed ? ', sealed with a passphrase' : ''}`,
      figure: `p50 ${time(tick50)}, p95 ${time(tick95)}; a bare strict put of the same run: p50 ${time(put50)}, p95 ${time(put95)}; p95 ratio ${ratio.toFixed(1)}; said on the screen: p50 ${time(screen50)}, p95 ${time(screen95)}`,
      target: sealed ? null : 'p95 ≤ 2x the bare put',
      met: sealed ? null : ratio <= 2,
      of: `${String(ticks.length)} ticks, ${String(puts.length)} puts, in turn`,
    });
  });
}

const passphrase = 'five grey herons at noon';

/** Turns encryption on, as a person does. */
async function seal(page: Page): Promise<void> {
  await page.goto(new URL('/settings', page.url()).href);
  await page.getByRole('button', { name: 'Encrypt with a passphrase…' }).click();
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('The same again').fill(passphrase);
  await page.getByLabel('I know that nobody can recover this passphrase').check();
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click();
  await givePassphrase(page, 'Encrypt and open');
}

async function givePassphrase(page: Page, button: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
}
