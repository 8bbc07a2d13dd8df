import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishBuild } from '../../scripts/publish-build.mjs';
import { openServer, refusalOf, type TestServer } from './support/open-server.ts';

let folder: string;
let server: TestServer;

/** A build as `npm run build` leaves it, put where the server serves from. */
async function build(id: string): Promise<void> {
  const from = join(folder, `next-${id}`);
  mkdirSync(join(from, 'app', 'assets'), { recursive: true });
  const page = `<!doctype html><script type="module" src="/assets/main-${id}.js"></script>`;
  const files = { 'index.html': page, 'sw.js': `// ${id}`, 'manifest.webmanifest': '{}', [`assets/main-${id}.js`]: id };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(from, 'app', name), text.padEnd(2000));
    writeFileSync(join(from, 'app', `${name}.br`), brotliCompressSync(text.padEnd(2000)));
  }
  await publishBuild({ id, from, to: join(folder, 'dist') });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-serve-'));
  await build('one');
  server = await openServer({ appDir: join(folder, 'dist', 'app') });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) => server.call({ url, headers });
const html = { accept: 'text/html,application/xhtml+xml' };

describe('serving the app', () => {
  it.each(['/', '/index.html', '/sw.js', '/manifest.webmanifest'])(
    '[UPDATE] %s is asked for anew each time, so that an update is seen',
    async (url) => {
      const reply = await get(url);
      expect([reply.statusCode, reply.headers['cache-control']]).toEqual([200, 'no-cache']);
    },
  );

  it('[UPDATE] what has its content in its name is kept for good', async () => {
    const reply = await get('/assets/main-one.js');
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['cache-control']).toMatch(/^public, max-age=\d{8}, immutable$/);
    expect(reply.headers['content-type']).toMatch(/^(?:text|application)\/javascript/);
  });

  it('[LIMITS] files go out as they were compressed when the app was built', async () => {
    const reply = await get('/assets/main-one.js', { 'accept-encoding': 'gzip, br' });
    expect(reply.headers['content-encoding']).toBe('br');
    expect(reply.headers['vary']).toMatch(/accept-encoding/i);
    expect(brotliDecompressSync(reply.rawPayload).toString().trim()).toBe('one');
  });

  it.each(['/log', '/join', '/r/3f9a2c/it-lead', '/incident/x/task/IT-07', '/plan.v2'])(
    "[OFFLINE] %s is a screen: the app's page",
    async (url) => {
      const reply = await get(url, html);
      expect(reply.payload).toContain('<!doctype html>');
      expect(reply.headers['cache-control']).toBe('no-cache');
    },
  );

  it.each(['/assets/main-gone.js', '/assets/', '/icons/none.png', '/none.css', '/api/none', '/api'])(
    '[UPDATE] %s is not there: a problem, never the page, whatever is accepted',
    async (url) => {
      expect(refusalOf(await get(url, html))).toEqual([404, 'not-found']);
    },
  );

  it('[REL-35] builds that come while the server runs are served, and the last three stay', async () => {
    for (const id of ['two', 'three']) await build(id);
    expect((await get('/', html)).payload).toContain('main-three.js');
    for (const id of ['one', 'two', 'three']) expect((await get(`/assets/main-${id}.js`)).statusCode).toBe(200);
    await build('four');
    const statuses = await Promise.all(['one', 'two', 'three', 'four'].map((id) => get(`/assets/main-${id}.js`)));
    expect(statuses.map(({ statusCode }) => statusCode)).toEqual([404, 200, 200, 200]);
    expect(readFileSync(join(folder, 'dist', 'builds.json'), 'utf8')).not.toContain('one');
  });

  it('[UPDATE] an unchanged page is not sent again', async () => {
    const { headers } = await get('/index.html');
    expect((await get('/index.html', { 'if-none-match': String(headers['etag']) })).statusCode).toBe(304);
  });

  it('without a built app there is the API and nothing else', async () => {
    const bare = await openServer({ appDir: join(folder, 'none') });
    expect(refusalOf(await bare.call({ url: '/', headers: html }))).toEqual([404, 'not-found']);
    expect((await bare.call({ url: '/api/health' })).statusCode).toBe(200);
    await bare.close();
  });
});
