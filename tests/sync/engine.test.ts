import { describe, expect, it } from 'vitest';
import { valueOf } from '../storage/support/phone-parts.ts';
import { passAll, problem, type Mischief } from './support/model-network.ts';
import { openDevice } from './support/open-device.ts';
import { deviceIdOf, isSent, member, newWorld, tabOf, tick } from './support/world.ts';

describe('the engine', () => {
  it('[SYNC-1] sends what was written and brings it to another phone', async () => {
    const world = newWorld();
    const ana = await member(world);
    const ben = await member(world, 'ben');
    const [change] = await tick(ana.device, ana.tab, 'IT-01');
    await world.time.until(isSent(ana.tab), 'sent');
    expect(world.network.server.accepted()).toEqual([change]);
    let seen: string | null = null;
    ben.records.watchPrefix('task', '').subscribe(
      (shown) => (seen = shown[0]?.change ?? null),
      () => undefined,
    );
    await world.time.until(() => seen === change, 'the change on the other phone');
  });

  it('[REL-14] loses and doubles nothing when the reply is lost ten times in a row', async () => {
    const world = newWorld();
    const { device, tab } = await member(world);
    let lost = 0;
    world.network.mischief = ({ path }) => (path === '/api/sync' && (lost += 1) <= 10 ? 'lose-reply' : null);
    const changes = await tick(device, tab, 'IT-01', 'IT-02', 'IT-03');
    await world.time.until(isSent(tab), 'sent');
    expect(lost).toBeGreaterThan(10);
    expect(world.network.server.accepted()).toEqual(changes);
  });

  it('[REL-16] sends ninety-nine of a hundred when one is refused, and keeps that one with its reason', async () => {
    const world = newWorld();
    const { device, tab } = await member(world);
    world.network.server.refuses = ({ key }) =>
      key.endsWith('/IT-50') ? { code: 'forbidden', message: 'not yours' } : null;
    await tick(device, tab, ...Array.from({ length: 100 }, (_, at) => `IT-${String(at)}`));
    await world.time.until(isSent(tab), 'sent');
    await world.time.until(() => tab.sync.status.get().refused === 1, 'one refused');
    expect(world.network.server.accepted()).toHaveLength(99);
  });

  const faults: readonly (readonly [string, Mischief])[] = [
    ['a 500', () => problem(500, 'internal')],
    ['a 503 with Retry-After', () => problem(503, 'unavailable', {}, { 'retry-after': '5' })],
    ['a 429 with Retry-After', () => problem(429, 'too-many-requests', {}, { 'retry-after': '5' })],
    ['a 507', () => problem(507, 'storage-full', {}, { 'retry-after': '60' })],
    ["a captive portal's page", () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['a truncated 200', () => new Response('{"protocol":1,"ep', { headers: { 'content-type': 'application/json' } })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/login' } })],
    [
      'a reply with a verdict too few',
      () => new Response('{"protocol":1}', { headers: { 'content-type': 'application/json' } }),
    ],
    ['a network that is gone', () => 'lose-request'],
  ];
  it.each(faults)(
    '[REL-18] says offline after %s, keeps everything, and sends it afterwards',
    async (_what, mischief) => {
      const world = newWorld();
      const { device, tab } = await member(world);
      world.network.mischief = mischief;
      const changes = await tick(device, tab, 'IT-01');
      await world.time.until(() => tab.sync.status.get().connection === 'offline', 'offline');
      expect(tab.sync.status.get().unsent).toBe(1);
      expect(tab.leftBehind()).toBeGreaterThan(0);
      world.network.mischief = passAll;
      await world.time.until(isSent(tab), 'sent');
      expect(world.network.server.accepted()).toEqual(changes);
    },
  );

  it('[REL-18] halves its batches when something on the way takes only small ones', async () => {
    const world = newWorld();
    const { device, tab } = await member(world);
    world.network.mischief = ({ body }) =>
      ((body as { readonly changes?: readonly unknown[] } | null)?.changes?.length ?? 0) > 30
        ? new Response(null, { status: 413 })
        : null;
    await tick(device, tab, ...Array.from({ length: 100 }, (_, at) => `IT-${String(at)}`));
    await world.time.until(isSent(tab), 'sent');
    expect(world.network.server.accepted()).toHaveLength(100);
  });

  it('[REL-18] still pulls when not even one change gets through', async () => {
    const world = newWorld();
    const ana = await member(world);
    const ben = await member(world, 'ben');
    let blocked = true;
    const own = [...world.network.tokens]
      .filter(([, device]) => device === deviceIdOf(world, 'ana'))
      .map(([token]) => token);
    world.network.mischief = ({ body, token }) =>
      blocked &&
      own.includes(token ?? '') &&
      ((body as { readonly changes?: readonly unknown[] } | null)?.changes?.length ?? 0) > 0
        ? new Response(null, { status: 413 })
        : null;
    await tick(ana.device, ana.tab, 'IT-01', 'IT-02');
    const [change] = await tick(ben.device, ben.tab, 'IT-03');
    let seen: readonly string[] = [];
    ana.records.watchPrefix('task', '').subscribe(
      (shown) => (seen = shown.map((each) => each.change)),
      () => undefined,
    );
    await world.time.until(() => seen.includes(change ?? ''), "the other phone's change");
    expect(ana.tab.sync.status.get().unsent).toBe(2);
    blocked = false;
    await world.time.until(isSent(ana.tab), 'sent');
    expect(world.network.server.accepted()).toHaveLength(3);
  });

  it('[REL-10] sends its whole outbox again when the server has another past', async () => {
    const world = newWorld();
    const { device, tab } = await member(world);
    const old = world.network.server.backup();
    const changes = await tick(device, tab, 'IT-01', 'IT-02');
    await world.time.until(isSent(tab), 'sent');
    world.network.server.restore(old, 'e_2');
    tab.sync.nudge('asked');
    await world.time.until(() => world.network.server.accepted().length === 2, 'sent again');
    expect(world.network.server.accepted()).toEqual(changes);
    const [again] = world.network
      .pushes()
      .filter(({ changes: sent }) => sent.length > 0)
      .slice(-1);
    expect(again?.changes.every(({ given }) => given !== undefined)).toBe(true);
  });

  it('[REL-10] does not go round for ever between two servers with different pasts', async () => {
    const world = newWorld();
    const { device, tab } = await member(world);
    await tick(device, tab, 'IT-01');
    await world.time.until(isSent(tab), 'sent');
    let flips = 0;
    world.network.mischief = ({ path }) =>
      path === '/api/sync'
        ? problem(409, 'history-changed', { epoch: `e_${String((flips += 1))}`, head: { seq: 0, hash: 'x' } })
        : null;
    tab.sync.nudge('asked');
    await world.time.until(() => tab.sync.status.get().connection === 'offline', 'offline');
    expect(flips).toBeLessThan(10);
  });

  it('[SYNC-LIVE] learns what is new from the event stream, and stays quiet about what it knows', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    await time.until(() => network.liveStreams === 1, 'a stream');
    await tick(device, tab, 'IT-01');
    await time.until(isSent(tab), 'sent');
    await time.pass(5_000);
    const pulls = network.pushes().length;
    network.announce();
    await time.pass(5_000);
    expect(network.pushes()).toHaveLength(pulls);
  });

  it('[SYNC-LIVE] finds out at once that the server is gone when the stream ends, and comes back by itself', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { tab } = await member(world);
    await time.until(() => network.liveStreams === 1, 'a stream');
    network.mischief = () => 'lose-request';
    const gone = time.passed;
    network.endStreams();
    await time.until(() => tab.sync.status.get().connection === 'offline', 'offline');
    expect(time.passed - gone).toBeLessThanOrEqual(1_000);
    network.mischief = passAll;
    await time.until(() => network.liveStreams === 1 && tab.sync.status.get().connection === 'online', 'back');
  });

  it('[REL-37] comes back no earlier than Retry-After says', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    const times: number[] = [];
    network.mischief = ({ path }) => {
      if (path !== '/api/sync') return null;
      times.push(time.passed);
      return times.length === 1 ? problem(503, 'unavailable', {}, { 'retry-after': '40' }) : null;
    };
    await tick(device, tab, 'IT-01');
    await time.until(() => tab.sync.status.get().connection === 'offline', 'offline');
    tab.sync.nudge('asked');
    tab.page.happen('online');
    await time.until(isSent(tab), 'sent');
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(40_000);
  });

  it('[SYNC-END] ends every job when its page goes: no timer, no stream, no lock, no listener, and not one more request', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    await time.until(() => network.liveStreams === 1, 'a stream');
    await tick(device, tab, 'IT-01');
    tab.end.abort();
    await tab.ended;
    await time.quiet();
    const requests = network.requests.length;
    expect(time.pending).toBe(0);
    expect(network.liveStreams).toBe(0);
    expect(device.locks.isHeld()).toBe(false);
    expect(tab.page.listeners).toBe(0);
    tab.sync.nudge('asked');
    await time.quiet();
    expect(network.requests).toHaveLength(requests);
  });

  it('[SYNC-TRUTH] a device without a server asks nobody, and says so', async () => {
    const world = newWorld();
    const { time, network } = world;
    const device = await openDevice(time);
    const tab = tabOf(device, world);
    valueOf(await device.phone.device.startAlone('Ana'));
    await tick(device, tab, 'IT-01');
    await time.pass(60_000);
    expect(network.requests).toEqual([]);
    expect(tab.sync.status.get()).toMatchObject({ connection: 'alone', lastSentAt: null });
    expect(tab.sync.status.get().unsent).toBeGreaterThan(0);
  });
});
