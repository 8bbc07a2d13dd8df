import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './scripts/find-browser.mjs';

/** `npm run screenshots`: the pictures of the README and of the manifest, from the built app and a real server. */
export default defineConfig({
  testDir: 'tests/screenshots',
  testMatch: '**/*.shots.ts',
  outputDir: 'test-results/screenshots',
  workers: 1,
  timeout: 180_000,
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'Africa/Johannesburg',
    launchOptions: { executablePath: findBrowser(), args: browserArguments },
  },
});
