import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { joinByHttp, setUpByHttp, type HttpPhone } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type Reply, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;
let appDir: string;

beforeAll(() => {
  appDir = mkdtempSync(join(tmpdir(), 'holdfast-app-'));
  writeFileSync(join(appDir, 'index.html'), '<!doctype html><title>Holdfast</title>');
});
afterAll(() => rmSync(appDir, { recursive: true, force: true }));
beforeEach(async () => {
  server = await openServer({ appDir });
  lead = await setUpByHttp(server);
});
afterEach(() => server.close());

const json = { 'content-type': 'application/json' };

/** Replies of every kind that the server gives: the app, the API, and each way to be refused. */
async function repliesOfEachKind(): Promise<readonly (readonly [string, number, Reply])[]> {
  const vendor = await joinByHttp(lead, 'vendor');
  return [
    ['the app', 200, await server.call({ url: '/', headers: { accept: 'text/html' } })],
    ['a screen', 200, await server.call({ url: '/log', headers: { accept: 'text/html' } })],
    ['a missing file', 404, await server.call({ url: '/assets/none.js' })],
    ['health', 200, await server.call({ url: '/api/health' })],
    ['a pull', 200, await lead.push()],
    ['an unknown call', 404, await server.call({ url: '/api/none' })],
    ['another method', 405, await server.call({ method: 'PUT', url: '/api/sync' })],
    ['no token', 401, await server.call({ url: '/api/devices' })],
    ['no right', 403, await vendor.call('GET', '/api/devices')],
    ['a bad field', 400, await server.call({ method: 'POST', url: '/api/enrol', payload: { code: 5 } })],
    ['no JSON', 400, await server.call({ method: 'POST', url: '/api/enrol', payload: '{', headers: json })],
    ['another type', 415, await server.call({ method: 'POST', url: '/api/enrol', payload: '<a/>' })],
    ['a bad address', 400, await server.call({ url: '/api/%E0%A4%A' })],
    ['another page', 403, await server.call({ url: '/api/health', headers: { origin: 'https://evil.example' } })],
  ];
}

describe('every reply', () => {
  it('[SEC-10] carries the security headers, errors too', async () => {
    for (const [what, status, reply] of await repliesOfEachKind()) {
      expect(reply.statusCode, what).toBe(status);
      const { headers } = reply;
      const policy = String(headers['content-security-policy']);
      expect(policy, what).toContain("default-src 'none'");
      expect(policy, what).not.toContain('unsafe-');
      expect(policy, what).toContain("require-trusted-types-for 'script'");
      expect(headers, what).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/) as string,
      });
      expect(headers, what).not.toHaveProperty('x-powered-by');
      expect(headers, what).not.toHaveProperty('server');
      expect(headers, what).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('[SEC-23] of the API is no-store, and so is every refusal', async () => {
    for (const [what, , reply] of (await repliesOfEachKind()).slice(2))
      expect(reply.headers['cache-control'], what).toBe('no-store');
  });

  it('[ERRORS] that refuses is problem+json with type, title, status and code', async () => {
    for (const [what, status, reply] of await repliesOfEachKind()) {
      if (status < 400) continue;
      expect(reply.headers['content-type'], what).toBe('application/problem+json; charset=utf-8');
      const { code, ...rest } = bodyOf(reply) as { code: string };
      expect(rest, what).toMatchObject({
        type: `urn:holdfast:problem:${code}`,
        status,
        title: expect.any(String) as string,
      });
    }
  });

  it('[SEC-18] tells nothing of the inside', async () => {
    for (const [what, status, { payload }] of await repliesOfEachKind())
      if (status >= 400) expect(payload, what).not.toMatch(/node_modules|\.ts|at .*\(|Error:|SQLITE|fastify/i);
  });

  it('[SEC-10] no HSTS where the server is reached by http: it would lock out other programs of localhost', async () => {
    const local = await openServer({ publicUrl: 'http://localhost:8787' });
    const reply = await local.call({ url: '/api/health' });
    expect(reply.headers).not.toHaveProperty('strict-transport-security');
    await local.close();
  });
});

describe('addresses and methods', () => {
  it('[SEC-18] a known address with another method is 405 with Allow', async () => {
    const reply = await server.call({ method: 'PATCH', url: '/api/devices/0123456789abcdef' });
    expect(refusalOf(reply)).toEqual([405, 'method-not-allowed']);
    expect(reply.headers['allow']).toBe('DELETE');
    expect((await server.call({ url: '/api/sync' })).headers['allow']).toBe('POST');
  });

  it.each(['/api', '/api/', '/api/none', '/api/sync/', '/api/devices/', '/API/health'])(
    'GET %s is no page of the app but a problem',
    async (url) => {
      const reply = await server.call({ url });
      expect([404, 405]).toContain(reply.statusCode);
      expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    },
  );

  it('[HEALTH] says its version and the protocols it speaks', async () => {
    expect(bodyOf(await server.call({ url: '/api/health' }))).toEqual({
      status: 'ok',
      version: '1.2.3',
      protocol: { min: 1, max: 1 },
    });
  });

  it('[SYNC] another version of the protocol is refused by code, so that the app can say what to do', async () => {
    expect(refusalOf(await lead.push([], { protocol: 2 }))).toEqual([400, 'unsupported-protocol']);
    expect(refusalOf(await lead.push([], { relayed: [{ device: lead.device }] }))).toEqual([400, 'invalid-request']);
    expect((await lead.push([], { relayed: [], later: 'field' })).statusCode).toBe(200);
  });

  it('[SYNC] 409 names epoch and head of the server that has another past', async () => {
    await lead.sync();
    const reply = await lead.push([], { epoch: 'e_other' });
    expect(refusalOf(reply)).toEqual([409, 'history-changed']);
    expect(bodyOf(reply)).toMatchObject({ epoch: lead.epoch, head: lead.head });
    expect(refusalOf(await lead.push([], { head: { seq: 1, hash: 'other' } }))).toEqual([409, 'history-changed']);
    expect(refusalOf(await lead.push([], { head: { seq: 1e6, hash: 'x' } }))).toEqual([409, 'history-changed']);
  });
});
