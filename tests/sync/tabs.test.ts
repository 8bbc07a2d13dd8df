import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '../../src/domain/ports/sync-status.ts';
import { syncOnce } from '../../src/sync/sync-once.ts';
import { taskDraft } from '../storage/support/drafts.ts';
import { valueOf } from '../storage/support/phone-parts.ts';
import { passAll } from './support/model-network.ts';
import { contextParts, type Tab } from './support/open-device.ts';
import { isSent, member, newWorld, tabOf, tick } from './support/world.ts';

describe('tabs and the service worker of one phone', () => {
  it('[REL-20] empties one outbox from two tabs and a service worker, each change once', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    const second = tabOf(device, world);
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
    const others = [tabOf(device, world, false), tabOf(device, world, false)];
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
    const second = tabOf(device, world);
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

  it('[REL-20] the service worker says that something is left while the server is gone, so that the browser tries again', async () => {
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

  it('[REL-20] hands the lead to a tab that is seen when the leading one is hidden', async () => {
    const world = newWorld();
    const { time, network } = world;
    const { device, tab } = await member(world);
    const second = tabOf(device, world);
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
    const second = tabOf(device, world);
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
});
