import { describe, expect, it } from 'vitest';
import { taskDraft } from '../storage/support/drafts.ts';
import { valueOf } from '../storage/support/phone-parts.ts';
import { passAll, problem } from './support/model-network.ts';
import { deviceIdOf, isSent, member, newWorld, tick } from './support/world.ts';

describe('who a phone is to its server', () => {
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

  it('[SEC-8] syncs again once it has joined anew, in the page that was wiped', async () => {
    const world = newWorld();
    const { device, tab } = await member(world);
    world.network.revoked.add(deviceIdOf(world, 'ana'));
    await tick(device, tab, 'IT-01');
    await world.time.until(() => tab.erased() === 1, 'wiped');
    await world.time.until(() => tab.sync.status.get().connection === 'alone', 'alone');
    world.network.codes.set('ANEWC0DEF0RANA', { person: 'ana', device: null });
    valueOf(await tab.sync.join('anew-code-for-ana', null, 'Phone'));
    const changes = await tick(device, tab, 'IT-02');
    await world.time.until(isSent(tab), 'sent');
    expect(world.network.server.accepted().slice(-1)).toEqual(changes);
  });

  it("[LEAVER] wipes a leaver's phone only after everything it wrote was sent", async () => {
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
});
