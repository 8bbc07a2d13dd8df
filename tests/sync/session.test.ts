import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../src/domain/ids.ts';
import { ok } from '../../src/domain/result.ts';
import { day, minute } from '../../src/domain/time.ts';
import { createSession } from '../../src/sync/session.ts';
import { createTransport } from '../../src/sync/transport.ts';
import { seededRandom } from '../storage/support/phone-parts.ts';
import { json, ModelNetwork, problem } from './support/model-network.ts';
import { start, VirtualTime } from './support/virtual-time.ts';

const device = '00112233445566aa' as DeviceId;
const origin = 'https://plan.example';
const never = () => new AbortController().signal;

/** A session on a phone whose clock is wrong, before a server whose `Date` is right. */
function open(wrongBy = 0, lifetime = 30 * minute) {
  const time = new VirtualTime();
  const network = new ModelNetwork(time);
  network.tokenLifetime = lifetime;
  network.known.add(device);
  const clock = time.clock(wrongBy);
  const serverNow = () => Date.parse('2026-11-23T13:00:00.000Z') + time.passed;
  const withDate: typeof fetch = async (input, init) => {
    const response = await network.fetch(input, init);
    response.headers.set('date', new Date(serverNow()).toUTCString());
    return response;
  };
  const signed: string[] = [];
  const sign = (message: string) => {
    signed.push(message);
    return Promise.resolve(seededRandom(1).bytes(64));
  };
  const key = { device, publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }, weak: false, sign } as const;
  const transport = createTransport({ fetch: withDate, origin, clock, timer: time });
  const session = createSession({ transport, store: { key: () => Promise.resolve(ok(key)) }, clock, origin });
  return { time, network, session, signed };
}

const tenYears = 3_652 * day;

describe('createSession', () => {
  it.each([0, tenYears, -tenYears])(
    '[SEC-6] signs in and keeps its token on a clock that is wrong by %i ms',
    async (wrongBy) => {
      const { session, network, time } = open(wrongBy);
      expect(start + wrongBy).toBeGreaterThan(0);
      const first = await session.token(never());
      expect(first.ok).toBe(true);
      await time.pass(25 * minute);
      expect(await session.token(never())).toEqual(first);
      await time.pass(5 * minute);
      const second = await session.token(never());
      expect(second.ok).toBe(true);
      expect(second).not.toEqual(first);
      expect(network.requests.filter(({ path }) => path === '/api/session')).toHaveLength(2);
    },
  );

  it('[SESSION] signs exactly what the protocol says, over the nonce it was given', async () => {
    const { session, signed } = open();
    await session.token(never());
    expect(signed).toEqual([`holdfast-session-1\n${origin}\n${device}\nnonce-1`]);
  });

  it('[SESSION] shares one sign-in between those who ask at the same time', async () => {
    const { session, network } = open();
    const tokens = await Promise.all([session.token(never()), session.token(never()), session.token(never())]);
    expect(new Set(tokens.map((token) => JSON.stringify(token))).size).toBe(1);
    expect(network.requests).toHaveLength(2);
  });

  it('[SESSION] signs in for the second asker when the first, who began it, went away', async () => {
    const { session, network } = open();
    const first = new AbortController();
    network.mischief = ({ path }) => {
      if (path === '/api/session/challenge' && !first.signal.aborted) first.abort();
      return first.signal.aborted && network.requests.length === 1 ? 'lose-request' : null;
    };
    const asked = [session.token(first.signal), session.token(never())];
    const [one, two] = await Promise.all(asked);
    expect(one?.ok).toBe(false);
    expect(two?.ok).toBe(true);
  });

  it('[SESSION] signs in anew after its token was refused, and keeps a newer one', async () => {
    const { session } = open();
    const first = await session.token(never());
    if (!first.ok) throw new Error('no token');
    session.drop(first.value);
    const second = await session.token(never());
    expect(second).not.toEqual(first);
    session.drop(first.value);
    expect(await session.token(never())).toEqual(second);
  });

  it('[SESSION] gives no token of an identity that was given up while it signed in', async () => {
    const { session, network } = open();
    let answer: ((response: Response | null) => void) | null = null;
    network.mischief = ({ path }) =>
      path === '/api/session' && answer === null ? new Promise((resolve) => (answer = resolve as never)) : null;
    const before = session.token(never());
    while (answer === null) await new Promise((resolve) => setTimeout(resolve, 1));
    session.forget();
    (answer as (response: Response | null) => void)(
      json({ token: 'old identity', expiresAt: '2026-11-23T13:30:00.000Z' }),
    );
    await before;
    const after = await session.token(never());
    expect(after.ok && after.value).not.toBe('old identity');
  });

  it('[SESSION] passes on why the server refused', async () => {
    const { session, network } = open();
    network.mischief = ({ path }) => (path === '/api/session' ? problem(401, 'revoked', { wipe: true }) : null);
    expect(await session.token(never())).toMatchObject({ ok: false, error: { tag: 'problem', code: 'revoked' } });
  });
});
