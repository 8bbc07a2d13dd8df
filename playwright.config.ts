import { defineConfig, devices } from '@playwright/test';
import { browserArguments, findBrowser } from './scripts/find-browser.mjs';

/** The browser suite against the built app. Every test starts its own server; the phone comes first. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  fullyParallel: false,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/counts/e2e.json' }]],
  use: {
    trace: 'retain-on-failure',
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
