import { defineConfig } from 'vitest/config';

const project = (
  name: string,
  environment: 'node' | 'jsdom',
  folders: readonly string[],
  setupFiles: string[] = [],
  globalSetup: string[] = [],
) => ({
  extends: true as const,
  test: {
    name,
    environment,
    setupFiles,
    globalSetup,
    include: folders.map((folder) => `tests/${folder}/**/*.test.{ts,tsx}`),
  },
});

export default defineConfig({
  test: {
    restoreMocks: true,
    unstubGlobals: true,
    // a machine that does other things at the same time is no reason to fail
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      project('domain', 'node', ['domain', 'simulation']),
      project('storage', 'node', ['storage'], ['fake-indexeddb/auto']),
      project('sync', 'node', ['sync'], ['fake-indexeddb/auto']),
      project('features', 'jsdom', ['ui', 'parts', 'features', 'app'], ['tests/support/dom-setup.ts']),
      project('server', 'node', ['sync-server'], [], ['tests/support/postgres-setup.ts']),
      project('scripts', 'node', ['scripts']),
    ],
  },
});
