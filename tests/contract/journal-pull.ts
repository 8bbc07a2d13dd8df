import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeId } from '../../src/domain/ids.ts';
import { limits } from '../../src/domain/sync/limits.ts';
import { minute } from '../../src/domain/time.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { join, JournalPhone, setUp, TestClock } from '../support/journal-phone.ts';
import { incidentValue, logEntry, planVersion, samplePlan, taskProgress } from '../support/sample-plan.ts';
import { beginJournal } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

export function pullContract({ open, openAgain }: JournalUnderTest): void {
  describe('pull', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;

    beforeEach(async () => {
      ({ journal, clock, lead } = await beginJournal(open));
    });
    afterEach(() => journal.close());

    const tasks = (count: number) =>
      Array.from({ length: count }, (_, at) => lead.make('task', `i/T-${String(at)}`, taskProgress('done')));

    it('[PULL] pages end at the limit, in seq order, and together hold every winner once', async () => {
      await lead.sync(tasks(25));
      const phone = await join(lead, 'responder');
      const seqs: number[] = [];
      for (let more = true; more;) {
        const reply = await phone.send([], { limit: 7 });
        expect(reply.records.length).toBeLessThanOrEqual(7);
        seqs.push(...reply.records.map(({ seq }) => seq));
        phone.store(reply);
        more = reply.more;
      }
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      expect([...phone.records.values()].filter(({ kind }) => kind === 'task')).toHaveLength(25);
      expect(await phone.send()).toMatchObject({
        records: [],
        more: false,
        cursor: (await journal.head(lead.session.workspace)).head.seq,
      });
    });

    it('[PULL] a limit over 500 counts as 500, and a page ends at 4 MiB but never without a record', async () => {
      await lead.sync(tasks(500));
      await lead.sync(tasks(100));
      const text = 'x'.repeat(8000);
      const big = Array.from({ length: 110 }, (_, at) =>
        lead.make('review', `i/r${String(at)}`, { text: text.repeat(7) }),
      );
      await lead.sync(big);
      const phone = await join(lead, 'responder');
      const first = await phone.send([], { limit: 10_000 });
      expect(first.records).toHaveLength(500);
      phone.store(first);
      const second = await phone.send([], { limit: 10_000 });
      expect(second.more).toBe(true);
      const bytes = second.records.reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)), 0);
      expect(bytes).toBeLessThanOrEqual(limits.pageBytes);
      expect(bytes).toBeGreaterThan(limits.pageBytes - 60_000);
      expect(await phone.send([], { limit: 1, cursor: second.cursor })).toMatchObject({
        records: [{ kind: 'review' }],
        more: true,
      });
    });

    it('[PULL] a pull from 0 is preceded by the current plan version and the open incidents with theirs; other versions are not paged', async () => {
      const old = planVersion(samplePlan.slice(0, -1), 1);
      const between = planVersion(samplePlan.slice(0, -2), 2);
      const current = planVersion(samplePlan, 3);
      const running = incidentValue(old.hash);
      const closed = incidentValue(between.hash, { status: 'closed', code: 'bodugami' });
      await lead.sync([
        ...tasks(3),
        ...[old, between, current].map(({ hash, value }) => lead.make('plan-version', hash, value)),
      ]);
      await lead.sync([running, closed].map(({ id, value }) => lead.make('incident', id, value)));
      const phone = await join(lead, 'responder');
      const first = await phone.send([], { limit: 1 });
      expect(first.records.map(({ kind, key }) => `${kind}/${key}`).slice(0, 3)).toEqual([
        `plan-version/${current.hash}`,
        `plan-version/${old.hash}`,
        `incident/${running.id}`,
      ]);
      expect(first.records).toHaveLength(4);
      await phone.sync();
      const paged = [...phone.records.values()].filter(({ kind }) => kind === 'plan-version').map(({ key }) => key);
      expect(paged.sort()).toEqual([old.hash, current.hash].sort());
      expect((await journal.record(phone.session, 'plan-version', between.hash)).ok).toBe(true);
    });

    it('[PULL] the cursor passes records that the device may not see', async () => {
      const phone = await join(lead, 'responder');
      await phone.sync();
      await lead.sync(
        samplePlan
          .slice(0, 5)
          .map((item) => lead.make('plan-item', `shop/${item.section as string}/${item.id as string}`, item)),
      );
      const reply = await phone.send();
      expect(reply).toMatchObject({ records: [], more: false, cursor: reply.head.seq });
    });

    it('[PULL] tombstones are paged like any other record', async () => {
      const made = lead.make('task', 'i/T-1', taskProgress('done'));
      await lead.sync([made]);
      await lead.sync([lead.edit('task', 'i/T-1', null)]);
      const phone = await join(lead, 'responder');
      await phone.sync();
      expect(phone.records.get('task/i/T-1')).toMatchObject({ value: null, base: made.id });
    });

    it('[VIEW] another level or other roles start the pull from 0, exactly once', async () => {
      const phone = await join(lead, 'responder');
      await lead.sync(tasks(3));
      await phone.sync();
      await lead.sync([lead.edit('grant', phone.person, { access: 'coordinator', roles: [] })]);
      const reply = await phone.send([], { limit: 2 });
      expect(reply).toMatchObject({ reset: true, more: true });
      expect(reply.view).not.toBe(phone.view);
      phone.store(reply);
      expect((await phone.send([], { limit: 2 })).reset).toBe(false);
      await phone.sync();
      expect(phone.records.has(`grant/${lead.person}`)).toBe(true);
    });

    it('[VIEW] who gets the commanding role of a running incident sees its conflicts', async () => {
      const plan = planVersion();
      const incident = incidentValue(plan.hash);
      await lead.sync([
        lead.make('plan-version', plan.hash, plan.value),
        lead.make('incident', incident.id, incident.value),
      ]);
      const [one, two, deputy] = [
        await join(lead, 'responder'),
        await join(lead, 'responder'),
        await join(lead, 'responder', ['it']),
      ];
      const overruled = one.make('task', `${incident.id}/IT-01`, taskProgress('done'));
      clock.pass(minute);
      await two.sync([two.make('task', `${incident.id}/IT-01`, taskProgress('in-progress'))]);
      await one.sync([overruled]);
      await deputy.sync();
      expect(deputy.records.has(`conflict/${overruled.id}`)).toBe(false);
      await lead.sync();
      await lead.sync([lead.edit('grant', deputy.person, { access: 'responder', roles: ['it', 'lead'] })]);
      expect((await deputy.sync()).reset).toBe(true);
      expect(deputy.records.has(`conflict/${overruled.id}`)).toBe(true);
    });

    it('[VIEW] a person whose grant was taken away sees nothing any more', async () => {
      const phone = await join(lead, 'responder');
      await lead.sync(tasks(3));
      await phone.sync();
      await lead.sync([lead.edit('grant', phone.person, null)]);
      const reply = await phone.sync();
      expect(reply).toMatchObject({ reset: true, records: [], more: false });
      expect(phone.records.size).toBe(0);
    });

    it('[HISTORY-CHANGED] another epoch, another hash and a head beyond the end are answered without processing anything', async () => {
      await lead.sync(tasks(3));
      const { epoch, head } = await journal.head(lead.session.workspace);
      const change = lead.make('task', 'i/T-1', taskProgress('blocked', { reason: 'x' }));
      const others = [
        { epoch: 'e_other' },
        { head: { seq: head.seq, hash: head.hash.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')) } },
        { head: { seq: head.seq + 1, hash: head.hash } },
        { head: { seq: 0, hash: head.hash } },
      ];
      for (const more of others) {
        const reply = await lead.trySend([change], more);
        expect(reply).toEqual({ ok: false, error: { code: 'history-changed', epoch, head } });
        expect(await lead.trySend([], more)).toEqual(reply);
      }
      expect((await journal.head(lead.session.workspace)).head).toEqual(head);
      expect((await lead.trySend([change])).ok).toBe(true);
    });

    it('[REL-10] after a restore everything sent again with its given stamp ends as it was', async () => {
      const phone = await join(lead, 'responder');
      const done = phone.make('task', 'i/T-1', taskProgress('done'));
      clock.pass(minute);
      const other = lead.make('task', 'i/T-1', taskProgress('in-progress'));
      const stamps = [(await phone.sync([done])).outcomes[0]?.stamp, (await lead.sync([other])).outcomes[0]?.stamp];
      await journal.beginNewEpoch();
      const answer = await phone.trySend([done]);
      expect(answer).toMatchObject({ ok: false, error: { code: 'history-changed' } });
      // A server that lost it all: the same devices on an empty journal of another workspace.
      const reborn = await setUp(journal, clock, 900);
      const [again, leadAgain] = [await join(reborn, 'responder'), await join(reborn, 'responder')];
      clock.pass(60 * minute);
      const resent = [
        { ...again.make('task', 'i/T-1', taskProgress('done')), given: stamps[0]?.replace(phone.device, again.device) },
        {
          ...leadAgain.make('task', 'i/T-1', taskProgress('in-progress')),
          given: stamps[1]?.replace(lead.device, leadAgain.device),
        },
      ];
      await leadAgain.sync([resent[1]]);
      const late = await again.sync([resent[0]]);
      expect(late.outcomes[0]).toMatchObject({
        outcome: 'superseded',
        stamp: resent[0]?.given,
        winner: resent[1]?.id as ChangeId,
      });
    });

    it('[REL-11] a device of a workspace meets only that one, whatever ids it names', async () => {
      const other = await setUp(journal, clock, 2);
      const secret = other.make('log', 'i/l1', logEntry('of the other workspace'));
      await other.sync([secret]);
      await lead.sync();
      expect(JSON.stringify([...lead.records.values()])).not.toContain('of the other workspace');
      expect(await journal.record(lead.session, 'log', 'i/l1')).toEqual({ ok: false, error: 'not-found' });
      expect((await journal.entries(lead.session, null, 0, 500)).entries.map(({ change }) => change.id)).not.toContain(
        secret.id,
      );
      const same = await lead.send([{ ...lead.make('log', 'i/l1', logEntry('mine')), id: secret.id }]);
      expect(same.outcomes[0]?.outcome).toBe('applied');
    });

    it('[LIVE] listeners hear of the commits that they may see something of, after the commit, until they stop', async () => {
      const [phone, vendor] = [await join(lead, 'responder'), await join(lead, 'vendor', ['hoster'])];
      const heard: string[] = [];
      const stops = [phone, vendor].map((each) =>
        journal.onCommit(each.session, (epoch, head) =>
          heard.push(`${each === phone ? 'responder' : 'vendor'} ${epoch} ${String(head.seq)}`),
        ),
      );
      const reply = await lead.sync(tasks(1));
      expect(heard).toEqual([`responder ${reply.epoch} ${String(reply.head.seq)}`]);
      await lead.sync([lead.edit('grant', vendor.person, { access: 'observer', roles: [] })]);
      expect(heard.at(-1)).toContain('vendor');
      for (const stop of stops) stop();
      const before = heard.length;
      await lead.sync(tasks(1));
      expect(heard).toHaveLength(before);
    });

    if (openAgain === null) return;

    it('[REL-8] two connections: seq follows the commits, and a reader between them misses nothing', async () => {
      const second = await openAgain();
      try {
        const phone = await join(lead, 'responder');
        const there = new JournalPhone(second, clock, 4242);
        there.session = (await join(lead, 'responder', [], 4242)).session;
        const reader = await join(lead, 'coordinator');
        for (let round = 0; round < 10; round += 1) {
          await Promise.all([
            phone.send([phone.make('task', `i/A-${String(round)}`, taskProgress('done'))]),
            there.send([there.make('task', `i/B-${String(round)}`, taskProgress('done'))]),
            reader.sync(),
          ]);
        }
        await reader.sync();
        expect([...reader.records.keys()].filter((name) => name.startsWith('task/'))).toHaveLength(20);
        expect((await second.verify(lead.session.workspace)).ok).toBe(true);
        expect(await second.head(lead.session.workspace)).toEqual(await journal.head(lead.session.workspace));
      } finally {
        await second.close();
      }
    });

    it('[REL-12] what was acknowledged is there for a journal opened anew', async () => {
      const change = lead.make('task', 'i/T-1', taskProgress('done'));
      const reply = await lead.sync([change]);
      const again = await openAgain();
      try {
        const replay = await again.sync(lead.session, lead.request([change]), clock.now);
        expect(replay.ok && replay.value.outcomes).toEqual(reply.outcomes);
      } finally {
        await again.close();
      }
    });
  });
}
