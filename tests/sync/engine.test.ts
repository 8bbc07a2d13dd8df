import { afterEach, describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../src/domain/ports/sync-status.ts';
import { syncOnce } from '../../src/sync/sync-once.ts';
import { taskDraft } from '../storage/support/drafts.ts';
import { valueOf } from '../storage/support/phone-parts.ts';
import { ModelNetwork, passAll, problem, type Mischief } from './support/model-network.ts';
import { contextParts, openDevice, openTab, type Device, type Tab } from './support/open-device.ts';
import { VirtualTime } from './support/virtual-time.ts';

let opened: { readonly tab: Tab; readonly device: Device }[] = [];

afterEach(async () => {
  for (const { tab } of opened) tab.end.abort();
  await Promise.all(opened.map(({ tab }) => tab.ended));
  for (const { device } of opened) device.phone.close();
  opened = [];
});

type World = { readonly time: VirtualTime; readonly network: ModelNetwork };

function newWorld(): World {
  const time = new VirtualTime();
  return { time, network: new ModelNetwork(time) };
}

/** A phone with one open tab that joined the workspace. */
async function member({ time, network }: World, person = 'ana', clockWrongBy = 0) {
  const device = await openDevice(time, clockWrongBy);
  const tab = openTab(device, network, time);
  opened.push({ tab, device });
  const invite = joinCodeFor(person);
  network.codes.set(invite, { person, device: null });
  valueOf(await tab.sync.join(invite, null, 'Phone'));
  await time.until(() => tab.sync.status.get().connection === 'online', 'online');
  return { device, tab, records: device.phone.records };
}

/** A code of its own for each person, in the letters of codes. */
function joinCodeFor(person: string): string {
  return `7K3MQ0RSTVWX${person.toUpperCase().replace(/[ILOU]/g, 'X')}`;
}

const isSent = (tab: Tab) => () => {
  const { unsent, connection } = tab.sync.status.get();
  return unsent === 0 && connection === 'online';
};

async function tick(device: Device, tab: Tab, ...codes: string[]): Promise<readonly string[]> {
  const saved = valueOf(await device.phone.records.write(codes.map((each) => taskDraft(each, 'in-progress'))));
  tab.sync.nudge('wrote');
  return saved.map(({ change }) => change);
}

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

  it('[REL-19] signs in anew when the session expired with 300 queued, and sends them all', async () => {
    const world = newWorld();
    const { device, tab } = await member(world);
    await world.time.until(() => world.network.liveStreams === 1, 'a stream');
    world.network.tokens.clear();
    const expired = world.time.passed;
    await tick(device, tab, ...Array.from({ length: 300 }, (_, at) => `IT-${String(at)}`));
    await world.time.until(isSent(tab), 'sent');
    expect(world.time.passed - expired).toBeLessThan(1_000);
    expect(world.network.server.accepted()).toHaveLength(300);
  });

  it('[REL-19] keeps 300 queued when the server does not know the device, asks for a code, and sends them after it', async () => {
    const world = newWorld();
    const { device, tab } = await member(world);
    world.network.known.clear();
    await tick(device, tab, ...Array.from({ length: 300 }, (_, at) => `IT-${String(at)}`));
    await world.time.until(() => tab.sync.status.get().connection === 'needs-code', 'needs-code');
    expect(tab.sync.status.get().unsent).toBe(300);
    expect(tab.erased()).toBe(0);
    world.network.codes.set('ANEWC0DEF0RANA', { person: 'ana', device: null });
    valueOf(await tab.sync.join('anew-code-for-ana', null, 'Phone'));
    await world.time.until(isSent(tab), 'sent');
    expect(world.network.server.accepted()).toHaveLength(300);
  });

  it('[SEC-8] wipes itself when it was reported lost, and on no other word', async () => {
    const world = newWorld();
    const { device, tab } = await member(world);
    const id = deviceIdOf(world, 'ana');
    for (const refusal of ['forbidden', 'token-refused', 'code-refused', 'challenge-refused']) {
      world.network.mischief = ({ path }) => (path === '/api/sync' ? problem(401, refusal) : null);
      tab.sync.nudge('asked');
      await world.time.until(() => tab.sync.status.get().connection === 'offline', 'offline');
      expect(tab.erased()).toBe(0);
      world.network.mischief = passAll;
      tab.sync.nudge('asked');
      await world.time.until(() => tab.sync.status.get().connection === 'online', 'online');
    }
    world.network.revoked.add(id);
    await tick(device, tab, 'IT-01');
    await world.time.until(() => tab.erased() === 1, 'wiped');
    expect(valueOf(await device.store.key())).toBeNull();
    await world.time.until(() => tab.sync.status.get().connection === 'alone', 'alone');
    const before = world.network.requests.length;
    tab.sync.nudge('asked');
    await world.time.quiet();
    expect(world.network.requests).toHaveLength(before);
  });

  it("wipes a leaver's phone only after everything it wrote was sent", async () => {
    const world = newWorld();
    const { device, tab } = await member(world);
    let wrote = false;
    world.network.mischief = async ({ path, body }) => {
      if (path !== '/api/sync') return null;
      if (!wrote) {
        wrote = true;
        await device.phone.records.write([taskDraft('IT-02', 'in-progress')]);
      }
      const sent = body as Parameters<typeof world.network.server.handle>[0]['body'];
      const reply = world.network.server.handle({ body: sent, remaining: 0 });
      return Response.json({
        ...reply,
        records: [],
        cursor: sent.cursor,
        more: false,
        ...(sent.last ? { wipe: true } : {}),
      });
    };
    await tick(device, tab, 'IT-01');
    await world.time.until(() => tab.erased() === 1, 'wiped');
    expect(world.network.server.accepted()).toHaveLength(2);
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

  it('does not go round for ever between two servers with different pasts', async () => {
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

  it('[REL-17] gives a clone an identity of its own, also when the reply to that is lost, and sends what it wrote', async () => {
    const world = newWorld();
    const ana = await member(world);
    const id = deviceIdOf(world, 'ana');
    await tick(ana.device, ana.tab, 'IT-01');
    await world.time.until(isSent(ana.tab), 'sent');
    const [first] = world.network.pushes().flatMap(({ changes }) => changes);
    if (first === undefined) throw new Error('nothing was pushed');
    // the copy of the phone wrote under the next number already
    world.network.server.plant(
      {
        ...first,
        id: '01900000-0000-7000-8000-000000000001' as never,
        n: first.n + 1,
        key: `${first.key}-of-the-copy`,
      },
      'ana',
    );
    let lost = 0;
    world.network.mischief = ({ path }) => (path === '/api/enrol' && (lost += 1) <= 2 ? 'lose-reply' : null);
    await tick(ana.device, ana.tab, 'IT-02');
    await world.time.until(() => ana.tab.sync.status.get().unsent === 0 && lost === 3, 'sent under a new identity');
    const renewed = valueOf(await ana.device.store.key());
    expect(renewed?.device).not.toBe(id);
    expect(world.network.server.winners().map(({ key }) => key.split('/')[1])).toContain('IT-02');
    expect(ana.tab.sync.status.get().refused).toBe(0);
  });

  it('[REL-20] empties one outbox from two tabs and a service worker, each change once', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    const second = openTab(device, network, time);
    opened.push({ tab: second, device });
    const changes = [...(await tick(device, tab, 'IT-01', 'IT-02')), ...(await tick(device, second, 'IT-03'))];
    const worker = syncOnce(
      { ...contextParts(device, network, time), channel: device.channels.open() },
      new AbortController().signal,
    );
    await time.until(isSent(tab), 'sent');
    await time.until(isSent(second), 'the second tab knows');
    expect(await worker).toBe(true);
    expect([...network.server.accepted()].sort()).toEqual([...changes].sort());
    expect(network.pushes().flatMap(({ changes: sent }) => sent)).toHaveLength(3);
  });

  it('[REL-20] loses and doubles nothing where there are no Web Locks and everybody sends', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    const others = [openTab(device, network, time, false), openTab(device, network, time, false)];
    for (const other of others) opened.push({ tab: other, device });
    const changes: string[] = [];
    for (const [at, each] of [tab, ...others, ...others].entries())
      changes.push(...(await tick(device, each, `IT-${String(at)}`)));
    for (const each of [tab, ...others]) await time.until(isSent(each), 'sent');
    expect([...network.server.accepted()].sort()).toEqual(changes.sort());
  });

  it('[REL-20] takes over from a leading tab that the system has frozen', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    const second = openTab(device, network, time);
    opened.push({ tab: second, device });
    await time.quiet();
    tab.freeze();
    const frozen = time.passed;
    const [change] = await tick(device, second, 'IT-01');
    await time.until(isSent(second), 'sent by the second tab');
    expect(network.server.accepted()).toEqual([change]);
    expect(time.passed - frozen).toBeLessThan(10_000);
  });

  it('[REL-20] the service worker sends in the place of a tab that is frozen', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    tab.freeze();
    const [change] = valueOf(await device.phone.records.write([taskDraft('IT-01', 'in-progress')]));
    let done: boolean | null = null;
    void syncOnce(
      { ...contextParts(device, network, time), channel: device.channels.open() },
      new AbortController().signal,
    ).then((result) => (done = result));
    await time.until(() => done !== null, 'the worker is done');
    expect(done).toBe(true);
    expect(network.server.accepted()).toEqual([change?.change]);
  });

  it('the service worker says that something is left while the server is gone, so that the browser tries again', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    tab.end.abort();
    await tab.ended;
    valueOf(await device.phone.records.write([taskDraft('IT-01', 'in-progress')]));
    network.mischief = () => 'lose-request';
    const worker = () =>
      syncOnce({ ...contextParts(device, network, time), channel: null }, new AbortController().signal);
    expect(await worker()).toBe(false);
    network.mischief = passAll;
    expect(await worker()).toBe(true);
    expect(network.server.accepted()).toHaveLength(1);
  });

  it('hands the lead to a tab that is seen when the leading one is hidden', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    const second = openTab(device, network, time);
    opened.push({ tab: second, device });
    await time.until(() => device.locks.waiting() === 1, 'the second waits');
    tab.page.show(false);
    await time.until(() => device.locks.waiting() === 0 && device.locks.isHeld(), 'the second leads');
    await time.until(() => network.liveStreams === 1, 'one stream');
    second.page.show(false);
    await time.until(() => !device.locks.isHeld(), 'nobody leads');
    expect(network.liveStreams).toBe(0);
    tab.page.show(true);
    await time.until(() => network.liveStreams === 1, 'the first leads again');
  });

  it('[SYNC-TRUTH] never says "online" with nothing unsent while something is, in no tab and at no moment', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    const second = openTab(device, network, time);
    opened.push({ tab: second, device });
    await time.until(isSent(second), 'the second tab knows');
    const lies: SyncStatus[] = [];
    let changes: readonly string[] = [];
    const watch = (each: Tab) => () => {
      const status = each.sync.status.get();
      const accepted = network.server.accepted();
      if (status.unsent === 0 && changes.some((change) => !accepted.includes(change))) lies.push(status);
    };
    tab.sync.status.subscribe(watch(tab));
    let lost = 0;
    network.mischief = ({ path }) => (path === '/api/sync' && (lost += 1) % 2 === 1 ? 'lose-request' : null);
    for (let at = 0; at < 8; at += 1) {
      const saved = valueOf(await device.phone.records.write([taskDraft(`IT-${String(at)}`, 'in-progress')]));
      changes = [...changes, ...saved.map(({ change }) => change)];
      tab.sync.nudge('wrote');
      watch(tab)();
      await time.until(isSent(tab), 'sent');
    }
    await time.until(isSent(second), 'the second tab knows');
    expect(lies).toEqual([]);
    expect(second.sync.status.get()).toEqual(tab.sync.status.get());
  });

  it('learns what is new from the event stream, and stays quiet about what it knows', async () => {
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

  it('finds out at once that the server is gone when the stream ends, and comes back by itself', async () => {
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

  it('ends every job when its page goes: no timer, no stream, no lock, no listener, and not one more request', async () => {
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

  it('a device without a server asks nobody, and says so', async () => {
    const { time, network } = newWorld();
    const device = await openDevice(time);
    const tab = openTab(device, network, time);
    opened.push({ tab, device });
    valueOf(await device.phone.device.startAlone('Ana'));
    await tick(device, tab, 'IT-01');
    await time.pass(60_000);
    expect(network.requests).toEqual([]);
    expect(tab.sync.status.get()).toMatchObject({ connection: 'alone', lastSentAt: null });
    expect(tab.sync.status.get().unsent).toBeGreaterThan(0);
  });
});

function deviceIdOf({ network }: World, person: string) {
  const found = [...network.server.people].find(([, each]) => each === person);
  if (found === undefined) throw new Error(`${person} has no device`);
  return found[0];
}
