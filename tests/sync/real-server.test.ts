import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { joinCodeHash } from '../../src/domain/sync/codes.ts';
import type { Json } from '../../src/domain/json.ts';
import { day, minute } from '../../src/domain/time.ts';
import { createSync, type RunningSync } from '../../src/sync/create-sync.ts';
import { systemRandomness } from '../../src/sync/system-clock.ts';
import { buildServer } from '../../sync-server/build-server.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { openSqliteJournal } from '../../sync-server/journal/sqlite-journal.ts';
import { createLog } from '../../sync-server/log.ts';
import { logDraft, taskDraft } from '../storage/support/drafts.ts';
import { openPhone, type Phone } from '../storage/support/open-phone.ts';
import { valueOf } from '../storage/support/phone-parts.ts';
import { FakePage } from './support/open-device.ts';
import { addressOf } from './support/address-of.ts';

type RealServer = {
  readonly journal: Journal;
  readonly origin: string;
  readonly app: FastifyInstance;
  readonly setupCode: string;
};
type RealPhone = { readonly phone: Phone; readonly sync: RunningSync; readonly page: FakePage; stop(): Promise<void> };

let running: RealServer | null = null;
let phones: RealPhone[] = [];

afterEach(async () => {
  for (const phone of phones) await phone.stop();
  phones = [];
  if (running !== null) await stopServer(running);
  await running?.journal.close();
  running = null;
});

/** Sockets that a client opened ahead and never used would keep a server waiting. */
async function stopServer({ app }: RealServer): Promise<void> {
  const closing = app.close();
  app.server.closeAllConnections();
  await closing;
}

const setupCode = '7K3MQ0RSTVWX7K3M';

/** The true server on a port of its own. PUBLIC_URL must be known before it listens, so the port is taken first. */
async function startServer(port = 0, kept: Journal | null = null): Promise<RealServer> {
  const journal = kept ?? openSqliteJournal({ path: ':memory:', random: (length: number) => randomBytes(length) });
  const chosen = port === 0 ? await freePort() : port;
  const origin = `http://127.0.0.1:${String(chosen)}`;
  if (kept === null) {
    const workspace = await journal.createWorkspace('Recovery team', Date.now());
    await journal.keepSetupCode(workspace, joinCodeHash(setupCode), Date.now() + day);
  }
  const log = createLog('silent', { write: () => undefined });
  const app = await buildServer({
    journal,
    publicUrl: origin,
    version: 'test',
    appDir: null,
    now: () => Date.now(),
    log,
  });
  await app.listen({ port: chosen, host: '127.0.0.1' });
  running = { journal, origin, app, setupCode };
  return running;
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

type Options = { readonly wrongBy?: number; readonly fetch?: typeof fetch };

async function openRealPhone(origin: string, { wrongBy = 0, fetch: call = fetch }: Options = {}): Promise<RealPhone> {
  const clock = { now: () => Date.now() + wrongBy, monotonic: () => performance.now() };
  const phone = await openPhone({ clock: Object.assign(clock, { wall: 0, awake: 0, advance: () => undefined }) });
  const page = new FakePage();
  const sync = createSync({
    store: phone.syncStore,
    membership: phone.device.membership,
    clock,
    random: systemRandomness,
    origin,
    deviceName: () => 'Test phone',
    page,
    fetch: call,
    locks: null,
    channel: null,
    eraseApp: () => Promise.resolve(),
  });
  const life = new AbortController();
  const ended = sync.start(life.signal);
  const stop = async () => {
    life.abort();
    await ended;
    phone.close();
  };
  const opened = { phone, sync, page, stop };
  phones.push(opened);
  return opened;
}

async function joined(
  server: RealServer,
  code: string,
  name: string | null,
  options: Options = {},
): Promise<RealPhone> {
  const opened = await openRealPhone(server.origin, options);
  valueOf(await opened.sync.join(code, name, `${name ?? 'Invited'}'s phone`));
  await until(() => opened.sync.status.get().connection === 'online');
  return opened;
}

async function invited(server: RealServer, by: RealPhone, name: string, options: Options = {}): Promise<RealPhone> {
  const invite = valueOf(
    await by.sync.server.invite({ person: { name }, access: 'coordinator', roles: [], expiresInDays: 7 }),
  );
  expect(invite.url).toBe(`${server.origin}/join#${invite.code}`);
  return joined(server, invite.url, null, options);
}

async function until(holds: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('not in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function isSent({ sync }: RealPhone): boolean {
  const { unsent, connection } = sync.status.get();
  return unsent === 0 && connection === 'online';
}

/** Everything a phone shows of tasks and log, to be compared with another's. */
async function shownBy({ phone }: RealPhone): Promise<Json> {
  const all: [string, string, Json][] = [];
  for (const kind of ['task', 'log'] as const) {
    const records = await new Promise<
      readonly { readonly key: string; readonly value: unknown; readonly change: string }[]
    >((resolve, reject) => {
      const stop = phone.records.watchPrefix(kind, '').subscribe((shown) => {
        resolve(shown);
        queueMicrotask(() => stop());
      }, reject);
    });
    for (const { key, value, change } of records) all.push([`${kind} ${key}`, change, value as Json]);
  }
  return all.sort(([a], [b]) => (a < b ? -1 : 1));
}

async function sameEverywhere(one: RealPhone, other: RealPhone, records: number): Promise<boolean> {
  const [a, b] = [await shownBy(one), await shownBy(other)];
  return JSON.stringify(a) === JSON.stringify(b) && (a as readonly Json[]).length === records;
}

describe('two phones and the real server', () => {
  it('[SYNC-1] set up, invite, work offline, come back, and show the same', async () => {
    const server = await startServer();
    const ana = await joined(server, setupCode, 'Ana');
    const ben = await invited(server, ana, 'Ben');
    const port = Number(new URL(server.origin).port);
    await stopServer(server);
    await until(() => ana.sync.status.get().connection === 'offline' && ben.sync.status.get().connection === 'offline');
    for (const [phone, task] of [
      [ana, 'IT-01'],
      [ben, 'IT-02'],
    ] as const) {
      valueOf(
        await phone.phone.records.write([
          taskDraft(task, 'in-progress'),
          logDraft(`note-${task}`, `From ${task}`, task),
        ]),
      );
      phone.sync.nudge('wrote');
    }
    expect(ana.sync.status.get().unsent).toBeGreaterThan(0);
    await startServer(port, server.journal);
    ana.sync.nudge('asked');
    ben.sync.nudge('asked');
    await until(() => isSent(ana) && isSent(ben));
    await until(() => sameEverywhere(ana, ben, 4));
    const third = await invited(server, ana, 'Cleo');
    await until(() => sameEverywhere(third, ana, 4));
    const devices = valueOf(await ana.sync.server.devices());
    expect(devices.map(({ name }) => name)).toContain("Ana's phone");
    expect(valueOf(await ana.sync.server.history('task', '00112233445566aa/IT-01'))).toHaveLength(1);
  });

  it('[SYNC-LIVE] a change reaches the other phone by the event stream, well within a second or two', async () => {
    const server = await startServer();
    const ana = await joined(server, setupCode, 'Ana');
    const ben = await invited(server, ana, 'Ben');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const wrote = Date.now();
    valueOf(await ana.phone.records.write([taskDraft('IT-01', 'in-progress')]));
    ana.sync.nudge('wrote');
    await until(() => sameEverywhere(ben, ana, 1), 5_000);
    expect(Date.now() - wrote).toBeLessThan(3_000);
  });

  it('[REL-14] the reply is lost ten times in a row: every change is applied once', async () => {
    const server = await startServer();
    let lost = 0;
    const losing: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const sends = addressOf(input).endsWith('/api/sync') && lost < 10 && armed;
      if (!sends) return response;
      lost += 1;
      await response.arrayBuffer();
      throw new TypeError('the reply was lost');
    };
    let armed = false;
    const ana = await joined(server, setupCode, 'Ana', { fetch: losing });
    armed = true;
    const saved = valueOf(
      await ana.phone.records.write(['IT-01', 'IT-02', 'IT-03'].map((code) => taskDraft(code, 'in-progress'))),
    );
    ana.sync.nudge('wrote');
    while (!isSent(ana)) {
      ana.sync.nudge('asked');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(lost).toBe(10);
    for (const [at, { change }] of saved.entries()) {
      const entries = valueOf(await ana.sync.server.history('task', `00112233445566aa/IT-0${String(at + 1)}`));
      expect(entries.map(({ change: kept }) => kept.id)).toEqual([change]);
    }
  });

  it('[JOIN] a code whose reply was lost is not burnt for the phone that sent it, and is for every other', async () => {
    const server = await startServer();
    let lose = true;
    const losing: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!lose || !addressOf(input).endsWith('/api/enrol')) return response;
      await response.arrayBuffer();
      throw new TypeError('the reply was lost');
    };
    const ana = await openRealPhone(server.origin, { fetch: losing });
    expect(await ana.sync.join(setupCode, 'Ana', 'Phone')).toEqual({ ok: false, error: { tag: 'no-answer' } });
    const other = await openRealPhone(server.origin);
    expect(await other.sync.join(setupCode, 'Eve', 'Phone')).toEqual({ ok: false, error: { tag: 'code-refused' } });
    lose = false;
    expect(valueOf(await ana.sync.join('7k3m-q0rs-tvwx-7k3m', 'Ana', 'Phone')).access).toBe('coordinator');
    await until(() => isSent(ana));
  });

  it('[JOIN] a phone that worked alone sends all it has once it is connected', async () => {
    const server = await startServer();
    const ana = await openRealPhone(server.origin);
    valueOf(await ana.phone.device.startAlone('Ana'));
    valueOf(await ana.phone.records.write([taskDraft('IT-01', 'done'), logDraft('n1', 'Written alone', 'IT-01')]));
    valueOf(await ana.sync.join(setupCode, null, 'Phone'));
    await until(() => isSent(ana));
    const ben = await invited(server, ana, 'Ben');
    await until(() => sameEverywhere(ben, ana, 2));
  });

  it.each([-3_652 * day, 3_652 * day])(
    '[SEC-6] a phone whose clock is wrong by %i ms joins, sends, and learns by how much',
    async (wrongBy) => {
      const server = await startServer();
      const ana = await joined(server, setupCode, 'Ana', { wrongBy });
      valueOf(await ana.phone.records.write([taskDraft('IT-01', 'in-progress')]));
      ana.sync.nudge('wrote');
      await until(() => isSent(ana));
      expect(Math.abs((ana.sync.status.get().clockOffset ?? 0) + wrongBy)).toBeLessThan(minute);
      const [entry] = valueOf(await ana.sync.server.history('task', '00112233445566aa/IT-01'));
      expect(Math.abs(Date.parse(entry?.stamp.slice(0, 24) ?? '') - Date.now())).toBeLessThan(minute);
    },
  );

  it('[SEC-8] a phone reported lost is wiped at its next contact, and a leaver after its last push', async () => {
    const server = await startServer();
    const ana = await joined(server, setupCode, 'Ana');
    const lost = await invited(server, ana, 'Ben');
    const leaver = await invited(server, ana, 'Cleo');
    const deviceOf = async ({ phone }: RealPhone) => valueOf(await phone.syncStore.key())?.device ?? '';
    const [lostId, leaverId] = [await deviceOf(lost), await deviceOf(leaver)];
    valueOf(await leaver.phone.records.write([taskDraft('IT-07', 'done')]));
    valueOf(await ana.sync.server.revoke(lostId, 'lost'));
    valueOf(await ana.sync.server.revoke(leaverId, 'leaver'));
    lost.sync.nudge('asked');
    leaver.sync.nudge('asked');
    await until(async () => (await deviceOf(lost)) === '' && (await deviceOf(leaver)) === '');
    expect(valueOf(await ana.sync.server.devices()).filter(({ revoked }) => revoked !== null)).toHaveLength(2);
  });
});
