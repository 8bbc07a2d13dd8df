import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { browserProcess, type BrowserProcess } from './browser-process.ts';
import { watchFaults, type Faults } from './faults.ts';
import { startRealServer, type RealServer } from './real-server.ts';

type Parts = {
  /** A server of this test's own; killed and deleted after it. */
  readonly server: RealServer;
  /** Opens further phones, each with a storage of its own. */
  readonly phone: (options?: BrowserContextOptions) => Promise<Page>;
  /** Browsers that may be killed and started again from their profile. */
  readonly killable: () => Promise<BrowserProcess>;
  /** Fails the test on anything its pages complain about. */
  readonly watched: (context: BrowserContext) => Promise<void>;
};

/** The suite's own test: a real server each, real phones, and no complaint of any page goes unseen. */
export const test = base.extend<Parts>({
  server: async ({ browserName: _ }, use) => {
    const server = await startRealServer();
    await use(server);
    await server.remove();
  },
  watched: async ({ browserName: _ }, use) => {
    const faults: Faults[] = [];
    await use(async (context) => {
      faults.push(await watchFaults(context));
    });
    expect(faults.flatMap((each) => each.all())).toEqual([]);
  },
  context: async ({ context, watched }, use) => {
    await watched(context);
    await use(context);
  },
  phone: async ({ browser, watched }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      await watched(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((each) => each.close()));
  },
  killable: async ({ browserName: _ }, use) => {
    const opened: BrowserProcess[] = [];
    await use(async () => {
      const browser = await browserProcess();
      opened.push(browser);
      return browser;
    });
    await Promise.all(opened.map((each) => each.remove()));
  },
});

export { expect };
