import { chromium } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installed } from './support/phone.ts';
import { expect, test } from './support/test.ts';

type Manifest = {
  readonly icons: readonly { readonly src: string; readonly purpose: string }[];
  readonly shortcuts: readonly { readonly name: string; readonly url: string }[];
  readonly screenshots: readonly { readonly src: string; readonly form_factor: string }[];
};

test('[INSTALL-1] the browser finds nothing against installing, and the manifest says all that systems ask for', async ({
  server,
  watched,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'holdfast-profile-'));
  // an ordinary context counts as a private window, where nothing can be installed
  const context = await chromium.launchPersistentContext(profile);
  await watched(context);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(server.origin);
  await installed(page);
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);

  const answer = await devtools.send('Page.getAppManifest');
  expect(answer.errors).toEqual([]);
  const manifest = JSON.parse(answer.data ?? '{}') as Manifest;
  expect(manifest.icons.filter(({ purpose }) => purpose === 'maskable').length).toBeGreaterThan(0);
  expect(manifest.shortcuts.map(({ name }) => name)).toEqual(['Now', 'Checklist', 'Print']);
  for (const { src } of [...manifest.icons, ...manifest.screenshots]) {
    const response = await fetch(new URL(src, server.origin));
    expect([src, response.status, response.headers.get('content-type')]).toEqual([src, 200, 'image/png']);
  }
  await context.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});
