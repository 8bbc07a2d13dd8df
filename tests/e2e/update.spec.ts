import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { goTo, installed, startAlone } from './support/phone.ts';
import { startRealServer } from './support/real-server.ts';
import { expect, test } from './support/test.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('[SW-2] a new build is offered, never forced, not while somebody types, and old tabs keep all their parts', async ({
  page,
  context,
}) => {
  const copy = await copyOfProduct();
  const server = await startRealServer({ root: copy });
  try {
    await startAlone(page, server.origin, 'Ana');
    const old = await context.newPage();
    await old.goto(`${server.origin}/now`);
    await expect(old.getByRole('heading').first()).toBeVisible();
    const before = await assetsOf(copy);

    await page.goto(`${server.origin}/activate`);
    await page.getByLabel('Title').fill('Half a title');
    await publishAnother(copy, 'second');
    await waitsFor(page);
    await expect(page.getByText('Update ready.')).toBeHidden();
    await expect(page.getByLabel('Title')).toHaveValue('Half a title');

    await page.getByLabel('Title').fill('');
    await page.getByLabel('Title').blur();
    await expect(page.getByText('Update ready.')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.dataset['build'])).toBeUndefined();
    await page.getByRole('button', { name: 'Update now' }).click();
    await expect(page.locator('html[data-build="second"]')).toBeAttached();

    // the other tab still runs the first build; its lazy parts come although another build rules now, with or without a server
    await expect(old.getByText('Update ready.')).toBeVisible();
    for (const asset of before) expect((await fetch(`${server.origin}/assets/${asset}`)).status, asset).toBe(200);
    await server.kill();
    await goTo(old, 'Log');
    await expect(old.getByRole('heading', { name: 'Log' })).toBeVisible();
    await old.getByRole('button', { name: 'Update now' }).click();
    await expect(old.locator('html[data-build="second"]')).toBeAttached();
    await expect(old.getByRole('heading', { name: 'Log' })).toBeVisible();
  } finally {
    await server.remove();
    await rm(copy, { recursive: true, force: true });
  }
});

test('[REL-35] three deploys under an open tab cost no half-typed text and no part of the app', async ({
  page,
  context,
}) => {
  // three builds
  test.slow();
  const copy = await copyOfProduct();
  const server = await startRealServer({ root: copy });
  try {
    await startAlone(page, server.origin, 'Ana');
    const other = await context.newPage();
    await other.goto(`${server.origin}/now`);
    await expect(other.getByRole('heading').first()).toBeVisible();

    await page.goto(`${server.origin}/draft/task/IT-01`);
    const title = page.getByLabel('Title');
    await title.pressSequentially(', half');
    const typed = await title.inputValue();
    for (const build of ['second', 'third', 'fourth']) {
      await publishAnother(copy, build);
      await waitsFor(page);
      // a colleague's press in the other tab gives every tab's service worker away, and this page stays as it is
      await other.getByRole('button', { name: 'Update now' }).click();
      await expect(other.locator(`html[data-build="${build}"]`)).toBeAttached();
      await expect(title).toHaveValue(typed);
      await expect(page.getByText('Update ready.')).toBeHidden();
    }
    expect(await page.evaluate(() => document.documentElement.dataset['build'])).toBeUndefined();

    // parts of the first build that were never loaded yet, first with the server and then without
    await goTo(page, 'Log');
    await expect(page.getByRole('heading', { name: 'Log' })).toBeVisible();
    await server.kill();
    await goTo(page, 'Checklist');
    await expect(page.getByRole('list', { name: 'Tasks' })).toBeVisible();
    await page.goBack();
    await page.goBack();
    await expect(title).toHaveValue(typed);

    await goTo(page, 'Now');
    await page.getByRole('button', { name: 'Update now' }).click();
    await expect(page.locator('html[data-build="fourth"]')).toBeAttached();
    await page.goto(`${server.origin}/draft/task/IT-01`);
    await expect(title).toHaveValue(typed);
    await expect(page.getByText('What you typed here before is not saved yet.')).toBeVisible();
  } finally {
    await server.remove();
    await rm(copy, { recursive: true, force: true });
  }
});

/** A product folder of its own: the build in it can be replaced while other tests use the first. */
async function copyOfProduct(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'holdfast-product-'));
  await cp(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
  await cp(join(root, 'package.json'), join(copy, 'package.json'));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

async function publishAnother(copy: string, mark: string): Promise<void> {
  const script = fileURLToPath(new URL('./support/another-build.mjs', import.meta.url));
  await promisify(execFile)(execPath, [script, join(copy, 'dist'), mark], {
    cwd: root,
    env: { ...env, NODE_ENV: 'production' },
  });
}

async function assetsOf(copy: string): Promise<readonly string[]> {
  const text = await readFile(join(copy, 'dist/builds.json'), 'utf8');
  const { builds } = JSON.parse(text) as { readonly builds: readonly { readonly assets: readonly string[] }[] };
  return builds[0]?.assets ?? [];
}

/** Looks for the new version as the app does when it comes to the foreground, and waits until it is installed. */
async function waitsFor(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (registration.waiting === null) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await installed(page);
}
