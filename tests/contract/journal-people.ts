import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/domain/ids.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { chainStart } from '../../src/domain/sync/hash-chain.ts';
import { day, minute } from '../../src/domain/time.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { join, JournalPhone, setUp, TestClock } from '../support/journal-phone.ts';
import { logEntry, taskProgress } from '../support/sample-plan.ts';
import { verifyEntry } from '../support/verify-entry.ts';
import { beginJournal } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

export function peopleContract({ open }: JournalUnderTest): void {
  describe('people', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;

    beforeEach(async () => {
      ({ journal, clock, lead } = await beginJournal(open));
    });
    afterEach(() => journal.close());

    const invite = (code: string, more: object = {}) =>
      journal.invite(
        lead.session.workspace,
        {
          person: { name: 'Kim' },
          access: 'responder',
          roles: [],
          expiresAt: clock.now + day,
          code,
          by: lead.person,
          device: lead.device,
          ...more,
        },
        clock.now,
      );

    it('[ENROL] a setup code makes the first coordinator, works once, and only while there is none', async () => {
      expect((await journal.workspaces())[0]).toMatchObject({ name: 'Recovery team', hasCoordinator: true });
      expect(await journal.rights(lead.session)).toMatchObject({ access: 'coordinator', roles: [] });
      await journal.keepSetupCode(lead.session.workspace, 'another', clock.now + day);
      const late = new JournalPhone(journal, clock, 50);
      expect(await late.enrol('another', { name: 'Intruder' })).toEqual({ ok: false, error: 'code-refused' });
      await journal.revoke(lead.session.workspace, lead.device, 'lost', clock.now);
      expect((await journal.workspaces())[0]?.hasCoordinator).toBe(false);
      expect((await late.enrol('another', { name: 'Successor' })).ok).toBe(true);
    });

    it('[ENROL] a device that worked alone keeps its person; only the latest setup code lives', async () => {
      const workspace = await journal.createWorkspace('Second', clock.now);
      await journal.keepSetupCode(workspace, 'first', clock.now + day);
      await journal.keepSetupCode(workspace, 'second', clock.now + day);
      const phone = new JournalPhone(journal, clock, 51);
      expect((await phone.enrol('first', { id: 'me' as PersonId })).ok).toBe(false);
      expect(await phone.enrol('second', { id: 'me' as PersonId })).toMatchObject({
        ok: true,
        value: {
          device: phone.device,
          person: 'me',
          workspace: { id: workspace, name: 'Second' },
          access: 'coordinator',
          roles: [],
        },
      });
    });

    it('[ENROL] the same code and key give the same reply again; another key, a wrong and an expired code look alike', async () => {
      await invite('code');
      const phone = new JournalPhone(journal, clock, 52);
      const first = await phone.enrol('code', { id: 'ignored' as PersonId });
      expect(first.ok && first.value.person).not.toBe('ignored');
      clock.pass(2 * day);
      expect(await phone.enrol('code')).toEqual(first);
      const refused = { ok: false, error: 'code-refused' };
      expect(await new JournalPhone(journal, clock, 53).enrol('code')).toEqual(refused);
      expect(await new JournalPhone(journal, clock, 53).enrol('no such code')).toEqual(refused);
      await invite('short', { expiresAt: clock.now + minute });
      clock.pass(minute);
      expect(await new JournalPhone(journal, clock, 53).enrol('short')).toEqual(refused);
      expect(await journal.devices(lead.session.workspace)).toHaveLength(2);
    });

    it('[SEC-2] under 50 parallel redemptions one code lets one device in', async () => {
      await invite('once');
      const done = await Promise.all(
        Array.from({ length: 50 }, (_, at) => new JournalPhone(journal, clock, 6000 + at).enrol('once')),
      );
      expect(done.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await journal.devices(lead.session.workspace)).toHaveLength(2);
    });

    it('[INVITE] only a coordinator invites; the grant and the person are changes of the server', async () => {
      const phone = await join(lead, 'responder', ['it']);
      expect(await invite('x', { by: phone.person })).toEqual({ ok: false, error: 'forbidden' });
      expect(await invite('y', { person: { id: 'nobody' as PersonId } })).toEqual({ ok: false, error: 'not-found' });
      const history = await journal.history(lead.session, 'grant', phone.person);
      expect(history.ok && history.value[0]).toMatchObject({
        author: { person: null, device: '0000000000000000' },
        change: { value: { access: 'responder', roles: ['it'] } },
      });
      await lead.sync();
      expect(lead.shown('person', phone.person)).toMatchObject({ contacts: [] });
    });

    it('[REL-17] a clone takes a new key for the same person, once per token', async () => {
      const phone = await join(lead, 'responder');
      const next = new JournalPhone(journal, clock, 70);
      const request = {
        code: 'token',
        device: next.device,
        publicKey: next.key,
        name: 'phone',
        weakKey: false,
        person: null,
        previous: phone.device,
      };
      const done = await journal.enrol(request, clock.now);
      expect(done).toMatchObject({ ok: true, value: { person: phone.person, device: next.device } });
      expect(await journal.enrol(request, clock.now)).toEqual(done);
      const third = new JournalPhone(journal, clock, 71);
      expect((await journal.enrol({ ...request, device: third.device, publicKey: third.key }, clock.now)).ok).toBe(
        false,
      );
    });

    it('[SEC-8] a code that was made on a phone reported lost since, or by somebody demoted since, lets nobody in', async () => {
      const { workspace } = lead.session;
      const [lost, demoted, kept] = [
        await join(lead, 'coordinator'),
        await join(lead, 'coordinator'),
        await join(lead, 'coordinator'),
      ];
      for (const [at, by] of [lost, demoted, kept].entries())
        await invite(`of ${String(at)}`, { by: by.person, device: by.device });
      await journal.revoke(workspace, lost.device, 'lost', clock.now);
      await journal.revoke(workspace, kept.device, 'leaver', clock.now);
      await invite('observer', { person: { id: demoted.person }, access: 'observer' });
      const codes = ['of 0', 'of 1', 'of 2'];
      const done = [];
      for (const [at, code] of codes.entries()) done.push(await new JournalPhone(journal, clock, 80 + at).enrol(code));
      expect(done.map(({ ok }) => ok)).toEqual([false, false, true]);
    });

    it('[SEC-8] with a lost device leave those that took their identity from it, and theirs', async () => {
      const phone = await join(lead, 'responder');
      const other = await join(lead, 'responder', [], 79, phone.person);
      const cloneOf = async (previous: JournalPhone, seed: number) => {
        const { key: publicKey, device } = new JournalPhone(journal, clock, seed);
        const request = { code: `token ${String(seed)}`, name: 'phone', weakKey: false, person: null };
        await journal.enrol({ ...request, device, publicKey, previous: previous.device }, clock.now);
        const clone = new JournalPhone(journal, clock, seed);
        clone.session = { ...previous.session, device };
        return clone;
      };
      const clone = await cloneOf(phone, 77);
      const second = await cloneOf(clone, 78);
      const told: unknown[] = [];
      const stop = journal.onRevocation((device) => told.push(device));
      await journal.revoke(lead.session.workspace, clone.device, 'leaver', clock.now);
      expect((await journal.device(second.device))?.revoked).toBeNull();
      await journal.revoke(lead.session.workspace, phone.device, 'lost', clock.now);
      stop();
      expect(new Set(told)).toEqual(new Set([clone.device, phone.device, second.device]));
      const modes = [];
      for (const each of [phone, clone, second, other]) modes.push((await journal.device(each.device))?.revoked?.mode);
      expect(modes).toEqual(['lost', 'leaver', 'leaver', undefined]);
      expect(await second.send()).toMatchObject({ records: [] });
    });

    it('[START] a setup code that was used is not kept again, though nobody coordinates any more', async () => {
      const workspace = await journal.createWorkspace('Second', clock.now);
      expect(await journal.keepSetupCode(workspace, 'fixed', clock.now + day)).toBe(true);
      expect(await journal.keepSetupCode(workspace, 'fixed', clock.now + day)).toBe(true);
      const first = new JournalPhone(journal, clock, 54);
      expect((await first.enrol('fixed', { name: 'First' })).ok).toBe(true);
      await journal.revoke(workspace, first.device, 'lost', clock.now);
      expect(await journal.keepSetupCode(workspace, 'fixed', clock.now + day)).toBe(false);
      expect((await new JournalPhone(journal, clock, 55).enrol('fixed', { name: 'Finder' })).ok).toBe(false);
    });

    it('[SEC-8] a revoked device stays revoked, keeps its first time, and its key never comes back', async () => {
      const phone = await join(lead, 'responder');
      const at = clock.now;
      await journal.revoke(lead.session.workspace, phone.device, 'leaver', at);
      clock.pass(minute);
      await journal.revoke(lead.session.workspace, phone.device, 'lost', clock.now);
      await journal.revoke(lead.session.workspace, phone.device, 'leaver', clock.now);
      expect((await journal.device(phone.device))?.revoked).toEqual({ mode: 'lost', at: new Date(at).toISOString() });
      await invite('again', { person: { id: phone.person } });
      expect(await phone.enrol('again')).toEqual({ ok: false, error: 'code-refused' });
      const other = await setUp(journal, clock, 2);
      expect(await journal.revoke(other.session.workspace, lead.device, 'lost', clock.now)).toEqual({
        ok: false,
        error: 'not-found',
      });
    });

    it('[REL-10] a restore voids open invites and keeps those that were redeemed from coming back', async () => {
      await invite('open');
      await invite('burnt');
      await new JournalPhone(journal, clock, 80).enrol('burnt');
      await journal.beginNewEpoch();
      expect((await new JournalPhone(journal, clock, 81).enrol('open')).ok).toBe(false);
      expect((await new JournalPhone(journal, clock, 82).enrol('burnt')).ok).toBe(false);
    });

    it('[SEC-26] a reader can verify the chain from what the journal shows, entry by entry', async () => {
      await lead.sync([
        lead.make('task', 'i/T-1', taskProgress('done')),
        lead.make('log', 'i/l1', logEntry('ünïcödé ✓')),
      ]);
      const { entries } = await journal.entries(lead.session, null, 0, 100);
      let previous = chainStart((await journal.head(lead.session.workspace)).epoch);
      for (const entry of entries) {
        expect(verifyEntry(previous, entry)).toBe(true);
        expect(verifyEntry(previous, { ...entry, change: { ...entry.change, value: { forged: true } } })).toBe(false);
        expect(verifyEntry(previous, { ...entry, author: { ...entry.author, person: 'forger' as PersonId } })).toBe(
          false,
        );
        previous = entry.hash;
      }
      expect(previous).toBe((await journal.head(lead.session.workspace)).head.hash);
    });

    it('[ERASE] what is personal is gone from record, history and conflicts, and the chain still verifies', async () => {
      const secret = 'mobile-0821234567';
      const value = { name: secret, contacts: [{ type: 'phone', value: secret, verifiedAt: null }] };
      const phone = await join(lead, 'responder');
      const again = await join(lead, 'coordinator');
      await lead.sync();
      await phone.sync();
      const mine = phone.edit('person', phone.person, value);
      clock.pass(minute);
      await lead.sync([lead.edit('person', phone.person, { ...value, organisation: 'Shop' })]);
      await phone.sync([mine]);
      const test = '0193a000-0000-7000-8000-000000000001';
      const called = { result: 'not-reached', at: '2026-11-23T12:00:00.000Z', by: null, means: 'phone', note: secret };
      const results = [`${test}/${phone.person}`, `${test}/${lead.person}`] as const;
      await lead.sync(
        results.map((key) => lead.make('contact-result', key, { ...called, note: key === results[0] ? secret : 'x' })),
      );
      await phone.sync([phone.make('contact-result', results[0], called)]);
      const bad = { ...phone.make('person', phone.person, { ...value, name: 5 }) };
      await phone.sync([bad]);
      await again.sync();
      expect([...again.records.values()].filter(({ kind }) => kind === 'conflict')).toHaveLength(1);

      expect(await journal.erasePerson(lead.session.workspace, phone.person, phone.person, clock.now)).toEqual({
        ok: false,
        error: 'forbidden',
      });
      expect(await journal.erasePerson(lead.session.workspace, 'nobody' as PersonId, lead.person, clock.now)).toEqual({
        ok: false,
        error: 'not-found',
      });
      expect((await journal.erasePerson(lead.session.workspace, phone.person, lead.person, clock.now)).ok).toBe(true);
      expect((await journal.device(phone.device))?.name).toBe('');

      const { entries } = await journal.entries(lead.session, null, 0, 1000);
      expect(JSON.stringify(entries)).not.toContain(secret);
      await again.sync();
      expect(JSON.stringify([...again.records.values()])).not.toContain(secret);
      expect(again.records.get(`person/${phone.person}`)?.value).toBeNull();
      expect(again.records.get(`contact-result/${results[0]}`)?.value).toBeNull();
      expect(again.records.get(`contact-result/${results[1]}`)?.value).toMatchObject({ note: 'x' });
      let previous = chainStart((await journal.head(lead.session.workspace)).epoch);
      for (const entry of entries) {
        expect(verifyEntry(previous, entry)).toBe(true);
        previous = entry.hash;
      }
      expect((await journal.verify(lead.session.workspace)).ok).toBe(true);
      // A reply that was lost before: the change is known although its value is gone.
      expect((await phone.send([mine])).outcomes[0]).toMatchObject({ outcome: 'superseded' });
    });

    it('[HISTORY] entries of an incident are paged in order', async () => {
      const incident = '0123456789abcdef';
      await lead.sync(
        Array.from({ length: 10 }, (_, at) =>
          lead.make('task', `${at % 2 === 0 ? incident : 'fedcba9876543210'}/T-${String(at)}`, taskProgress('done')),
        ),
      );
      const keys: string[] = [];
      for (let after = 0, more = true; more;) {
        const page = await journal.entries(lead.session, incident as never, after, 2);
        keys.push(...page.entries.map(({ change }) => (change as unknown as JsonObject).key as string));
        ({ after, more } = page);
      }
      expect(keys).toEqual([0, 2, 4, 6, 8].map((at) => `${incident}/T-${String(at)}`));
    });

    it('[HEALTH] a journal that can write says so', async () => {
      expect(await journal.healthy()).toEqual({ ok: true, value: undefined });
    });
  });
}
