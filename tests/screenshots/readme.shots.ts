import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import type { IncidentMode } from '../../src/domain/incident/incident.ts';
import { allSent, joinByLink } from '../e2e/support/phone.ts';
import { readySheets } from '../e2e/support/ready-sheets.ts';
import { startRealServer, type RealServer } from '../e2e/support/real-server.ts';
import { fillWorkspace, seedPlan, type Workspace } from '../e2e/support/workspace.ts';
import { ago, reportNight } from './night-of-work.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const forReadme = `${root}docs/screenshots`;
/** What an installing system shows; not part of the precache. */
const forManifest = `${root}public/screenshots`;

const narrow: BrowserContextOptions = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true };
const wide: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 };

test.beforeAll(async () => {
  for (const folder of [forReadme, forManifest]) await mkdir(folder, { recursive: true });
});

test('an incident, six hours in', async ({ browser }) => {
  const { server, workspace } = await workUnderWay('incident', 'Warehouse fire, Durban');
  const phone = await joined(browser, server, workspace, narrow, 'Thandi M.');
  await shoot(phone, '/now', `${forReadme}/now.png`, `${forManifest}/phone-now.png`);
  await shoot(phone, '/timeline', `${forReadme}/timeline.png`, `${forManifest}/phone-timeline.png`);
  const laptop = await joined(browser, server, workspace, wide, 'Nomsa D.');
  await shoot(laptop, '/now', `${forReadme}/wide-now.png`, `${forManifest}/wide-now.png`);
  await shootCard(laptop, `${forReadme}/role-card.png`);
  await server.remove();
});

test('an exercise', async ({ browser }) => {
  const { server, workspace } = await workUnderWay('exercise', 'Loss of the data centre');
  const phone = await joined(browser, server, workspace, narrow, 'Thandi M.');
  await shoot(phone, '/checklist', `${forReadme}/checklist.png`, `${forManifest}/phone-checklist.png`);
  await server.remove();
});

async function workUnderWay(mode: IncidentMode, title: string) {
  const server = await startRealServer();
  const workspace = await fillWorkspace(server, await seedPlan());
  const incident = await workspace.activate(mode, title, ago);
  await reportNight(workspace, incident, workspace.coordinator.person);
  return { server, workspace };
}

async function joined(
  browser: Browser,
  server: RealServer,
  { coordinator }: Workspace,
  options: BrowserContextOptions,
  name: string,
): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  const { url } = await coordinator.invite(name, 'responder', ['it-specialists']);
  await joinByLink(page, url);
  await page.goto(`${server.origin}/now`);
  await allSent(page);
  return page;
}

async function shoot(page: Page, address: string, ...files: readonly string[]): Promise<void> {
  await page.goto(new URL(address, page.url()).href);
  await allSent(page);
  // loaded after the first screen stands
  if (address === '/now') await page.getByText('Systems', { exact: true }).waitFor();
  await page.evaluate(() => document.fonts.ready);
  for (const path of files) await page.screenshot({ path, animations: 'disabled' });
}

/** The first page of the person's own role card, as it comes out of the printer. */
async function shootCard(page: Page, path: string): Promise<void> {
  await page.goto(new URL('/print', page.url()).href);
  await readySheets(page);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 720, height: 1100 });
  await page.getByRole('article').first().screenshot({ path });
}
