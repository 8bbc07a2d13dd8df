import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant, minute } from '../../src/domain/time.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { join, setUp, TestClock, type JournalPhone } from '../support/journal-phone.ts';
import { logEntry } from '../support/sample-plan.ts';
import { beginJournal } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

/** What coordinators do with single devices. */
export function deviceContract({ open, runSql }: JournalUnderTest): void {
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

    if (runSql === null) return;
    it('[LIMITS] of what is no change at all the newest 10,000 of a device are kept and the rest is counted; a true change stays', async () => {
      const { workspace } = lead.session;
      const [phone, other] = [await join(lead, 'observer'), await join(lead, 'observer')];
      const first = phone.make('log', 'i/l1', logEntry('first'));
      await phone.sync([first]);
      const junk = (at: number) => ({ junk: at });
      await phone.send([junk(1), junk(2)]);
      clock.pass(minute);
      await runSql(`INSERT INTO refused (ws, sent_by, code, message, owns_id, owns_n, at, content_hash, size)
        WITH RECURSIVE rows(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM rows WHERE at < 9999)
        SELECT d.ws, d.id, 'invalid', '', 0, 0, '${instant(clock.now)}', 'row ' || rows.at, 1 FROM rows, devices d WHERE d.id = '${phone.device}'`);
      clock.pass(minute);
      await phone.send([junk(3)]);
      await other.send([junk(4)]);
      const told = await journal.quarantine(workspace, phone.device, 20_000);
      const kept = told.ok ? told.value : [];
      expect(kept).toHaveLength(10_001);
      expect(kept[0]?.body).toBe('{"junk":3}');
      expect(kept.at(-1)?.id).toBe(first.id);
      expect(kept.some(({ body }) => body === '{"junk":1}')).toBe(false);
      const brought = [
        [phone.device, 10_003],
        [other.device, 1],
      ] as const;
      expect(await journal.quarantined(workspace)).toEqual(new Map<string, number>(brought));
      await phone.send([junk(1)]);
      expect(await journal.quarantined(workspace)).toEqual(
        new Map<string, number>([[phone.device, 10_004], brought[1]]),
      );
    });
  });
}
