import { memoryUsage } from 'node:process';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../src/domain/sync/limits.ts';
import { logEntry, planVersion, samplePlan, taskProgress } from '../support/sample-plan.ts';
import { setUpByHttp, type HttpPhone } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type Reply, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;

beforeEach(async () => {
  server = await openServer();
  lead = await setUpByHttp(server);
});
afterEach(() => server.close());

/** Sends these bytes as the body of a push. */
const send = (payload: Buffer | string, headers: Record<string, string> = {}): Promise<Reply> =>
  lead.call('POST', '/api/sync', { payload, headers: { 'content-type': 'application/json', ...headers } });
const tooLarge = [413, 'too-large'];
const malformed = [400, 'malformed-body'];

describe('bodies of requests', () => {
  it.each([
    ['plain', (text: string) => Buffer.from(text), {}],
    ['gzip', (text: string) => gzipSync(text), { 'content-encoding': 'gzip' }],
    ['br', (text: string) => brotliCompressSync(text), { 'content-encoding': 'br' }],
  ])('[LIMITS] %s is understood', async (_what, pack, headers) => {
    const change = lead.make('task', 'i/T-1', taskProgress('done'));
    const reply = await send(pack(JSON.stringify(lead.request([change]))), headers);
    expect((bodyOf(reply) as { outcomes: unknown[] }).outcomes).toMatchObject([{ outcome: 'applied' }]);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(100 * 1024 * 1024), { level: 1 }), 'gzip'],
    [
      'br',
      brotliCompressSync(Buffer.alloc(100 * 1024 * 1024), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
      'br',
    ],
  ])('[SEC-13] a %s bomb of 100 MB is cut off in the middle, never held whole', async (_what, bomb, encoding) => {
    const before = memoryUsage().rss;
    expect(refusalOf(await send(bomb, { 'content-encoding': encoding }))).toEqual(tooLarge);
    expect(memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('[LIMITS] 8 MiB inflated is the most that a push may have, and much less what needs no token', async () => {
    const padded = (bytes: number) => {
      const text = JSON.stringify(lead.request());
      return `${text}${' '.repeat(bytes - text.length)}`;
    };
    expect((await send(padded(limits.bodyBytes))).statusCode).toBe(200);
    expect(refusalOf(await send(padded(limits.bodyBytes + 1)))).toEqual(tooLarge);
    expect(refusalOf(await send(gzipSync(padded(limits.bodyBytes + 1)), { 'content-encoding': 'gzip' }))).toEqual(
      tooLarge,
    );
    const payload = { device: lead.device, padding: 'x'.repeat(100_000) };
    const reply = await server.call({ method: 'POST', url: '/api/session/challenge', payload });
    expect(refusalOf(reply)).toEqual(tooLarge);
  });

  it('[LIMITS] 500 changes are judged, 501 are too many', async () => {
    const changes = Array.from({ length: 501 }, (_, at) => lead.make('log', `i/l${String(at)}`, logEntry('x')));
    expect(refusalOf(await lead.push(changes))).toEqual(tooLarge);
    expect((await lead.push(changes.slice(0, 500))).statusCode).toBe(200);
  });

  it('[LIMITS] a value of 64 KiB and a plan version of 6 MiB pass; a larger one is refused alone', async () => {
    const valueOf = (bytes: number) => {
      const entry = { text: '' };
      return { text: 'é'.repeat((bytes - JSON.stringify(entry).length) / 2) };
    };
    const { outcomes } = await lead.send([
      lead.make('review', 'i/r1', valueOf(limits.valueBytes)),
      lead.make('review', 'i/r2', valueOf(limits.valueBytes + 2)),
      lead.make('task', 'i/T-1', taskProgress('done')),
    ]);
    expect(outcomes.map(({ outcome, reason }) => reason?.code ?? outcome)).toEqual(['applied', 'too-large', 'applied']);
    const [first] = samplePlan;
    const items = [...samplePlan.slice(1), { ...first, summary: 'x'.repeat(limits.planVersionBytes - 20_000) }];
    const large = planVersion(items);
    const [published] = (await lead.send([lead.make('plan-version', large.hash, large.value)])).outcomes;
    expect(published?.reason?.code).not.toBe('too-large');
  });

  it.each([
    ['no JSON', 'hello', {}],
    ['half of a JSON text', '{"protocol":1', {}],
    ['two JSON texts', '{}{}', {}],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}],
    ['damaged gzip', Buffer.from('this is no gzip'), { 'content-encoding': 'gzip' }],
    ['cut-off gzip', gzipSync('{"protocol":1}').subarray(0, 15), { 'content-encoding': 'gzip' }],
    ['damaged br', Buffer.from('this is no br'), { 'content-encoding': 'br' }],
  ])('[SEC-18] %s is malformed', async (_what, payload, headers) => {
    expect(refusalOf(await send(payload, headers))).toEqual(malformed);
  });

  it.each([
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a nonsense type', { 'content-type': ';;;' }],
    ['another compression', { 'content-encoding': 'deflate' }],
    ['two compressions', { 'content-encoding': 'gzip, br' }],
  ])('[SEC-18] %s is not taken', async (_what, headers) => {
    expect(refusalOf(await send('{}', headers))).toEqual([415, 'unsupported-media-type']);
  });

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['no changes', JSON.stringify({ protocol: 1 })],
    ['deep nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('[SEC-18] %s is no request', async (_what, payload) => {
    expect(refusalOf(await send(payload))).toEqual([400, 'invalid-request']);
  });

  it.each([
    ['protocol', 'one'],
    ['clientNow', '2026-11-23'],
    ['clientNow', 0],
    ['line', 1.5],
    ['epoch', 5],
    ['head', { seq: -1, hash: 'x' }],
    ['head', { seq: 1 }],
    ['view', {}],
    ['cursor', -1],
    ['cursor', 2 ** 60],
    ['limit', 0],
    ['last', 'yes'],
    ['changes', {}],
  ])('[SEC-18] a push with %s = %j is refused whole', async (field, value) => {
    expect(refusalOf(await lead.push([], { [field]: value }))).toEqual([400, 'invalid-request']);
  });

  it.each([
    ['text', 'hello'],
    ['null', null],
    ['a number', 7],
    ['a list', [[]]],
    ['an empty one', {}],
    ['__proto__', JSON.parse('{"__proto__":{"admin":true}}') as unknown],
    ['deep nesting', JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`) as unknown],
  ])('[SEC-12] a change that is %s gets its own verdict and holds nobody up', async (_what, bad) => {
    const { outcomes } = await lead.send([bad, lead.make('task', 'i/T-1', taskProgress('done'))]);
    expect(outcomes[0]).toMatchObject({ id: null, outcome: 'refused', reason: { code: 'invalid' } });
    expect(outcomes[1]).toMatchObject({ outcome: 'applied' });
  });
});

describe('bodies of replies', () => {
  it.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ])('[LIMITS] are compressed with %s for who asks', async (encoding, unpack) => {
    await lead.send(
      Array.from({ length: 40 }, (_, at) => lead.make('log', `i/l${String(at)}`, logEntry('x'.repeat(99)))),
    );
    const payload = lead.request();
    const plain = await lead.call('POST', '/api/sync', { payload });
    const reply = await lead.call('POST', '/api/sync', { payload, headers: { 'accept-encoding': encoding } });
    expect(reply.headers['content-encoding']).toBe(encoding);
    expect(reply.headers['vary']).toMatch(/accept-encoding/i);
    expect(reply.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
    expect(JSON.parse(unpack(reply.rawPayload).toString())).toEqual(JSON.parse(plain.payload));
    expect(plain.headers['content-encoding']).toBeUndefined();
  });
});
