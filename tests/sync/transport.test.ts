import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { systemTimer } from '../../src/sync/timer.ts';
import { createTransport, type Transport } from '../../src/sync/transport.ts';
import { VirtualTime } from './support/virtual-time.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

let server: Server | null = null;

/** A real socket: what a network does to HTTP can't be told by a made-up reply. */
async function serve(handler: Handler): Promise<{ readonly transport: Transport; readonly origin: string }> {
  const opened = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => handler(request, response, Buffer.concat(pieces)));
  });
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((opened.address() as AddressInfo).port)}`;
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  return { origin, transport: createTransport({ fetch, origin, clock, timer: systemTimer }) };
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

const never = () => new AbortController().signal;
const reply = z.looseObject({ protocol: z.literal(1) });

function ask(transport: Transport, body: unknown = { hello: 1 }) {
  return transport.call({ method: 'POST', path: '/api/sync', token: 't', body: () => body, reply, signal: never() });
}

describe('createTransport', () => {
  it('[TRANSPORT] sends JSON with the token and gives what the schema accepts', async () => {
    const { transport } = await serve((request, response, body) => {
      expect(request.headers).toMatchObject({ authorization: 'Bearer t', 'content-type': 'application/json' });
      expect(JSON.parse(body.toString())).toEqual({ hello: 1 });
      response.setHeader('content-type', 'application/json; charset=utf-8').end('{"protocol":1,"more":2}');
    });
    const answer = await ask(transport);
    expect(answer).toMatchObject({ ok: true, value: { value: { protocol: 1, more: 2 } } });
  });

  it.each([
    [
      "a captive portal's page",
      (response: ServerResponse) =>
        response.setHeader('content-type', 'text/html').end('<html>Welcome to our Wi-Fi</html>'),
    ],
    [
      'a page that claims to be JSON',
      (response: ServerResponse) => response.setHeader('content-type', 'application/json').end('<html>'),
    ],
    [
      'JSON of somebody else',
      (response: ServerResponse) => response.setHeader('content-type', 'application/json').end('{"status":"fine"}'),
    ],
    [
      'half of a reply',
      (response: ServerResponse) => response.setHeader('content-type', 'application/json').end('{"protocol":1,"rec'),
    ],
    ['an empty 200', (response: ServerResponse) => response.end()],
    ['an empty 204', (response: ServerResponse) => response.writeHead(204).end()],
    [
      'an error page of a proxy',
      (response: ServerResponse) =>
        response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    ],
  ])('[REL-18] takes %s for no server', async (_what, misbehave) => {
    const { transport } = await serve((_request, response) => void misbehave(response));
    expect(await ask(transport)).toMatchObject({ ok: false, error: { tag: 'not-a-server' } });
  });

  it('[REL-18] follows no redirect, not even to a reply that would be good', async () => {
    let followed = false;
    const { transport } = await serve((request, response) => {
      if (request.url === '/good') followed = true;
      if (request.url === '/good') response.setHeader('content-type', 'application/json').end('{"protocol":1}');
      else response.writeHead(302, { location: '/good' }).end();
    });
    expect(await ask(transport)).toMatchObject({ ok: false, error: { tag: 'not-a-server' } });
    expect(followed).toBe(false);
  });

  it('[REL-18] takes a body that breaks off for no answer', async () => {
    const { transport } = await serve((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"protocol":1');
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(await ask(transport)).toEqual({ ok: false, error: { tag: 'no-answer', timedOut: false } });
  });

  it('[REL-18] takes a refused connection for no answer', async () => {
    const { transport } = await serve(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    expect(await ask(transport)).toEqual({ ok: false, error: { tag: 'no-answer', timedOut: false } });
  });

  it('[REL-18] reads a problem with its code, its wait and what else it says', async () => {
    const { transport } = await serve((_request, response) => {
      const body = { type: 'x', title: 'Busy', status: 503, code: 'unavailable', epoch: 'e_1' };
      response
        .writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '9' })
        .end(JSON.stringify(body));
    });
    expect(await ask(transport)).toMatchObject({
      ok: false,
      error: { tag: 'problem', status: 503, code: 'unavailable', retryAfter: 9_000, body: { epoch: 'e_1' } },
    });
  });

  it('[REL-37] honours the Retry-After of a proxy that speaks no problem+json', async () => {
    const { transport } = await serve(
      (_request, response) => void response.writeHead(503, { 'retry-after': '30' }).end(),
    );
    expect(await ask(transport)).toMatchObject({ ok: false, error: { tag: 'not-a-server', retryAfter: 30_000 } });
  });

  it('[TRANSPORT] compresses what is worth it', async () => {
    const seen: (string | undefined)[] = [];
    const { transport } = await serve((request, response, body) => {
      const encoding = request.headers['content-encoding'];
      seen.push(encoding);
      const { text } = JSON.parse((encoding === 'gzip' ? gunzipSync(body) : body).toString()) as { text: string };
      if (encoding === 'gzip') expect(body.length).toBeLessThan(text.length / 5);
      response.setHeader('content-type', 'application/json').end('{"protocol":1}');
    });
    expect((await ask(transport, { text: 'short' })).ok).toBe(true);
    expect((await ask(transport, { text: 'long '.repeat(2_000) })).ok).toBe(true);
    expect(seen).toEqual([undefined, 'gzip']);
  });

  it('[SYNC-ORDER] ends an attempt after 60 s and reads `clientNow` anew for the next', async () => {
    const time = new VirtualTime();
    const clock = time.clock();
    const sent: number[] = [];
    const silent: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError'))),
      );
    const transport = createTransport({ fetch: silent, origin: 'https://plan.example', clock, timer: time });
    const attempt = () => {
      const body = () => ({ clientNow: sent.push(clock.now()) });
      return transport.call({ method: 'POST', path: '/api/sync', body, reply, signal: never() });
    };
    for (const _ of [1, 2]) {
      let ended: unknown = null;
      void attempt().then((result) => (ended = result));
      await time.until(() => ended !== null);
      expect(ended).toEqual({ ok: false, error: { tag: 'no-answer', timedOut: true } });
    }
    expect(time.passed).toBe(120_000);
    expect((sent[1] ?? 0) - (sent[0] ?? 0)).toBe(60_000);
    expect(time.pending).toBe(0);
  });

  it('[TRANSPORT] ends with its caller, and leaves no timer behind', async () => {
    const time = new VirtualTime();
    const { origin } = await serve(() => undefined);
    const transport = createTransport({ fetch, origin, clock: time.clock(), timer: time });
    const caller = new AbortController();
    const asked = transport.call({ method: 'GET', path: '/api/devices', reply, signal: caller.signal });
    setTimeout(() => caller.abort(), 20);
    expect(await asked).toEqual({ ok: false, error: { tag: 'no-answer', timedOut: false } });
    expect(time.pending).toBe(0);
  });
});
