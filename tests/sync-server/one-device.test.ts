import { connect, type AddressInfo, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../src/domain/sync/limits.ts';
import { logEntry } from '../support/sample-plan.ts';
import { joinByHttp, setUpByHttp, type HttpPhone } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type Reply, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;
let other: HttpPhone;

beforeEach(async () => {
  server = await openServer();
  lead = await setUpByHttp(server);
  other = await joinByHttp(lead, 'responder');
});
afterEach(async () => {
  const closing = server.close();
  server.app.server.closeAllConnections();
  await closing;
});

const json = { 'content-type': 'application/json' };
const send = (payload: Buffer | string, headers: Record<string, string> = {}): Promise<Reply> =>
  lead.call('POST', '/api/sync', { payload, headers: { ...json, ...headers } });

let port = 0;
async function listen(): Promise<void> {
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = server.app.server.address() as AddressInfo);
}

/** Sends the head of a push and a body that may be shorter than it says. */
function open(by: HttpPhone, body: string, length = body.length): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      const head = `POST /api/sync HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${by.token}\r\n`;
      socket.write(`${head}content-type: application/json\r\ncontent-length: ${String(length)}\r\n\r\n${body}`);
      resolve(socket);
    });
    socket.on('error', () => undefined);
  });
}

function replyOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => socket.once('data', (bytes: Buffer) => resolve(bytes.toString())));
}

describe('what one device can ask of the server', () => {
  it.each([
    ['gzip', gzipSync, 'gzip'],
    ['br', brotliCompressSync, 'br'],
  ])(
    '[SEC-13] a few kilobytes of %s that become 8 MiB of empty objects are never parsed',
    async (_, pack, encoding) => {
      const text = JSON.stringify({ ...lead.request(), more: Array.from({ length: 2_700_000 }, () => 0) }).replaceAll(
        '0,',
        '{},',
      );
      const bomb = pack(text);
      expect(bomb.length).toBeLessThan(64 * 1024);
      expect(refusalOf(await send(bomb, { 'content-encoding': encoding }))).toEqual([413, 'too-large']);
    },
  );

  it('[SEC-13] a full push of the same words in each change is no bomb', async () => {
    const words = 'Word for word what was written before. '.repeat(50);
    const changes = Array.from({ length: 500 }, (_, at) => lead.make('log', `i/l${String(at)}`, logEntry(words)));
    const reply = await send(gzipSync(JSON.stringify(lead.request(changes))), { 'content-encoding': 'gzip' });
    expect(bodyOf(reply)).toMatchObject({ outcomes: changes.map(({ id }) => ({ id, outcome: 'applied' })) });
  });

  it('[LIMITS] what its bodies make the server read is limited, unreadable ones too, and nobody else waits', async () => {
    const [empty, unreadable] = [JSON.stringify(lead.request()), ' '.repeat(limits.bodyBytes)];
    for (let sent = 0; sent < 8; sent += 1)
      expect((await send(sent % 2 === 0 ? empty.padEnd(limits.bodyBytes) : unreadable)).statusCode).toBeLessThan(429);
    const limited = await send(empty);
    expect(refusalOf(limited)).toEqual([429, 'too-many-requests']);
    expect((await other.push()).statusCode).toBe(200);
    server.clock.pass(Number(limited.headers['retry-after']) * 1000);
    expect((await send(empty)).statusCode).toBe(200);
  });

  it('[LIMITS] also where they are all sent at once', async () => {
    const unreadable = ' '.repeat(limits.bodyBytes);
    // a server's clock goes on while they wait their turn
    const ticking = setInterval(() => server.clock.pass(1), 1);
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => send(unreadable)))).map(
      (reply) => reply.statusCode,
    );
    clearInterval(ticking);
    // eight fill it, a moment lets in a ninth, and those worked on at the same time are read to their end
    expect(statuses.filter((status) => status === 400).length).toBeLessThanOrEqual(9 + 3);
    expect(new Set(statuses)).toEqual(new Set([400, 429]));
  });

  it('[LIMITS] pulls are limited as pushes are, for one device and for no other', async () => {
    const pulls = await Promise.all(Array.from({ length: 1205 }, () => lead.push()));
    expect(pulls.filter(({ statusCode }) => statusCode === 429)).toHaveLength(5);
    expect(pulls.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1200);
    expect((await other.push()).statusCode).toBe(200);
  });

  it('[SEC-24] four of its calls are worked on at once; further ones wait unread, and nobody else does', async () => {
    await listen();
    const unfinished: Socket[] = [];
    for (let at = 0; at < 4; at += 1) unfinished.push(await open(lead, '{', 8_000_000));
    // one connection after the other: when this is answered, those before it have begun
    expect(await replyOf(await open(other, JSON.stringify(other.request())))).toMatch(/^HTTP\/1\.1 200 /);
    let isAnswered = false;
    const waiting = replyOf(await open(lead, JSON.stringify(lead.request()))).then((reply) => {
      isAnswered = true;
      return reply;
    });
    const others = await open(other, JSON.stringify(other.request()));
    expect(await replyOf(others)).toMatch(/^HTTP\/1\.1 200 /);
    expect(isAnswered).toBe(false);
    unfinished[2]?.destroy();
    expect(await waiting).toMatch(/^HTTP\/1\.1 200 /);
    for (const socket of unfinished) socket.destroy();
  });

  it('[SEC-8] a body that is still arriving when its phone is reported lost is refused, and the phone told to wipe', async () => {
    await listen();
    const body = JSON.stringify(other.request([other.make('log', 'i/late', logEntry('by whoever found it'))]));
    const socket = await open(other, body.slice(0, 40), body.length);
    // one connection after the other: when this is answered, the one before it has begun
    expect(await replyOf(await open(lead, JSON.stringify(lead.request())))).toMatch(/^HTTP\/1\.1 200 /);
    expect((await lead.call('DELETE', `/api/devices/${other.device}?mode=lost`)).statusCode).toBe(204);
    const reply = replyOf(socket);
    socket.write(body.slice(40));
    expect(await reply).toMatch(/^HTTP\/1\.1 401 [^]*"code":"revoked"[^]*"wipe":true/);
    socket.destroy();
    expect((await lead.call('GET', '/api/records?kind=log&key=i/late')).statusCode).toBe(404);
  });
});
