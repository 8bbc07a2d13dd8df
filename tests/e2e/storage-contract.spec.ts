import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { storageContract } from '../contract/storage-contract.ts';

/** The contract of the phone's storage on a real browser's IndexedDB. */
let server: Server;
let address = '';

test.beforeAll(async () => {
  const script = await bundled();
  server = createServer((request, response) => {
    const isScript = request.url === '/contract.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><script type="module" src="/contract.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://localhost:${String((server.address() as AddressInfo).port)}/`;
});

test.afterAll(() => {
  server.close();
});

for (const { name } of storageContract) {
  for (const sealed of [false, true]) {
    test(sealed ? `[SEAL-1] sealed: ${name}` : name, async ({ page }) => {
      await page.goto(address);
      await page.waitForFunction(() => 'storageContract' in window);
      const why = await page.evaluate(([each, of]) => window.storageContract.holds(each, of), [name, sealed] as const);
      expect(why).toBeNull();
    });
  }
}

test('[REL-20] a tab hears what another page wrote', async ({ page, context }) => {
  const other = await context.newPage();
  for (const each of [page, other]) {
    await each.goto(address);
    await each.waitForFunction(() => 'storageContract' in window);
  }
  await page.evaluate(() => window.storageContract.watch('pages'));
  await expect.poll(() => page.evaluate(() => window.storageContract.seen())).toBe(0);
  await other.evaluate(() => window.storageContract.write('pages'));
  await expect.poll(() => page.evaluate(() => window.storageContract.seen())).toBe(1);
});

async function bundled(): Promise<string> {
  const entry = fileURLToPath(new URL('../contract/storage-in-browser.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['es'], fileName: 'contract' },
      // what the storage loads later must come in the one file that is served
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  for (const each of outputs) {
    if (!('output' in each)) continue;
    const chunk = each.output.find(({ type }) => type === 'chunk');
    if (chunk?.type === 'chunk') return chunk.code;
  }
  throw new Error('nothing was built');
}
