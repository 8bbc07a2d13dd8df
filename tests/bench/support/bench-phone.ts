import type { CDPSession, Page } from '@playwright/test';
import { browserProcess, type BrowserProcess } from '../../e2e/support/browser-process.ts';
import { firstPage, installed, joinByLink } from '../../e2e/support/phone.ts';
import { startRealServer, type RealServer } from '../../e2e/support/real-server.ts';
import { fillWorkspace, seedPlan, type Workspace } from '../../e2e/support/workspace.ts';
import type { PublishedPlan } from '../../../src/domain/plan/plan-item.ts';
import { generatedPlan } from '../../support/large-plan.ts';

export const plans = ['Seed', 'Large'] as const;
export type PlanName = (typeof plans)[number];

/** The role whose phone is measured: one with a task that can be started at once. */
const roles: Readonly<Record<PlanName, string>> = { Seed: 'recovery-coordinator', Large: 'network-team' };

export type Bench = {
  readonly server: RealServer;
  readonly browser: BrowserProcess;
  readonly workspace: Workspace;
  /** A code for the phone that is measured. */
  readonly link: string;
  readonly end: () => Promise<void>;
};

/** A server with the plan published and activated, and a browser that has not joined yet. */
export async function openBench(name: PlanName): Promise<Bench> {
  const server = await startRealServer();
  const plan: PublishedPlan = name === 'Seed' ? await seedPlan() : generatedPlan('large');
  const workspace = await fillWorkspace(server, plan);
  await workspace.activate('exercise', 'Measured exercise');
  const { url } = await workspace.coordinator.invite('Ben', 'responder', [roles[name]]);
  const browser = await browserProcess();
  const end = async () => {
    await browser.remove();
    await server.remove();
  };
  return { server, browser, workspace, link: url, end };
}

/** Joins, and waits until the app is installed and the plan is on the phone. */
export async function joined({ browser, link }: Bench): Promise<Page> {
  const page = await firstPage(await browser.start());
  await joinByLink(page, link);
  await page.getByRole('link', { name: 'Open Now' }).click();
  await page.getByRole('heading', { name: 'Next for you' }).waitFor();
  await installed(page);
  return page;
}

/** Slows the page's main thread as a cheap phone would. */
export async function slowDown(page: Page, times: number): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: times });
  return devtools;
}
