import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Grant } from '../../src/domain/access/access.ts';
import type { SyncedRecord } from '../../src/domain/sync/protocol.ts';
import { logEntry, taskProgress } from '../support/sample-plan.ts';
import { HttpPhone, joinByHttp, setUpByHttp } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-hostile-'));
  mkdirSync(join(folder, 'app', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'app', 'index.html'), '<!doctype html><title>Holdfast</title>');
  writeFileSync(join(folder, 'app', '.env.json'), 'hidden');
  writeFileSync(join(folder, 'secret.json'), 'secret');
  symlinkSync(join(folder, 'secret.json'), join(folder, 'app', 'assets', 'none'));
  server = await openServer({
    appDir: join(folder, 'app'),
    timeouts: { headers: 200, request: 400, keepAlive: 300, idle: 500, linger: 100 },
  });
  lead = await setUpByHttp(server);
});
afterEach(async () => {
  const closing = server.close();
  server.app.server.closeAllConnections();
  await closing;
  rmSync(folder, { recursive: true, force: true });
});

describe('what is asked for', () => {
  it.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.json',
    '/..%5c..%5csecret.json',
    '/%252e%252e/secret.json',
    '//etc/passwd.txt',
    '/file:///etc/passwd.txt',
    '/assets/%00.js',
    '/.env.json',
    '/.git/config.json',
  ])('[SEC-15] %s leads nowhere', async (url) => {
    const reply = await server.call({ url });
    expect(reply.statusCode).toBeGreaterThanOrEqual(400);
    expect(reply.statusCode).toBeLessThan(500);
    expect(reply.payload).not.toMatch(/secret|hidden|root:/);
  });

  const injections = [
    `' OR '1'='1`,
    `x'; DROP TABLE changes; --`,
    `" OR ""="`,
    `%' UNION SELECT key_x FROM devices --`,
  ];

  it.each(injections)('[SEC-16] %s is text wherever it stands', async (text) => {
    const quoted = encodeURIComponent(text);
    const statuses = [];
    for (const url of [
      `/api/records?kind=${quoted}&key=${quoted}`,
      `/api/history?kind=person&key=${quoted}`,
      `/api/journal?incident=${quoted}`,
      `/api/journal?after=${quoted}`,
    ])
      statuses.push((await lead.call('GET', url)).statusCode);
    expect(statuses).toEqual([404, 404, 400, 400]);
    expect(refusalOf(await lead.call('DELETE', `/api/devices/${quoted}?mode=lost`))).toEqual([400, 'invalid-request']);
    expect(refusalOf(await lead.call('DELETE', `/api/people/${quoted}`))).toEqual([400, 'invalid-request']);
    expect(refusalOf(await new HttpPhone(server).tryEnrol(text))).toEqual([401, 'code-refused']);
    const kim = await lead.invite({ person: { name: text } });
    const { outcomes } = await lead.sync([
      lead.make('log', 'i/l1', logEntry(text)),
      lead.make('task', `i/${text}`, taskProgress('done')),
      lead.make(text, 'i/x', {}),
    ]);
    expect(outcomes.map(({ reason, outcome }) => reason?.code ?? outcome)).toEqual(['applied', 'invalid', 'invalid']);
    expect(lead.shown('log', 'i/l1')).toMatchObject({ text });
    expect(lead.shown('person', kim.person)).toMatchObject({ name: text });
    expect((await server.journal.verify(lead.session.workspace)).ok).toBe(true);
  });

  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

  it.each([
    ['a number without end', 'invalid', '"text":"bad"', '"text":"bad","more":1e999'],
    ['a version without end', 'unsupported', '"v":9', '"v":1e999'],
    ['a version nested without end', 'unsupported', '"v":9', `"v":${deep}`],
    ['a value nested without end', 'invalid', '"text":"bad"', `"text":"bad","more":${deep}`],
  ])('[REL-16] [SEC-28] %s in one change is refused, the good one beside it stands', async (_, code, from, to) => {
    const bad = { ...lead.make('log', 'i/l1', logEntry('bad')), v: from === '"v":9' ? 9 : 1 };
    const good = lead.make('log', 'i/l2', logEntry('good'));
    const payload = JSON.stringify(lead.request([bad, good])).replace(from, to);
    for (let again = 0; again < 2; again += 1) {
      const reply = await lead.call('POST', '/api/sync', { payload, headers: { 'content-type': 'application/json' } });
      expect(bodyOf(reply)).toMatchObject({
        outcomes: [{ outcome: 'refused', reason: { code } }, { outcome: 'applied' }],
      });
    }
  });

  it('[SEC-22] fields that a caller makes up give nobody anything', async () => {
    const { code, person } = await lead.invite({ access: 'observer' });
    const phone = new HttpPhone(server);
    const made = {
      access: 'coordinator',
      roles: ['lead'],
      workspace: 'w0',
      person: { id: lead.person },
      kind: 'setup',
    };
    const reply = await phone.tryEnrol(code, { ...made, burnt_by: null, previous: null });
    expect(bodyOf(reply)).toMatchObject({ access: 'observer', roles: [], person });
    const session = await phone.trySession(await phone.challenge(), { ...made, expiresAt: '2099-01-01T00:00:00.000Z' });
    expect(Object.keys(bodyOf(session))).toEqual(['token', 'expiresAt']);
    phone.token = bodyOf(session)['token'] as string;
    expect(refusalOf(await phone.call('GET', '/api/devices'))).toEqual([403, 'forbidden']);
    const change = { ...phone.make('task', 'i/T-1', taskProgress('done')), author: { person: lead.person }, seq: 1 };
    const pushed = await phone.push([change], { ...made, session: lead.session, leaver: false });
    expect(bodyOf(pushed)).toMatchObject({ outcomes: [{ outcome: 'refused', reason: { code: 'forbidden' } }] });
    const invited = await lead.tryInvite({ access: 'observer', by: 'nobody', code: 'AAAAAAAAAAAA', expiresAt: 1 });
    expect(bodyOf(invited)['code']).not.toBe('AAAAAAAAAAAA');
  });

  it('[SEC-22] a person can’t raise their own grant, write as another device, or as the server', async () => {
    const phone = await joinByHttp(lead, 'responder');
    const other = await joinByHttp(lead, 'responder');
    await phone.sync();
    const stolen = other.make('task', 'i/T-1', taskProgress('done'));
    const asServer = phone.make('conflict', 'x', { decision: 'kept' });
    const { outcomes } = await phone.sync([
      phone.edit('grant', phone.person, { access: 'coordinator', roles: [] }),
      { ...asServer, stamp: asServer.stamp.replace(phone.device, '0000000000000000') },
      stolen,
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused']);
    const grant = bodyOf(
      await lead.call('GET', `/api/records?kind=grant&key=${phone.person}`),
    ) as unknown as SyncedRecord & { readonly value: Grant };
    expect(grant.value.access).toBe('responder');
  });
});

/** A client that writes by hand; gives all that came back until the server closed. */
async function converse(write: (socket: Socket) => void): Promise<string> {
  if (!server.app.server.listening) await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as AddressInfo;
  return await new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => write(socket));
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
    socket.on('error', () => undefined).once('close', () => resolve(heard));
  });
}

describe('clients that are slow or broken', () => {
  it('[SEC-24] headers that trickle in are cut off', async () => {
    let drip: NodeJS.Timeout | undefined;
    const heard = await converse((socket) => {
      socket.write('GET /api/health HTTP/1.1\r\nhost: x\r\n');
      drip = setInterval(() => socket.write('x-drip: 1\r\n'), 50);
    });
    clearInterval(drip);
    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
    expect(heard).toContain('"code":"too-slow"');
    expect(heard.toLowerCase()).toContain('x-content-type-options: nosniff');
  });

  it('[SEC-24] a body that trickles in is cut off', async () => {
    let drip: NodeJS.Timeout | undefined;
    const heard = await converse((socket) => {
      socket.write(
        `POST /api/session/challenge HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{`,
      );
      drip = setInterval(() => socket.write(' '), 50);
    });
    clearInterval(drip);
    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('[SEC-24] a connection that says nothing, and one that stays after its reply, are closed', async () => {
    expect(await converse(() => undefined)).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
    const heard = await converse((socket) => socket.write('GET /api/health HTTP/1.1\r\nhost: x\r\n\r\n'));
    expect(heard).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400, 'invalid-request'],
    ['no host', 'GET /api/health HTTP/1.1\r\n\r\n', 400, 'invalid-request'],
    [
      'headers beyond measure',
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'two lengths of one body',
      'POST /api/sync HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc',
      400,
      'invalid-request',
    ],
    [
      'a length and chunks',
      'POST /api/sync HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'invalid-request',
    ],
  ])('[SEC-18] %s is refused as a problem and the connection closed', async (_what, text, status, code) => {
    const heard = await converse((socket) => socket.write(text));
    expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
    if (heard.includes('{')) expect(heard).toContain(`"code":"${code}"`);
    expect(heard.toLowerCase()).toContain('connection: close');
  });

  it('[LIMITS] a reply given before the body was read arrives, and closes the connection', async () => {
    const heard = await converse((socket) => {
      socket.write(
        `POST /api/sync HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9000000\r\n\r\n`,
      );
      socket.write('x'.repeat(300_000));
    });
    expect(heard).toMatch(/^HTTP\/1\.1 401 /);
    expect(heard.toLowerCase()).toContain('connection: close');
    expect(heard).toContain('"code":"token-required"');
  });
});
