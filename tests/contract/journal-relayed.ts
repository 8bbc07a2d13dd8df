import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SentChange, SyncReply } from '../../src/domain/sync/protocol.ts';
import { hour, instant, minute, type Millis } from '../../src/domain/time.ts';
import type { Journal, Relayed } from '../../sync-server/journal/journal.ts';
import { join, setUp, TestClock, timeOf, type JournalPhone } from '../support/journal-phone.ts';
import { canary, incidentValue, logEntry, taskProgress } from '../support/sample-plan.ts';
import { beginWithIncident, incident, key, plan } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

/** Changes that go by another phone (protocol.md, Bundles). Who signed them was verified before the journal hears of them. */
export function relayedContract({ open }: JournalUnderTest): void {
  describe('relayed', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;
    let author: JournalPhone;
    let relay: JournalPhone;

    beforeEach(async () => {
      ({ journal, clock, lead } = await beginWithIncident(open));
      author = await join(lead, 'responder', ['it']);
      relay = await join(lead, 'observer');
    });
    afterEach(() => journal.close());

    it('[REL-15] the same change by its own way and by two others is one change with one outcome, and its author stays', async () => {
      const change = author.make('log', key('l1'), logEntry('power is back'));
      const given = bundleOf(author, [change]);
      const first = await bring(relay, [given]);
      const second = await bring(lead, [given, given]);
      const own = await author.send([change]);
      expect(first.outcomes).toMatchObject([{ id: change.id, outcome: 'applied' }]);
      expect([...second.outcomes, ...own.outcomes]).toEqual(Array.from({ length: 3 }, () => first.outcomes[0]));
      const { entries } = await journal.entries(lead.session, incident.id, 0, 100);
      expect(entries.filter((entry) => entry.change.id === change.id).map((entry) => entry.author)).toEqual([
        { person: author.person, device: author.device },
      ]);
    });

    it('[REL-15] the verdicts of bundles follow those of the request, bundle by bundle', async () => {
      const own = relay.make('person', relay.person, { name: 'Relay', contacts: [] });
      const one = author.make('log', key('l1'), logEntry('one'));
      const two = lead.make('log', key('l2'), logEntry('two'));
      const reply = await bring(relay, [bundleOf(lead, [two]), bundleOf(author, [one])], [own]);
      expect(reply.outcomes.map(({ id }) => id)).toEqual([own.id, two.id, one.id]);
    });

    it('[BUNDLE-10] rights are the author’s: an observer may carry what it may not write, and lends no rights to anybody', async () => {
      const report = author.make('task', key('IT-01'), taskProgress('done'));
      const forbidden = relay.make('task', key('IT-02'), taskProgress('done'));
      expect((await bring(relay, [bundleOf(author, [report])])).outcomes).toMatchObject([{ outcome: 'applied' }]);
      const byLead = await bring(lead, [bundleOf(relay, [forbidden])]);
      expect(byLead.outcomes).toMatchObject([{ outcome: 'refused', reason: { code: 'forbidden' } }]);
    });

    it('[REL-1] a wrong but steady clock is corrected by the bundle’s age', async () => {
      author.skew = 365 * 24 * hour;
      clock.pass(minute);
      const madeAt = clock.now;
      const change = author.make('task', key('IT-01'), taskProgress('in-progress'));
      clock.pass(10 * minute);
      const given = bundleOf(author, [change]);
      clock.pass(hour);
      const fair = lead.make('task', key('IT-01'), taskProgress('done'));
      await lead.send([fair]);
      const reply = await bring(relay, [{ ...given, age: hour }]);
      expect(timeOf(reply.outcomes[0]?.stamp ?? null)).toBe(instant(madeAt));
      expect(reply.outcomes[0]).toMatchObject({ outcome: 'superseded', winner: fair.id });
    });

    it('[REL-3] what was made before a jump of the author’s clock has no believed time', async () => {
      const before = author.make('task', key('IT-01'), taskProgress('in-progress'));
      author.skew = -2 * hour;
      const after = author.make('task', key('IT-02'), taskProgress('done'));
      const reply = await bring(relay, [bundleOf(author, [before, after])]);
      expect(reply.outcomes.map(({ stamp }) => timeOf(stamp))).toEqual([instant(0), instant(clock.now)]);
    });

    it('[BUNDLE-19] what nobody is proven to have signed is refused, and uses up no id and no number of anybody', async () => {
      const change = author.make('log', key('l1'), logEntry('said by nobody'));
      const forged = { ...bundleOf(author, [change]), author: null };
      const reply = await bring(relay, [forged]);
      expect(reply.outcomes).toMatchObject([
        { id: change.id, outcome: 'refused', stamp: null, winner: null, reason: { code: 'forbidden' } },
      ]);
      const other = { ...author.make('log', key('l2'), logEntry('true')), n: change.n, id: change.id };
      expect((await author.send([other])).outcomes).toMatchObject([{ outcome: 'applied' }]);
    });

    it('[SEC-21] a device of another workspace is nobody here', async () => {
      const elsewhere = await setUp(journal, clock, 77);
      const change = elsewhere.make('log', key('l1'), logEntry('from elsewhere'));
      const reply = await bring(relay, [bundleOf(elsewhere, [change])]);
      expect(reply.outcomes).toMatchObject([{ outcome: 'refused', reason: { code: 'forbidden' } }]);
      expect((await elsewhere.send([change])).outcomes).toMatchObject([{ outcome: 'applied' }]);
    });

    it('[BUNDLE-11] one device can’t speak for another person’s', async () => {
      const change = lead.make('log', key('l1'), logEntry('put into somebody’s mouth'));
      const reply = await bring(relay, [bundleOf(author, [change])]);
      expect(reply.outcomes).toMatchObject([{ outcome: 'refused', reason: { code: 'forbidden' } }]);
    });

    it('[SEC-8] of a lost phone nothing new is taken, of a leaver’s nothing made after; what was taken stays', async () => {
      const taken = author.make('log', key('l1'), logEntry('before'));
      const late = author.make('log', key('l2'), logEntry('came late'), { wall: instant(0) });
      const first = await bring(relay, [bundleOf(author, [taken])]);
      const leaver = await join(lead, 'responder', ['it']);
      const work = leaver.make('log', key('l3'), logEntry('work'));
      clock.pass(minute);
      await journal.revoke(lead.session.workspace, author.device, 'lost', clock.now);
      await journal.revoke(lead.session.workspace, leaver.device, 'leaver', clock.now);
      clock.pass(minute);
      const after = leaver.make('log', key('l4'), logEntry('afterwards'));
      const reply = await bring(relay, [bundleOf(author, [taken, late]), bundleOf(leaver, [work, after])]);
      expect(reply.outcomes[0]).toEqual(first.outcomes[0]);
      expect(reply.outcomes.map(({ outcome, reason }) => reason?.code ?? outcome)).toEqual([
        'applied',
        'forbidden',
        'applied',
        'forbidden',
      ]);
    });

    it('[SEC-8] a lost phone is not believed under the name that it had before its new identity either', async () => {
      const lost = await join(lead, 'responder', ['it'], 77, author.person);
      const change = author.make('log', key('l1'), logEntry('by whoever found it'));
      await journal.revoke(lead.session.workspace, lost.device, 'lost', clock.now);
      const reply = await bring(relay, [bundleOf(lost, [change])]);
      expect(reply.outcomes).toMatchObject([{ outcome: 'refused', reason: { code: 'forbidden' } }]);
    });

    it('[SEC-20] a vendor that carries others’ work is not told which change stands where it may not look', async () => {
      const vendor = await join(lead, 'vendor', ['hoster']);
      const standing = lead.make('task', key('IT-01'), { ...taskProgress('blocked'), reason: canary });
      await lead.send([standing]);
      const late = author.make('task', key('IT-01'), taskProgress('done'), { line: 9 });
      const secret = author.make('log', key('l1'), logEntry('a'));
      await author.send([secret]);
      const other = author.make('log', key('l1'), logEntry('b'));
      const reply = await bring(vendor, [bundleOf(author, [late, other])]);
      expect(reply.outcomes).toMatchObject([
        { outcome: 'superseded', winner: null },
        { outcome: 'refused', winner: null, reason: { code: 'immutable' } },
      ]);
      expect(JSON.stringify(reply.outcomes)).not.toContain(canary);
      expect(JSON.stringify(reply.outcomes)).not.toContain(standing.id);
      expect((await bring(relay, [bundleOf(author, [late])])).outcomes[0]).toMatchObject({ winner: standing.id });
    });

    it('[BUNDLE-12] whoever comes first brings what the others’ work rests on, whichever way round', async () => {
      const begun = incidentValue(plan.hash, { code: 'kisolana' });
      const at = (code: string) => `${begun.id}/${code}`;
      const vendor = await join(lead, 'vendor', ['hoster']);
      const early = vendor.make('person', vendor.person, { name: 'Hoster', contacts: [] });
      clock.pass(minute);
      const started = lead.make('incident', begun.id, begun.value);
      clock.pass(minute);
      const report = vendor.make('task', at('HO-01'), taskProgress('done'));
      const reply = await bring(vendor, [bundleOf(lead, [started])], [early, report]);
      expect(reply.outcomes.map(({ reason }) => reason)).toEqual([undefined, undefined, undefined]);
    });

    it('[SYNC-11] a change based on another phone’s that it carries is no rival of it', async () => {
      const base = author.make('task', key('IT-01'), taskProgress('in-progress'));
      clock.pass(minute);
      const next = lead.make('task', key('IT-01'), taskProgress('done'), { base: base.id });
      const reply = await bring(lead, [bundleOf(author, [base])], [next]);
      expect(reply.outcomes).toMatchObject([
        { id: next.id, outcome: 'applied', winner: next.id },
        { id: base.id, outcome: 'applied', winner: next.id },
      ]);
      await lead.sync();
      expect([...lead.records.keys()].filter((name) => name.startsWith('conflict/'))).toEqual([]);
    });
  });
}

/** What `phone` signed now; `age` as time goes on. */
function bundleOf(phone: JournalPhone, changes: readonly SentChange[], age: Millis = 0): Relayed {
  const { clientNow, line } = phone.request();
  return { author: phone.device, clientNow, line, age, changes };
}

async function bring(
  relay: JournalPhone,
  relayed: readonly Relayed[],
  changes: readonly SentChange[] = [],
): Promise<SyncReply> {
  const done = await relay.journal.sync(relay.session, relay.request(changes), relay.clock.now, relayed);
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
}
