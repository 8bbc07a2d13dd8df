import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stamp } from '../../src/domain/ids.ts';
import { day, hour, instant, minute } from '../../src/domain/time.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { join, TestClock, timeOf, type JournalPhone } from '../support/journal-phone.ts';
import { taskProgress } from '../support/sample-plan.ts';
import { beginJournal } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

const year = 365 * day;

export function clockContract({ open }: JournalUnderTest): void {
  describe('clocks', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;
    let phone: JournalPhone;

    beforeEach(async () => {
      ({ journal, clock, lead } = await beginJournal(open));
      phone = await join(lead, 'responder');
    });
    afterEach(() => journal.close());

    it('[REL-1] a phone a year ahead gains nothing with 50 offline edits', async () => {
      phone.skew = year;
      const edits = Array.from({ length: 50 }, (_, at) => {
        clock.pass(minute);
        return phone.make('task', `i/T-${String(at)}`, taskProgress('in-progress'));
      });
      const madeAt = edits.map((_, at) => clock.now - (49 - at) * minute);
      clock.pass(hour);
      const fair = lead.make('task', 'i/T-0', taskProgress('done'));
      await lead.send([fair]);
      const reply = await phone.send(edits);
      expect(reply.outcomes.map(({ stamp }) => timeOf(stamp))).toEqual(madeAt.map(instant));
      expect(reply.outcomes[0]).toMatchObject({ outcome: 'superseded', winner: fair.id });
    });

    it('[REL-2] a phone at 1970 loses nothing of its time once its offset is known', async () => {
      phone.skew = -clock.now + 10 * minute;
      const early = phone.make('task', 'i/T-1', taskProgress('in-progress'));
      const madeAt = instant(clock.now);
      expect(early.wall < '1971').toBe(true);
      clock.pass(hour);
      const reply = await phone.send([early]);
      expect(timeOf(reply.outcomes[0]?.stamp ?? null)).toBe(madeAt);
    });

    it('[REL-3] after a jump the changes of the earlier line have no believed time and lose to every concurrent one, visibly', async () => {
      const before = phone.make('task', 'i/T-1', taskProgress('in-progress'));
      const concurrent = lead.make('task', 'i/T-1', taskProgress('done'));
      await lead.send([concurrent]);
      phone.skew = -2 * hour;
      const after = phone.make('task', 'i/T-2', taskProgress('done'));
      expect(after.line).toBe(before.line + 1);
      const reply = await phone.sync([before, after]);
      expect(reply.outcomes.map(({ outcome }) => outcome)).toEqual(['superseded', 'applied']);
      expect(reply.outcomes[0]?.stamp).toBe(`1970-01-01T00:00:00.000Z-0001-${phone.device}`);
      expect(phone.shown('conflict', before.id)).toMatchObject({ decision: 'open', winner: { change: concurrent.id } });
    });

    it('[REL-4] a corrected clock with a full outbox keeps the order in which the work was done', async () => {
      phone.skew = 3 * hour;
      const wrong = phone.make('task', 'i/T-1', taskProgress('in-progress'));
      phone.skew = 0;
      const right = phone.make('task', 'i/T-1', taskProgress('done'), { base: wrong.id, seen: null });
      const reply = await phone.send([wrong, right]);
      expect(reply.outcomes.map(({ winner }) => winner)).toEqual([right.id, right.id]);
      expect((reply.outcomes[0]?.stamp ?? '') < (reply.outcomes[1]?.stamp ?? '')).toBe(true);
    });

    it('[REL-5] a frozen clock: stamps of one millisecond stay apart and in order, past the end of the counter', async () => {
      const seen = `${instant(clock.now)}-fffe-${lead.device}` as Stamp;
      const frozen = Array.from({ length: 4 }, (_, at) =>
        phone.make(
          'task',
          `i/T-${String(at)}`,
          taskProgress('done'),
          at === 0 ? { base: lead.make('task', 'x/y', null).id, seen } : {},
        ),
      );
      const reply = await phone.send(frozen);
      expect(reply.outcomes.map(({ stamp }) => stamp?.slice(0, 29))).toEqual([
        `${instant(clock.now)}-ffff`,
        `${instant(clock.now + 1)}-0000`,
        `${instant(clock.now + 1)}-0001`,
        `${instant(clock.now + 1)}-0002`,
      ]);
    });

    it('[REL-6] an absurd stamp inside a batch is judged by itself', async () => {
      const good = phone.make('task', 'i/T-1', taskProgress('done'));
      const absurd = phone.make('task', 'i/T-2', taskProgress('done'), {
        stamp: `9999-12-31T23:59:59.999Z-ffff-${phone.device}` as Stamp,
      });
      const unreadable = phone.make('task', 'i/T-3', taskProgress('done'), {
        stamp: '12026-11-23T12:00:00.000Z-0000-x' as Stamp,
      });
      const next = phone.make('task', 'i/T-4', taskProgress('done'));
      const reply = await phone.send([good, absurd, unreadable, next]);
      expect(reply.outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'refused', 'applied']);
      // What the device claims decides nothing.
      expect(reply.outcomes.slice(0, 2).map(({ stamp }) => timeOf(stamp))).toEqual([good.wall, absurd.wall]);
    });

    it('[REL-6] a wall far ahead of the offset that the request proves has no believed time', async () => {
      const ahead = phone.make('task', 'i/T-1', taskProgress('done'), { wall: instant(clock.now + 61_000) });
      const withinTolerance = phone.make('task', 'i/T-2', taskProgress('done'), { wall: instant(clock.now + 60_000) });
      const reply = await phone.send([ahead, withinTolerance]);
      expect(reply.outcomes[0]?.stamp).toBe(`1970-01-01T00:00:00.000Z-0001-${phone.device}`);
      expect(timeOf(reply.outcomes[1]?.stamp ?? null)).toBe(instant(clock.now));
    });

    it('[REL-7] a retry whose clock was corrected meanwhile keeps the stamps of the first attempt', async () => {
      phone.skew = 5 * minute;
      const changes = [
        phone.make('task', 'i/T-1', taskProgress('done')),
        phone.make('task', 'i/T-2', taskProgress('done')),
      ];
      const first = await phone.send(changes);
      phone.skew = 0;
      clock.pass(minute);
      expect((await phone.send(changes)).outcomes).toEqual(first.outcomes);
    });

    it('[ORDER] an offset up to 60 s counts as 0, more is taken out', async () => {
      phone.skew = -minute;
      const near = phone.make('task', 'i/T-1', taskProgress('done'));
      expect(timeOf((await phone.send([near])).outcomes[0]?.stamp ?? null)).toBe(instant(clock.now - minute));
      clock.pass(hour);
      phone.skew = -minute - 1;
      const far = phone.make('task', 'i/T-2', taskProgress('done'));
      expect(timeOf((await phone.send([far])).outcomes[0]?.stamp ?? null)).toBe(instant(clock.now));
    });

    it('[ORDER] now never runs back with the clock of the server', async () => {
      const first = phone.make('task', 'i/T-1', taskProgress('done'));
      const given = (await phone.send([first])).outcomes[0]?.stamp ?? null;
      clock.pass(-hour);
      const later = lead.make('task', 'i/T-1', taskProgress('blocked', { reason: 'no' }), {
        base: first.id,
        seen: given,
      });
      const reply = await lead.send([later]);
      expect(reply.serverNow).toBe(first.wall);
      expect(reply.outcomes[0]).toMatchObject({ outcome: 'applied', stamp: `${first.wall}-0001-${lead.device}` });
    });

    it('[ORDER] a given stamp is taken as believed time and counter, whatever the line says, and is no part of the identity', async () => {
      const given = `${instant(clock.now - day)}-0007-${phone.device}` as Stamp;
      const change = phone.make('task', 'i/T-1', taskProgress('done'), { given, line: 99 });
      const reply = await phone.send([change]);
      expect(reply.outcomes[0]?.stamp).toBe(given);
      const { given: _given, ...without } = change;
      expect((await phone.send([without])).outcomes).toEqual(reply.outcomes);
    });

    it('[ORDER] a given stamp is no way to be later than now', async () => {
      const given = `${instant(clock.now + day)}-0000-${phone.device}` as Stamp;
      const reply = await phone.send([phone.make('task', 'i/T-1', taskProgress('done'), { given })]);
      expect(reply.outcomes[0]?.stamp).toBe(`1970-01-01T00:00:00.000Z-0001-${phone.device}`);
    });

    it('[ORDER] refused changes count for the lower bound of what follows them', async () => {
      const refused = phone.make('task', 'i/T-1', { status: 'no' });
      const next = phone.make('task', 'i/T-2', taskProgress('done'), { line: 99 });
      const reply = await phone.send([refused, next]);
      expect(reply.outcomes[1]?.stamp?.slice(0, 29)).toBe(`${reply.outcomes[0]?.stamp?.slice(0, 24) ?? ''}-0001`);
    });
  });
}
