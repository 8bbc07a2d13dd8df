import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionMessage } from '../../src/domain/sync/signing.ts';
import { day, minute } from '../../src/domain/time.ts';
import { HttpPhone, joinByHttp, setUpByHttp } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;

beforeEach(async () => {
  server = await openServer();
  lead = await setUpByHttp(server);
});
afterEach(() => server.close());

const refusedChallenge = [401, 'challenge-refused'];
const notKnown = [401, 'unknown-device'];

describe('signing in', () => {
  it('[SESSION] a signed nonce gives an opaque token for 30 minutes, whose end is told', async () => {
    const reply = await lead.trySignIn();
    const { token, expiresAt } = bodyOf(reply) as { token: string; expiresAt: string };
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Date.parse(expiresAt)).toBe(server.clock.now + 30 * minute);
    lead.token = token;
    server.clock.pass(30 * minute - 1);
    expect((await lead.push()).statusCode).toBe(200);
    server.clock.pass(1);
    expect(refusalOf(await lead.push())).toEqual([401, 'token-refused']);
  });

  it('[SESSION] page and service worker each get their own token', async () => {
    const page = lead.token;
    await lead.signIn();
    expect(lead.token).not.toBe(page);
    const listed = await server.call({ url: '/api/devices', headers: { authorization: `Bearer ${page}` } });
    expect(listed.statusCode).toBe(200);
  });

  it('[SEC-6] a nonce works once, also when two redeem it at the same time', async () => {
    const nonce = await lead.challenge();
    const replies = await Promise.all([lead.trySession(nonce), lead.trySession(nonce)]);
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 401]);
    expect(refusalOf(await lead.trySession(nonce))).toEqual(refusedChallenge);
  });

  it('[SEC-6] a nonce is used up by a wrong signature too', async () => {
    const nonce = await lead.challenge();
    expect(refusalOf(await lead.trySession(nonce, { signature: lead.sign('else') }))).toEqual(notKnown);
    expect(refusalOf(await lead.trySession(nonce))).toEqual(refusedChallenge);
  });

  it("[SEC-6] a nonce is bound to its device, ends after 120 s of the server's clock, and can't be made up", async () => {
    const other = await joinByHttp(lead, 'responder');
    expect(refusalOf(await lead.trySession(await other.challenge()))).toEqual(refusedChallenge);
    const nonce = await lead.challenge();
    server.clock.pass(2 * minute);
    expect(refusalOf(await lead.trySession(nonce))).toEqual(refusedChallenge);
    const fresh = await lead.challenge();
    server.clock.pass(2 * minute - 1);
    expect((await lead.trySession(fresh)).statusCode).toBe(200);
    for (const made of ['A'.repeat(51), 'x', `${await lead.challenge()}=`, `${(await lead.challenge()).slice(0, -1)}!`])
      expect(refusalOf(await lead.trySession(made))).toEqual(refusedChallenge);
  });

  it('[SEC-4] an unknown device gets a nonce like any other, and looks like one that signs wrongly', async () => {
    const stranger = new HttpPhone(server);
    const [strange, known] = [await stranger.challenge(), await lead.challenge()];
    expect(strange).toHaveLength(known.length);
    const [unknown, wrong] = [
      await stranger.trySession(strange),
      await lead.trySession(known, { signature: stranger.sign(sessionMessage(server.origin, lead.device, known)) }),
    ];
    expect(refusalOf(unknown)).toEqual(notKnown);
    expect(unknown.payload).toBe(wrong.payload);
  });

  it('[SESSION] a signature made on another page’s origin does not count', async () => {
    const nonce = await lead.challenge();
    const signature = lead.sign(sessionMessage('https://evil.example', lead.device, nonce));
    expect(refusalOf(await lead.trySession(nonce, { signature }))).toEqual(notKnown);
    const origins = await server.call({ url: '/api/health', headers: { origin: 'https://evil.example' } });
    expect(refusalOf(origins)).toEqual([403, 'wrong-origin']);
    expect((await server.call({ url: '/api/health', headers: { origin: server.origin } })).statusCode).toBe(200);
  });

  it.each([-3653 * day, 3653 * day])('[SEC-6] a phone whose clock is %i ms wrong signs in and syncs', async (skew) => {
    const phone = await joinByHttp(lead, 'responder');
    phone.skew = skew;
    await phone.signIn();
    const reply = await phone.sync();
    expect(Date.parse(reply.serverNow)).toBeLessThan(server.clock.now + minute);
  });

  it('[SEC-7] after 399 days asleep a phone signs in as ever', async () => {
    const phone = await joinByHttp(lead, 'responder');
    server.clock.pass(399 * day);
    expect(refusalOf(await phone.push())).toEqual([401, 'token-refused']);
    await phone.signIn();
    expect((await phone.push()).statusCode).toBe(200);
  });

  it('[SEC-8] a lost device is told to wipe at sign-in and with its old token; a leaver gets a session', async () => {
    const [lost, leaver] = [await joinByHttp(lead, 'responder'), await joinByHttp(lead, 'responder')];
    await lead.call('DELETE', `/api/devices/${lost.device}?mode=lost`);
    await lead.call('DELETE', `/api/devices/${leaver.device}?mode=leaver`);
    for (const reply of [await lost.trySignIn(), await lost.push(), await lost.call('GET', '/api/live')]) {
      expect(refusalOf(reply)).toEqual([401, 'revoked']);
      expect(bodyOf(reply)['wipe']).toBe(true);
    }
    expect((await leaver.trySignIn()).statusCode).toBe(200);
  });

  it('[SEC-4] only somebody who holds the key learns that a device was reported lost', async () => {
    const lost = await joinByHttp(lead, 'responder');
    await lead.call('DELETE', `/api/devices/${lost.device}?mode=lost`);
    const stranger = new HttpPhone(server);
    const nonce = await stranger.challenge(lost.device);
    const signature = stranger.sign(sessionMessage(server.origin, lost.device, nonce));
    expect(refusalOf(await stranger.trySession(nonce, { device: lost.device, signature }))).toEqual(notKnown);
  });

  it.each([
    ['none', undefined],
    ['a basic password', 'Basic YTpi'],
    ['an empty one', 'Bearer '],
    ['two', 'Bearer a b'],
  ])('[SESSION] without a bearer token (%s) the answer is 401 with WWW-Authenticate', async (_what, authorization) => {
    const reply = await server.call({
      url: '/api/devices',
      headers: authorization === undefined ? {} : { authorization },
    });
    expect(refusalOf(reply)).toEqual([401, 'token-required']);
    expect(reply.headers['www-authenticate']).toBe('Bearer');
  });

  it('[SEC-1] a token in the address is no token', async () => {
    expect(
      refusalOf(await server.call({ url: `/api/devices?token=${lead.token}&access_token=${lead.token}` })),
    ).toEqual([401, 'token-required']);
  });
});
