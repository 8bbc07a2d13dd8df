import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hour, minute } from '../../src/domain/time.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { join, TestClock, type JournalPhone } from '../support/journal-phone.ts';
import { canary, extraTask, taskProgress } from '../support/sample-plan.ts';
import { beginWithIncident, key } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

/** Ways round the access levels that were open once. */
export function wayRoundAccessContract({ open }: JournalUnderTest): void {
  describe('ways round access', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;

    beforeEach(async () => {
      ({ journal, clock, lead } = await beginWithIncident(open));
    });
    afterEach(() => journal.close());

    it('[SEC-20] a vendor that is overruled out of its own part learns nothing of what overruled it', async () => {
      const vendor = await join(lead, 'vendor', ['hoster']);
      const by = await join(lead, 'responder', ['it']);
      const mine = vendor.make('extra-task', key('X-1'), extraTask('hoster', 'Swap the disk'));
      await vendor.sync([mine]);
      clock.pass(minute);
      await by.sync([by.make('extra-task', key('X-1'), extraTask('it', canary))]);
      await vendor.sync();
      await lead.sync();
      expect(lead.shown('conflict', mine.id)).toMatchObject({ winner: { value: { title: canary } } });
      const got = [
        [...vendor.records.values()],
        await journal.entries(vendor.session, null, 0, 1000),
        await journal.record(vendor.session, 'conflict', mine.id),
        await journal.history(vendor.session, 'conflict', mine.id),
      ];
      expect(JSON.stringify(got)).not.toContain(canary);
    });

    it('[SEC-20] no refusal names a change of a record that its author may not write', async () => {
      const vendor = await join(lead, 'vendor', ['hoster']);
      const secret = lead.make('task', key('IT-01'), taskProgress('done'));
      await lead.sync([secret]);
      const done = taskProgress('done');
      const reply = await vendor.sync([
        vendor.make('task', key('IT-01'), done),
        vendor.make('task', key('IT-01'), { status: 'none' }),
        vendor.make('task', key('IT-01'), done, { v: 9 }),
        vendor.make('task', key('IT-01'), { ...done, more: 'x'.repeat(70_000) }),
        vendor.make('task', key('IT-01'), done, { n: 1 }),
      ]);
      expect(reply.outcomes.map(({ reason, winner }) => [reason?.code, winner])).toEqual(
        ['forbidden', 'invalid', 'unsupported', 'too-large', 'sequence-reused'].map((code) => [code, null]),
      );
    });

    it('[SEC-22] nobody makes up a conflict for the coordinators to decide', async () => {
      const vendor = await join(lead, 'vendor', ['hoster']);
      const mine = vendor.make('task', key('HO-01'), taskProgress('done'));
      await vendor.sync([mine]);
      const [author, at] = [{ person: lead.person, device: lead.device }, mine.wall];
      const side = { change: mine.id, value: taskProgress('done'), stamp: mine.stamp, author, at };
      const made = { kind: 'task', key: key('HO-01'), overruled: side, winner: side };
      const reply = await vendor.sync([
        vendor.make('conflict', mine.id, { ...made, decision: 'open' }),
        vendor.make('conflict', mine.id, { ...made, kind: 'grant', key: vendor.person, decision: 'kept' }),
      ]);
      expect(reply.outcomes.map(({ reason }) => reason?.code)).toEqual(['forbidden', 'forbidden']);
    });

    it('[SEC-22] the right to give rights is not handed on by a change dated back', async () => {
      const second = await join(lead, 'coordinator');
      const other = await join(second, 'coordinator', [], undefined, second.person);
      const friend = await join(lead, 'responder');
      await other.sync();
      clock.pass(hour);
      const made = other.edit('grant', friend.person, { access: 'coordinator', roles: [] });
      const fresh = other.make('grant', 'nobody-yet', { access: 'coordinator', roles: [] });
      clock.pass(hour);
      await lead.sync();
      await lead.sync([lead.edit('grant', second.person, { access: 'observer', roles: [] })]);
      clock.pass(hour);
      const reply = await other.sync([made, fresh]);
      expect(reply.outcomes.map(({ reason }) => reason?.code)).toEqual(['forbidden', 'forbidden']);
    });

    it('[SEC-22] a vendor adds tasks to its own incidents only, and never in place of a task of the plan', async () => {
      const vendor = await join(lead, 'vendor', ['hoster']);
      const reply = await vendor.sync([
        vendor.make('extra-task', key('X-1'), extraTask('hoster', 'Swap the disk')),
        vendor.make('extra-task', key('IT-01'), extraTask('hoster', 'Do this instead')),
        vendor.make('extra-task', key('HO-01'), extraTask('hoster', 'Do this instead')),
        vendor.make('extra-task', '0123456789abcdef/X-1', extraTask('hoster', 'Elsewhere')),
      ]);
      expect(reply.outcomes.map(({ outcome, reason }) => reason?.code ?? outcome)).toEqual([
        'applied',
        'forbidden',
        'forbidden',
        'forbidden',
      ]);
    });

    it('[SEC-18] an added task is due within a year, as those of a plan are', async () => {
      const late = { ...extraTask('it', 'Some day'), target: Number.MAX_SAFE_INTEGER };
      expect((await lead.sync([lead.make('extra-task', key('X-1'), late)])).outcomes[0]?.reason?.code).toBe('invalid');
    });

    it('[SEC-18] a plan version of nothing but faults is refused by its first one', async () => {
      const version = (items: readonly object[]) => ({
        plan: 'p',
        number: 1,
        author: null,
        items: items as never,
        withheld: [],
      });
      const make = (items: readonly object[]) => lead.make('plan-version', 'a'.repeat(64), version(items));
      const empty = Array.from({ length: 20_000 }, () => ({}));
      const reply = await lead.sync([make(empty), make([...empty, {}]), make([null as never])]);
      expect(reply.outcomes.map(({ reason }) => [reason?.code, reason?.message])).toEqual([
        ['invalid', 'items.0: must have section, id and salt'],
        ['invalid', 'items: a plan may have 20000, withheld ones included'],
        ['invalid', 'items.0: must have section, id and salt'],
      ]);
    });
  });
}
