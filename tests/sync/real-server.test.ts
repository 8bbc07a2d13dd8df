import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import { day, minute } from '../../src/domain/time.ts';
import { logDraft, taskDraft } from '../storage/support/drafts.ts';
import { valueOf } from '../storage/support/phone-parts.ts';
import { setupCode, stopServer } from '../support/running-server.ts';
import { addressOf } from './support/address-of.ts';
import { invited, isSent, joined, openRealPhone, realServer, until, type RealPhone } from './support/real-phones.ts';

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
    const server = await realServer();
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
    await realServer(port, server.journal);
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

  it('[SYNC-LIVE] a change reaches the other phone by the event stream alone: nothing else makes it ask', async () => {
    const server = await realServer();
    let streams = 0;
    const counting: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (addressOf(input).endsWith('/api/live')) streams += 1;
      return response;
    };
    const ana = await joined(server, setupCode, 'Ana');
    const ben = await invited(server, ana, 'Ben', { fetch: counting });
    await until(() => streams === 1);
    valueOf(await ana.phone.records.write([taskDraft('IT-01', 'in-progress')]));
    ana.sync.nudge('wrote');
    await until(() => sameEverywhere(ben, ana, 1));
    // a stream that had broken and come back would have made a round of its own
    expect(streams).toBe(1);
  });

  it('[REL-14] the reply is lost ten times in a row: every change is applied once', async () => {
    const server = await realServer();
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
    const server = await realServer();
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

  it.each([-3_652 * day, 3_652 * day])(
    '[SEC-6] a phone whose clock is wrong by %i ms joins, sends, and learns by how much',
    async (wrongBy) => {
      const server = await realServer();
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
    const server = await realServer();
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
