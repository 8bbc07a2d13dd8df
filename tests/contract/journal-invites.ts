import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId, RoleId } from '../../src/domain/ids.ts';
import { day, minute } from '../../src/domain/time.ts';
import type { InviteId, InviteRequest, Journal } from '../../sync-server/journal/journal.ts';
import { join, JournalPhone, setUp, TestClock } from '../support/journal-phone.ts';
import { beginJournal } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

export function inviteContract({ open, openAgain }: JournalUnderTest): void {
  describe('invites', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;

    beforeEach(async () => {
      ({ journal, clock, lead } = await beginJournal(open));
    });
    afterEach(() => journal.close());

    const invite = async (code: string, more: Partial<InviteRequest> = {}) => {
      const asked: InviteRequest = {
        person: { name: 'Kim' },
        access: 'responder',
        roles: ['it' as RoleId],
        expiresAt: clock.now + day,
        code,
        by: lead.person,
        device: lead.device,
        ...more,
      };
      const done = await journal.invite(lead.session.workspace, asked, clock.now);
      if (!done.ok) throw new Error(done.error);
      return done.value;
    };
    const listed = (from = journal) => from.invites(lead.session.workspace, clock.now);
    const states = async () => Object.fromEntries((await listed()).map(({ id, state }) => [id, state]));
    const withdraw = (id: string, workspace = lead.session.workspace) =>
      journal.withdraw(workspace, id as InviteId, clock.now);
    let seed = 9000;
    const enrol = (code: string, radio: string | null = null) => {
      const phone = new JournalPhone(journal, clock, (seed += 1));
      const { key: publicKey, device } = phone;
      const asked = { code, radio, device, publicKey, name: 'phone', weakKey: false, person: null, previous: null };
      return journal.enrol(asked, clock.now);
    };

    it('[INVITE] are listed with whom, what, by whom and how they stand, newest first, and without their codes', async () => {
      const first = await invite('secret-1');
      clock.pass(minute);
      const second = await invite('secret-2', { expiresAt: clock.now + minute });
      const used = await enrol('secret-1');
      const [expiring, done] = await listed();
      expect(done).toEqual({
        id: first.id,
        kind: 'link',
        person: first.person,
        access: 'responder',
        roles: ['it'],
        state: 'used',
        madeAt: new Date(clock.now - minute).toISOString(),
        madeBy: lead.person,
        expiresAt: new Date(clock.now - minute + day).toISOString(),
        usedAt: new Date(clock.now).toISOString(),
        usedBy: used.ok ? used.value.device : '',
      });
      expect(expiring).toMatchObject({ id: second.id, state: 'open', usedBy: null });
      expect(JSON.stringify(await listed())).not.toContain('secret');
      clock.pass(minute);
      expect(await states()).toEqual({ [first.id]: 'used', [second.id]: 'expired' });
    });

    it('[INVITE] withdrawn: lets nobody in, is told apart from what was used, and nobody else’s workspace can do it', async () => {
      const [unused, used] = [await invite('open'), await invite('used')];
      await enrol('used');
      const other = await setUp(journal, clock, 2);
      expect(await withdraw(unused.id, other.session.workspace)).toEqual({ ok: false, error: 'not-found' });
      expect(await journal.invites(other.session.workspace, clock.now)).toEqual([]);
      expect(await withdraw(unused.id)).toEqual({ ok: true, value: unused.person });
      expect(await withdraw(unused.id)).toEqual({ ok: true, value: unused.person });
      expect(await withdraw(used.id)).toEqual({ ok: false, error: 'already-used' });
      expect(await withdraw('nobody')).toEqual({ ok: false, error: 'not-found' });
      expect(await enrol('open')).toEqual({ ok: false, error: 'code-refused' });
      expect(await states()).toEqual({ [unused.id]: 'withdrawn', [used.id]: 'used' });
    });

    it('[INVITE] a new code for the same person voids the earlier one', async () => {
      const first = await invite('first');
      const second = await invite('second', { replaces: first.id });
      expect(second.person).toBe(first.person);
      expect(await states()).toEqual({ [first.id]: 'withdrawn', [second.id]: 'open' });
      expect((await enrol('first')).ok).toBe(false);
      expect((await enrol('second')).ok).toBe(true);
      await expect(invite('third', { replaces: 'nobody' as InviteId })).rejects.toThrow('not-found');
    });

    it('[INVITE] a code that is sent again is for the rights of today and brings back none that were taken away since', async () => {
      const first = await invite('first', { access: 'coordinator' });
      clock.pass(minute);
      await invite('other', { person: { id: first.person }, access: 'observer', roles: [] });
      clock.pass(minute);
      const again = {
        person: { id: first.person },
        access: 'coordinator',
        replaces: first.id,
        request: 'r-1',
      } as const;
      for (const code of ['again', 'lost'])
        expect(await invite(code, again)).toMatchObject({ person: first.person, access: 'observer', roles: [] });
      expect(await enrol('lost')).toMatchObject({ ok: true, value: { access: 'observer', roles: [] } });
      const grants = await journal.history(lead.session, 'grant', first.person);
      expect(grants.ok && grants.value.map(({ change }) => (change.value as { access: string }).access)).toEqual([
        'coordinator',
        'observer',
      ]);
    });

    it('[INVITE] a code is not sent again for somebody whose rights were all taken away', async () => {
      const first = await invite('first', { access: 'coordinator' });
      clock.pass(minute);
      await lead.sync();
      const taken = await lead.sync([lead.edit('grant', first.person, null)]);
      expect(taken.outcomes.map(({ outcome }) => outcome)).toEqual(['applied']);
      clock.pass(minute);
      const again = { person: { id: first.person }, access: 'coordinator', replaces: first.id } as const;
      await expect(invite('again', again)).rejects.toThrow('not-found');
      expect(await states()).toEqual({ [first.id]: 'open' });
    });

    it('[INVITE] a request made again, as after a lost reply, is for the same person and leaves one code alive', async () => {
      const made = [];
      for (const code of ['a', 'b', 'c']) made.push(await invite(code, { request: 'r-1' }));
      expect(new Set(made.map(({ person }) => person)).size).toBe(1);
      expect((await listed()).map(({ state }) => state).toSorted()).toEqual(['open', 'withdrawn', 'withdrawn']);
      expect([(await enrol('a')).ok, (await enrol('b')).ok, (await enrol('c')).ok]).toEqual([false, false, true]);
      const grants = await journal.history(lead.session, 'grant', made[0]?.person as PersonId);
      expect(grants.ok && grants.value).toHaveLength(1);
      const other = await invite('d', { request: 'r-2' });
      expect(other.person).not.toBe(made[0]?.person);
    });

    it('[INVITE] a request made again for somebody else lets nobody in as the first, nor touches the rights of the first', async () => {
      const first = await invite('first', { request: 'r-1', access: 'coordinator' });
      clock.pass(minute);
      const second = await invite('second', { request: 'r-1', person: { name: 'Bob' }, access: 'observer' });
      expect(second.person).not.toBe(first.person);
      expect((await enrol('first')).ok).toBe(false);
      const grants = await journal.history(lead.session, 'grant', first.person);
      expect(grants.ok && grants.value).toHaveLength(1);
      clock.pass(minute);
      const again = await invite('again', { request: 'r-1', person: { name: 'Bob' }, access: 'observer' });
      expect(again.person).toBe(second.person);
      const third = await invite('third', { replaces: again.id, person: { id: first.person }, access: 'coordinator' });
      expect(third.person).toBe(first.person);
    });

    it('[INVITE] one that cannot be made takes none back', async () => {
      const [named, repeated] = [await invite('named'), await invite('repeated', { request: 'r-1' })];
      const nobody = { id: 'nobody' as PersonId };
      for (const more of [
        { person: nobody, request: 'r-1' },
        { person: nobody, replaces: named.id },
        { replaces: 'nobody' as InviteId, request: 'r-1' },
      ])
        await expect(invite('none', more)).rejects.toThrow('not-found');
      expect(await states()).toEqual({ [named.id]: 'open', [repeated.id]: 'open' });
      expect((await enrol('none')).ok).toBe(false);
    });

    it('[ERASE] erasing a person withdraws what would let them in, and of nobody else', async () => {
      const [theirs, used, others] = [await invite('theirs'), await invite('used'), await invite('others')];
      const more = await invite('more', { person: { id: theirs.person }, find: '7K3M' });
      await enrol('used');
      for (const { person } of [theirs, used])
        await journal.erasePerson(lead.session.workspace, person, lead.person, clock.now);
      expect(await states()).toEqual({
        ...{ [theirs.id]: 'withdrawn', [more.id]: 'withdrawn' },
        ...{ [used.id]: 'used', [others.id]: 'open' },
      });
      expect([(await enrol('theirs')).ok, (await enrol('plain', 'more')).ok, (await enrol('others')).ok]).toEqual([
        false,
        false,
        true,
      ]);
    });

    it('[INVITE] what somebody made who may not invite any more is listed as void', async () => {
      const by = await join(lead, 'coordinator');
      const theirs = await invite('theirs', { by: by.person, device: by.device });
      expect((await states())[theirs.id]).toBe('open');
      await journal.revoke(lead.session.workspace, by.device, 'lost', clock.now);
      expect((await states())[theirs.id]).toBe('void');
      expect((await enrol('theirs')).ok).toBe(false);
    });

    it('[RADIO] a code for the radio is found by its slow hash, once', async () => {
      const made = await invite('slow', { find: '7K3M', expiresAt: clock.now + 10 * minute });
      expect((await listed())[0]).toMatchObject({ id: made.id, kind: 'radio', state: 'open' });
      expect((await enrol('plain')).ok).toBe(false);
      expect((await enrol('plain', 'slow')).ok).toBe(true);
      expect((await enrol('plain', 'slow')).ok).toBe(false);
      expect((await listed())[0]?.state).toBe('used');
    });

    it('[SEC-3] a code for the radio lets nobody in after ten minutes', async () => {
      await invite('slow', { find: '7K3M', expiresAt: clock.now + 10 * minute });
      clock.pass(10 * minute);
      expect(await enrol('plain', 'slow')).toEqual({ ok: false, error: 'code-refused' });
    });

    it('[SEC-2] under 50 parallel redemptions a code for the radio lets one device in', async () => {
      await invite('slow', { find: '7K3M', expiresAt: clock.now + 10 * minute });
      const done = await Promise.all(Array.from({ length: 50 }, () => enrol('plain', 'slow')));
      expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    });

    if (openAgain === null) return;
    it('[INVITE] the list is the same for whoever opens the database again', async () => {
      const made = await invite('kept');
      await withdraw(made.id);
      const again = await openAgain();
      expect(await listed(again)).toEqual(await listed());
      await again.close();
    });
  });
}
