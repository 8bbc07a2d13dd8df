import { describe, expect, it } from 'vitest';
import type { SyncRequest } from '../../src/domain/sync/protocol.ts';
import { incident, logDraft, taskDraft } from '../storage/support/drafts.ts';
import { awaitLive, valueOf } from '../storage/support/phone-parts.ts';
import { setupCode, stopServer } from '../support/running-server.ts';
import { problem, type Mischief, type Sent } from './support/model-network.ts';
import { invited, isSent as isAllSent, joined, realServer, until, type RealPhone } from './support/real-phones.ts';
import { isSent, member, newWorld, tick, type World } from './support/world.ts';

async function handOver(from: RealPhone, to: RealPhone): Promise<void> {
  const { text } = valueOf(await (await from.phone.handOver()).pack());
  valueOf(await (await to.phone.handOver()).take(text, 'camera'));
  to.sync.nudge('wrote');
}

async function task(phone: RealPhone, code: string) {
  return valueOf(await phone.phone.records.read('task', `${incident}/${code}`));
}

async function write(
  phone: RealPhone,
  ...drafts: Parameters<RealPhone['phone']['records']['write']>[0]
): Promise<void> {
  valueOf(await phone.phone.records.write(drafts));
  phone.sync.nudge('wrote');
}

type Member = Awaited<ReturnType<typeof member>>;

const nothingCarried = async (phone: RealPhone) => (await awaitLive(phone.phone.syncStore.unsent)).carried === 0;

/** Every change of the journal as a phone may ask for it. */
async function historyOf(phone: RealPhone, kind: string, key: string) {
  return valueOf(await phone.sync.server.history(kind, `${incident}/${key}`));
}

describe('phones that hand over while no server can be reached', () => {
  it('[REL-15] what one took over comes to the server once, by either way, and its author stays', async () => {
    const server = await realServer();
    const ana = await joined(server, setupCode, 'Ana');
    const ben = await invited(server, ana, 'Ben');
    const cleo = await invited(server, ana, 'Cleo');
    const port = Number(new URL(server.origin).port);
    await stopServer(server);
    await write(ben, taskDraft('IT-01', 'in-progress'), logDraft('b', 'From Ben', 'IT-01'));
    await handOver(ben, cleo);
    expect(await task(cleo, 'IT-01')).toMatchObject({ unsent: true });
    await write(cleo, taskDraft('IT-01', 'done', await task(cleo, 'IT-01')));
    await handOver(cleo, ana);
    expect(await task(ana, 'IT-01')).toMatchObject({ unsent: true, value: { status: 'done' } });
    await realServer(port, server.journal);
    for (const phone of [ana, cleo, ben]) {
      phone.sync.nudge('asked');
      await until(async () => isAllSent(phone) && (await nothingCarried(phone)));
    }
    await until(async () => (await task(ben, 'IT-01'))?.value?.status === 'done');
    const history = await historyOf(ana, 'task', 'IT-01');
    expect(history.map(({ author }) => author.person)).toEqual([await personOf(ben), await personOf(cleo)]);
    expect(history.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    expect(await historyOf(ana, 'log', 'b')).toHaveLength(1);
    for (const phone of [ana, ben, cleo]) expect(await task(phone, 'IT-01')).toMatchObject({ unsent: false });
    expect(await awaitLive(ana.phone.records.watchPrefix('conflict', ''))).toEqual([]);
  });
});

describe('the engine with what it carries', () => {
  const mischiefs: readonly (readonly [string, Mischief])[] = [
    ['a server that does not take it', () => problem(422, 'unsupported')],
    ['something between that finds it too large', () => problem(413, 'too-large')],
  ];
  it.each(mischiefs)('[BUNDLE-30] %s does not hold up this device’s own work', async (_, refuse) => {
    const world = newWorld();
    const [ana, ben] = [await member(world), await member(world, 'ben')];
    let takes = false;
    const isBrought = ({ path, body }: Sent) => path === '/api/sync' && (body as SyncRequest).relayed !== undefined;
    world.network.mischief = (sent) => (!takes && isBrought(sent) ? refuse(sent) : null);
    await ana.records.write([logDraft('a', 'From Ana')]);
    const { text } = valueOf(await (await ana.device.phone.handOver()).pack());
    valueOf(await (await ben.device.phone.handOver()).take(text, 'camera'));
    const [own] = await tick(ben.device, ben.tab, 'IT-01');
    await world.time.until(isSent(ben.tab), 'sent');
    expect(world.network.server.accepted()).toEqual([own]);
    expect(world.network.requests.filter(isBrought)).toHaveLength(1);
    expect(ben.tab.sync.status.get().carried).toBe(1);
    takes = true;
    ben.tab.sync.nudge('asked');
    await world.time.until(() => ben.tab.sync.status.get().carried === 0, 'brought');
    expect(world.network.server.accepted()).toHaveLength(2);
  });
});

describe('[LEAVER] a phone that leaves while it carries work of others', () => {
  /** The reply that a leaver gets, who may only push (protocol.md, The other endpoints). */
  const asLeaver = ({ network: { server } }: World, body: SyncRequest): Response => {
    const reply = server.handle({ body, remaining: 0 });
    return Response.json({ ...reply, cursor: body.cursor, more: false, ...(body.last ? { wipe: true } : {}) });
  };
  const packed = async (phone: Member) => valueOf(await (await phone.device.phone.handOver()).pack()).text;
  const take = async (phone: Member, text: string) =>
    valueOf(await (await phone.device.phone.handOver()).take(text, 'camera'));

  it('is not wiped as long as the server does not take that', async () => {
    const world = newWorld();
    const [ana, ben] = [await member(world), await member(world, 'ben')];
    let takes = false;
    world.network.mischief = ({ path, body }) => {
      if (path !== '/api/sync') return null;
      const sent = body as SyncRequest;
      return sent.relayed !== undefined && !takes ? problem(422, 'unsupported') : asLeaver(world, sent);
    };
    await ana.records.write([logDraft('a', 'From Ana')]);
    await take(ben, await packed(ana));
    const [own] = await tick(ben.device, ben.tab, 'IT-01');
    await world.time.until(isSent(ben.tab), 'sent');
    expect(world.network.server.accepted()).toEqual([own]);
    expect(ben.tab.erased()).toBe(0);
    takes = true;
    ben.tab.sync.nudge('asked');
    await world.time.until(() => ben.tab.erased() === 1, 'wiped');
    expect(world.network.server.accepted()).toHaveLength(2);
  });

  it('brings first what it took over while its last push was under way', async () => {
    const world = newWorld();
    const [ana, ben] = [await member(world), await member(world, 'ben')];
    await ana.records.write([logDraft('a', 'From Ana')]);
    let taken = await packed(ana);
    world.network.mischief = async ({ path, body }) => {
      if (path !== '/api/sync') return null;
      const reply = asLeaver(world, body as SyncRequest);
      if (taken !== '') await take(ben, taken);
      taken = '';
      return reply;
    };
    await tick(ben.device, ben.tab, 'IT-01');
    await world.time.until(() => ben.tab.erased() === 1, 'wiped');
    expect(world.network.server.accepted()).toHaveLength(2);
  });
});

async function personOf(phone: RealPhone) {
  return valueOf(await phone.phone.syncStore.person());
}
