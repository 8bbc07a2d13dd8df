import { defineConfig, devices } from '@playwright/test';
import { browserArguments, findBrowser } from './scripts/find-browser.mjs';

/** The browser suite against the built app. Every test starts its own server; the phone comes first. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  // ends what hangs; a loaded machine must not fail a test that would pass
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/counts/e2e.json' }]],
  use: {
    // a trace of every step costs more than the tests themselves: HOLDFAST_TRACE=1 records one
    trace: process.env['HOLDFAST_TRACE'] === undefined ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'Africa/Johannesburg',
    launchOptions: { executablePath: findBrowser(), args: browserArguments },
  },
  projects: [
    {
      name: 'phone',
      testIgnore: '**/*.desktop.spec.ts',
      use: { ...devices['Pixel 7'], viewport: { width: 360, height: 740 } },
    },
    {
      name: 'desktop',
      testMatch: '**/*.desktop.spec.ts',
      use: { viewport: { width: 1280, height: 800 } },
    },
  ],
});
