import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant, minute } from '../../src/domain/time.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { join, setUp, TestClock, type JournalPhone } from '../support/journal-phone.ts';
import { logEntry } from '../support/sample-plan.ts';
import { beginJournal } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

/** What coordinators do with single devices. */
export function deviceContract({ open }: JournalUnderTest): void {
  describe('devices', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;

    beforeEach(async () => {
      ({ journal, clock, lead } = await beginJournal(open));
    });
    afterEach(() => journal.close());

    it('[SEC-7] approving notes when, of one device of the workspace, and of none that was revoked', async () => {
      const { workspace } = lead.session;
      const [phone, lost] = [await join(lead, 'responder'), await join(lead, 'responder')];
      const other = await setUp(journal, clock, 77);
      await journal.revoke(workspace, lost.device, 'lost', clock.now);
      clock.pass(minute);
      expect(await journal.approve(workspace, phone.device, clock.now)).toEqual({ ok: true, value: undefined });
      expect((await journal.device(phone.device))?.approvedAt).toBe(instant(clock.now));
      expect((await journal.device(lead.device))?.approvedAt).toBeNull();
      for (const device of [lost.device, other.device, '00112233445566ff'])
        expect(await journal.approve(workspace, device as never, clock.now)).toEqual({ ok: false, error: 'not-found' });
    });

    it('[SEC-7] a fresh code on a known device is an approval, and neither the same code again nor a clone is one', async () => {
      const phone = await join(lead, 'responder');
      const approvedAt = async () => (await journal.device(phone.device))?.approvedAt;
      const { session, key: publicKey, device } = phone;
      const more = { code: 'fresh', device: lead.device, by: lead.person, access: 'responder', roles: [] } as const;
      const person = { id: session.person };
      await journal.invite(session.workspace, { ...more, person, expiresAt: clock.now + minute }, clock.now);
      expect(await approvedAt()).toBeNull();
      await phone.enrol('fresh');
      const at = instant(clock.now);
      expect(await approvedAt()).toBe(at);
      clock.pass(minute);
      expect((await phone.enrol('fresh')).ok).toBe(true);
      const known = { device, publicKey, name: 'phone', weakKey: false, person: null };
      expect((await journal.enrol({ ...known, code: 'token', previous: device }, clock.now)).ok).toBe(true);
      expect(await approvedAt()).toBe(at);
    });

    it('[LEAVER] what a device brought and was refused is counted and told, the last refused first, to its own workspace', async () => {
      const { workspace } = lead.session;
      const observer = await join(lead, 'observer');
      const other = await setUp(journal, clock, 78);
      const [one, two] = [
        observer.make('log', 'i/l1', logEntry('first')),
        observer.make('log', 'i/l2', logEntry('second')),
      ];
      await observer.sync([one]);
      clock.pass(minute);
      await observer.sync([two]);
      expect(await journal.quarantined(workspace)).toEqual(new Map([[observer.device, 2]]));
      expect(await journal.quarantined(other.session.workspace)).toEqual(new Map());
      const told = await journal.quarantine(workspace, observer.device, 1);
      expect(told).toMatchObject({
        ok: true,
        value: [{ id: two.id, device: observer.device, kind: 'log', key: 'i/l2', reason: { code: 'forbidden' } }],
      });
      expect(told.ok && JSON.parse(told.value[0]?.body ?? '')).toMatchObject({ value: two.value });
      expect(await journal.quarantine(workspace, lead.device, 10)).toEqual({ ok: true, value: [] });
      expect(await journal.quarantine(other.session.workspace, observer.device, 10)).toEqual({
        ok: false,
        error: 'not-found',
      });
    });
  });
}
