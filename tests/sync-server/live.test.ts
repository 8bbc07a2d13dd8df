import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../src/domain/time.ts';
import { taskProgress } from '../support/sample-plan.ts';
import { joinByHttp, setUpByHttp, type HttpPhone } from './support/http-phone.ts';
import { headOf, openLive } from './support/live-stream.ts';
import { openServer, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;
let address: string;

beforeEach(async () => {
  server = await openServer({ commentEvery: 60_000 });
  await listen();
});
afterEach(async () => {
  const closing = server.close();
  server.app.server.closeAllConnections();
  await closing;
});

async function listen(): Promise<void> {
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  address = `http://127.0.0.1:${String((server.app.server.address() as AddressInfo).port)}`;
  lead = await setUpByHttp(server);
}

const open = (phone: HttpPhone) => openLive(address, phone);
const report = (phone: HttpPhone, code: string) => phone.sync([phone.make('task', `i/${code}`, taskProgress('done'))]);

describe('GET /api/live', () => {
  it('[LIVE] an event stream that nothing between may keep or hold back, with the head at once', async () => {
    const { response, next } = await open(lead);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(headOf(await next())).toEqual(await server.journal.head(lead.session.workspace));
  });

  it('[LIVE] a head after each commit that the device may see, and none after another', async () => {
    const observer = await joinByHttp(lead, 'observer');
    const [own, watching] = [await open(lead), await open(observer)];
    await Promise.all([own.next(), watching.next()]);
    const seen = await report(lead, 'T-1');
    expect(headOf(await watching.next())).toEqual({ epoch: seen.epoch, head: seen.head });
    const draft = { section: 'risk', id: 'r', order: 1, salt: 'A'.repeat(22), title: 'x', likelihood: 'low' };
    const value = { ...draft, consequence: 'low', response: '' };
    const hidden = await lead.sync([lead.make('plan-item', 'shop/risk/r', value)]);
    expect(hidden.outcomes[0]?.outcome).toBe('applied');
    const next = await report(lead, 'T-2');
    expect(headOf(await watching.next())).toEqual({ epoch: next.epoch, head: next.head });
    expect(headOf(await own.next())).toEqual({ epoch: seen.epoch, head: seen.head });
    expect(headOf(await own.next())).toEqual({ epoch: hidden.epoch, head: hidden.head });
  });

  it("[SEC-21] another workspace's commits are not heard", async () => {
    const other = await setUpByHttp(server, 'Other');
    const stream = await open(other);
    await stream.next();
    await report(lead, 'T-1');
    const own = await report(other, 'T-1');
    expect(headOf(await stream.next())).toEqual({ epoch: own.epoch, head: own.head });
  });

  it('[LIVE] a comment from time to time keeps the connection open', async () => {
    const talkative = await openServer({ commentEvery: 20 });
    const first = server;
    server = talkative;
    await first.close();
    await listen();
    const { next } = await open(lead);
    await next();
    expect([await next(), await next()]).toEqual([': still here', ': still here']);
  });

  it.each(['lost', 'leaver'])('[SEC-8] the stream ends when its device is revoked (%s)', async (mode) => {
    const phone = await joinByHttp(lead, 'responder');
    const [ended, other] = [await open(phone), await open(lead)];
    await Promise.all([ended.next(), other.next()]);
    await lead.call('DELETE', `/api/devices/${phone.device}?mode=${mode}`);
    expect(await ended.next()).toBeNull();
    await report(lead, 'T-1');
    expect(await other.next()).toContain('event: head');
  });

  it('[LIVE] the stream ends with its token', async () => {
    server.clock.pass(30 * minute - 100);
    const { next } = await open(lead);
    expect(await next()).toContain('event: head');
    expect(await next()).toBeNull();
  });

  it('[LIVE] a device has four streams at most: the oldest ends', async () => {
    const streams = [];
    for (let at = 0; at < 5; at += 1) {
      const stream = await open(lead);
      await stream.next();
      streams.push(stream);
    }
    expect(await streams[0]?.next()).toBeNull();
    await report(lead, 'T-1');
    for (const stream of streams.slice(1)) expect(await stream.next()).toContain('event: head');
  });

  it('[LIVE] closing the server ends the streams, and waits for nobody who listens', async () => {
    const { next } = await open(lead);
    await next();
    const closed = server.app.close();
    expect(await next()).toBeNull();
    await closed;
  });
});
