import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/domain/ids.ts';
import { day, hour, instant, minute } from '../../src/domain/time.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { remindersADay, type RemindRequest } from '../../sync-server/journal/reminders.ts';
import { join, setUp, TestClock, type JournalPhone } from '../support/journal-phone.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

export function reminderContract({ open, openAgain }: JournalUnderTest): void {
  describe('reminders', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;

    beforeEach(async () => {
      journal = await open();
      clock = new TestClock();
      lead = await setUp(journal, clock);
    });
    afterEach(() => journal.close());

    /** Somebody with these means of contact. */
    const member = async (...contacts: readonly (readonly [type: string, value: string])[]) => {
      const phone = await join(lead, 'responder');
      const value = {
        name: 'Kim',
        contacts: contacts.map(([type, each]) => ({ type, value: each, verifiedAt: null })),
      };
      await phone.sync();
      await phone.sync([phone.edit('person', phone.person, value)]);
      return phone.person;
    };
    const note = (request: string, people: readonly PersonId[], more: Partial<RemindRequest> = {}, from = journal) =>
      from.reminders.note(
        lead.session.workspace,
        { request, by: lead.person, people, ways: new Set(['mail'] as const), again: false, ...more },
        clock.now,
      );
    const settle = (request: string, people: readonly PersonId[], result: 'sent' | 'refused' | 'failed' = 'sent') =>
      journal.reminders.settle(lead.session.workspace, request, 'mail', people, result);
    const of = (request: string, from = journal) => from.reminders.of(lead.session.workspace, request, clock.now);
    const latest = () => journal.reminders.latest(lead.session.workspace, clock.now);

    it('[REMIND-1] go to the first mail address of a person’s own record, and to nobody without one', async () => {
      const kim = await member(['phone', '0800'], ['email', 'no address'], ['email', 'kim@example.org']);
      const twice = await member(['email', 'a@example.org, b@example.org']);
      const none = await member(['phone', '0801']);
      const all = [kim, twice, none, 'nobody' as PersonId];
      expect(await note('first', all)).toEqual({
        ok: true,
        value: {
          send: [{ person: kim, way: 'mail', address: 'kim@example.org' }],
          tooSoon: [],
          noWay: [twice, none, 'nobody'],
        },
      });
      const reachable = (ways: readonly 'mail'[]) => journal.reminders.reachable(lead.session.workspace, new Set(ways));
      expect(await reachable(['mail'])).toEqual([{ person: kim, ways: ['mail'] }]);
      expect(await reachable([])).toEqual([]);
      expect(await note('none set up', [kim], { ways: new Set() })).toMatchObject({
        value: { send: [], noWay: [kim] },
      });
    });

    it('[REMIND-2] the same request again sends nothing, and tells how it stands', async () => {
      const [kim, lee] = [await member(['email', 'kim@example.org']), await member(['email', 'lee@example.org'])];
      const both = await Promise.all([note('r', [kim, lee]), note('r', [kim, lee])]);
      expect(new Set(both.map((done) => (done.ok ? done.value.send.length : null)))).toEqual(new Set([0, 2]));
      await settle('r', [kim], 'refused');
      await settle('r', [lee]);
      // what is known stays known
      await settle('r', [kim]);
      expect((await of('r')).toSorted((a) => (a.person === kim ? -1 : 1))).toEqual([
        { person: kim, way: 'mail', at: instant(clock.now), by: lead.person, result: 'refused' },
        { person: lee, way: 'mail', at: instant(clock.now), by: lead.person, result: 'sent' },
      ]);
      expect(await note('r', [kim, lee])).toMatchObject({ value: { send: [], tooSoon: [] } });
    });

    it('[REMIND-3] nobody twice in six hours, or in ten minutes when it was said again; the count outlives a restart', async () => {
      const kim = await member(['email', 'kim@example.org']);
      await note('r1', [kim]);
      await settle('r1', [kim]);
      clock.pass(5 * hour);
      const again = await openAgain?.();
      expect(await note('r2', [kim], {}, again)).toMatchObject({ value: { send: [], tooSoon: [kim] } });
      await again?.close();
      expect(await note('r3', [kim], { again: true })).toMatchObject({
        value: { send: [{ person: kim }], tooSoon: [] },
      });
      await settle('r3', [kim]);
      clock.pass(5 * minute);
      expect(await note('r4', [kim], { again: true })).toMatchObject({ value: { send: [], tooSoon: [kim] } });
      clock.pass(6 * hour);
      expect(await note('r5', [kim])).toMatchObject({ value: { send: [{ person: kim }] } });
    });

    it('[REMIND-3] what was refused or failed may be tried again at once', async () => {
      const kim = await member(['email', 'kim@example.org']);
      await note('r1', [kim]);
      await settle('r1', [kim], 'failed');
      expect(await note('r2', [kim])).toMatchObject({ value: { send: [{ person: kim }], tooSoon: [] } });
    });

    it('[REMIND-4] what a stopped server left is not known after ten minutes, and may be tried again', async () => {
      const kim = await member(['email', 'kim@example.org']);
      await note('r1', [kim]);
      expect(await of('r1')).toMatchObject([{ result: 'waiting' }]);
      expect(await note('r2', [kim])).toMatchObject({ value: { tooSoon: [kim] } });
      clock.pass(10 * minute);
      expect(await of('r1')).toMatchObject([{ result: 'unknown' }]);
      expect(await note('r3', [kim])).toMatchObject({ value: { send: [{ person: kim }] } });
    });

    it('[REMIND-5] of a workspace so many a day, and then none until there is room', async () => {
      const { workspace } = lead.session;
      const many: PersonId[] = [];
      for (let at = 0; at < 50; at += 1) many.push(await member(['email', `kim${String(at)}@example.org`]));
      const [kim] = many as [PersonId];
      for (let at = 0; at < remindersADay / many.length; at += 1) {
        await note(`r${String(at)}`, many);
        await settle(`r${String(at)}`, many, 'failed');
      }
      clock.pass(hour);
      expect(await note('over', [kim])).toEqual({ ok: false, error: (23 * hour) / 1000 });
      expect(await of('over')).toEqual([]);
      clock.pass(23 * hour);
      expect(await note('next day', [kim])).toMatchObject({ value: { send: [{ person: kim }] } });
      clock.pass(401 * day);
      await note('much later', [kim]);
      expect(await journal.reminders.of(workspace, 'r0', clock.now)).toEqual([]);
    });

    it('[REMIND-6] the latest of each person are listed, of this workspace only', async () => {
      const [kim, lee] = [await member(['email', 'kim@example.org']), await member(['email', 'lee@example.org'])];
      await note('r1', [kim, lee]);
      await settle('r1', [kim, lee]);
      clock.pass(7 * hour);
      await note('r2', [kim]);
      expect(Object.fromEntries((await latest()).map(({ person, result }) => [person, result]))).toEqual({
        [kim]: 'waiting',
        [lee]: 'sent',
      });
      const other = await setUp(journal, clock, 2);
      expect(await journal.reminders.latest(other.session.workspace, clock.now)).toEqual([]);
      expect(await journal.reminders.of(other.session.workspace, 'r1', clock.now)).toEqual([]);
      expect(
        await journal.reminders.note(
          other.session.workspace,
          { request: 'r', by: other.person, people: [kim], ways: new Set(['mail']), again: true },
          clock.now,
        ),
      ).toMatchObject({ value: { send: [], noWay: [kim] } });
    });

    it('[PUSH-1] a device takes notifications at one place, until it is revoked, erased or gone there', async () => {
      const [kim, lee] = [await join(lead, 'responder'), await join(lead, 'responder')];
      const at = (endpoint: string) => ({ endpoint, p256dh: 'p', auth: 'a' });
      const reached = async () =>
        (await journal.reminders.reachable(lead.session.workspace, new Set(['push'] as const))).map(
          ({ person }) => person,
        );
      await journal.pushes.keep(kim.session, at('https://one'), clock.now);
      await journal.pushes.keep(kim.session, at('https://two'), clock.now);
      await journal.pushes.keep(lee.session, at('https://lee'), clock.now);
      expect(await note('r', [kim.person, lead.person], { ways: new Set(['mail', 'push'] as const) })).toEqual({
        ok: true,
        value: {
          send: [{ person: kim.person, way: 'push', targets: [{ device: kim.device, ...at('https://two') }] }],
          tooSoon: [],
          noWay: [lead.person],
        },
      });
      await journal.pushes.dropGone(kim.device, 'https://one');
      expect(await journal.pushes.endpointOf(kim.device)).toBe('https://two');
      await journal.pushes.dropGone(kim.device, 'https://two');
      expect(await reached()).toEqual([lee.person]);
      await journal.pushes.keep(kim.session, at('https://three'), clock.now);
      await journal.revoke(lead.session.workspace, kim.device, 'lost', clock.now);
      await journal.pushes.keep(kim.session, at('https://four'), clock.now);
      expect(await journal.pushes.endpointOf(kim.device)).toBeNull();
      const other = await setUp(journal, clock, 2);
      await journal.pushes.keep(other.session, at('https://other'), clock.now);
      expect(await reached()).toEqual([lee.person]);
      await journal.erasePerson(lead.session.workspace, lee.person, lead.person, clock.now);
      expect(await journal.pushes.endpointOf(lee.device)).toBeNull();
    });

    it('[REMIND-7] [ERASE] with a person goes what was sent to them', async () => {
      const [kim, lee] = [await member(['email', 'kim@example.org']), await member(['email', 'lee@example.org'])];
      await note('r', [kim, lee]);
      expect((await journal.erasePerson(lead.session.workspace, kim, lead.person, clock.now)).ok).toBe(true);
      expect((await of('r')).map(({ person }) => person)).toEqual([lee]);
      await settle('r', [kim]);
      expect((await latest()).map(({ person }) => person)).toEqual([lee]);
      clock.pass(hour);
      expect(await note('r2', [kim], { again: true })).toMatchObject({ value: { send: [], noWay: [kim] } });
    });
  });
}
