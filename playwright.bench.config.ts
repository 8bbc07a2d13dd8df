import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './scripts/find-browser.mjs';

/** Measurements: one after the other, nothing else running, no traces. */
export default defineConfig({
  testDir: 'tests/bench',
  testMatch: '**/*.bench.ts',
  outputDir: 'test-results/bench',
  workers: 1,
  timeout: 600_000,
  reporter: [['list']],
  use: {
    viewport: { width: 360, height: 740 },
    launchOptions: { executablePath: findBrowser(), args: browserArguments },
  },
});
