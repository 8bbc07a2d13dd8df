import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { planHash } from '../../src/domain/plan/plan-hash.ts';
import { hour, minute } from '../../src/domain/time.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { join, TestClock, type JournalPhone } from '../support/journal-phone.ts';
import { canary, extraTask, logEntry, planVersion, taskProgress } from '../support/sample-plan.ts';
import { beginJournal, incident, key, plan } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

export function accessContract({ open }: JournalUnderTest): void {
  describe('access', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;

    beforeEach(async () => {
      ({ journal, clock, lead } = await beginJournal(open));
      await lead.sync([lead.make('plan-version', plan.hash, plan.value)]);
    });
    afterEach(() => journal.close());

    const verdict = async (phone: JournalPhone, ...[kind, at, value]: Parameters<JournalPhone['make']>) => {
      const outcome = (await phone.sync([phone.edit(kind, at, value)])).outcomes[0];
      return outcome?.reason?.code ?? outcome?.outcome;
    };

    it('[ACCESS] activating is for the roles that the plan names, closing for who commands', async () => {
      const [duty, commander, other] = [
        await join(lead, 'responder', ['duty']),
        await join(lead, 'responder', ['lead']),
        await join(lead, 'responder', ['it']),
      ];
      expect(await verdict(other, 'incident', incident.id, incident.value)).toBe('forbidden');
      expect(await verdict(duty, 'incident', incident.id, incident.value)).toBe('applied');
      const closed = { ...incident.value, status: 'closed' };
      expect(await verdict(duty, 'incident', incident.id, closed)).toBe('forbidden');
      await commander.sync();
      expect(await verdict(commander, 'incident', incident.id, closed)).toBe('applied');
    });

    it('[ACCESS] a phone activates and reports in one request', async () => {
      const duty = await join(lead, 'responder', ['duty']);
      const reply = await duty.sync([
        duty.make('incident', incident.id, incident.value),
        duty.make('task', key('IT-01'), taskProgress('done')),
        duty.make('log', key('l1'), logEntry('started', { task: 'IT-01' })),
      ]);
      expect(reply.outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
    });

    it('[ACCESS] the commanding role has coordinator rights within that incident only', async () => {
      const commander = await join(lead, 'responder', ['lead']);
      await lead.sync([lead.make('incident', incident.id, incident.value)]);
      expect(await verdict(commander, 'review', key('r1'), { text: 'x' })).toBe('applied');
      expect(await verdict(commander, 'review', '0123456789abcdef/r1', { text: 'x' })).toBe('forbidden');
      expect(
        await verdict(commander, 'assignment', key(`it/${lead.person}`), {
          since: '2026-11-23T12:00:00.000Z',
          until: null,
          note: null,
        }),
      ).toBe('applied');
      expect(await verdict(commander, 'grant', commander.person, { access: 'coordinator', roles: [] })).toBe(
        'forbidden',
      );
    });

    it('[ACCESS] approving is for the roles that the plan names, each in its own name', async () => {
      const executive = await join(lead, 'responder', ['executive', 'it']);
      const approval = { decision: 'approved', at: '2026-11-23T12:00:00.000Z', by: null };
      expect(await verdict(executive, 'approval', `${plan.hash}/executive`, approval)).toBe('applied');
      expect(await verdict(executive, 'approval', `${plan.hash}/it`, approval)).toBe('forbidden');
      expect(await verdict(executive, 'approval', `${plan.hash}/lead`, approval)).toBe('forbidden');
    });

    it('[ACCESS] an observer reads, and writes only its own person and device', async () => {
      const observer = await join(lead, 'observer', ['lead']);
      await lead.sync([lead.make('incident', incident.id, incident.value)]);
      expect(await verdict(observer, 'task', key('IT-01'), taskProgress('done'))).toBe('forbidden');
      expect(await verdict(observer, 'incident', incident.id, { ...incident.value, title: 'x' })).toBe('forbidden');
      expect(await verdict(observer, 'person', observer.person, { name: 'Me', contacts: [] })).toBe('applied');
      expect(await verdict(observer, 'person', lead.person, { name: 'Not me', contacts: [] })).toBe('forbidden');
      expect(observer.records.has(`incident/${incident.id}`)).toBe(true);
    });

    it('[ACCESS] a readiness report comes from its own phone, even of a coordinator; others than coordinators see only their own', async () => {
      const [phone, other] = [await join(lead, 'responder'), await join(lead, 'responder')];
      const report = {
        name: 'p',
        installed: true,
        persisted: true,
        plan: null,
        appVersion: '1',
        reportedAt: '2026-11-23T12:00:00.000Z',
      };
      expect(await verdict(phone, 'device', phone.device, report)).toBe('applied');
      expect(await verdict(lead, 'device', phone.device, report)).toBe('forbidden');
      await other.sync();
      expect(other.records.has(`device/${phone.device}`)).toBe(false);
      await lead.sync();
      expect(lead.records.has(`device/${phone.device}`)).toBe(true);
      expect(await journal.record(other.session, 'device', phone.device)).toEqual({ ok: false, error: 'forbidden' });
      expect(await journal.history(other.session, 'device', phone.device)).toEqual({ ok: false, error: 'forbidden' });
    });

    it('[ACCESS] work done before a hand-over counts, and so does work done before joining', async () => {
      const phone = await join(lead, 'responder');
      clock.pass(minute);
      const before = phone.make('task', key('IT-01'), taskProgress('done'));
      clock.pass(minute);
      await lead.sync();
      await lead.sync([lead.edit('grant', phone.person, { access: 'observer', roles: [] })]);
      clock.pass(minute);
      const after = phone.make('task', key('IT-02'), taskProgress('done'));
      expect((await phone.sync([before, after])).outcomes.map(({ outcome }) => outcome)).toEqual([
        'applied',
        'refused',
      ]);
      const early = clock.now - 24 * hour;
      const joiner = await join(lead, 'responder');
      const old = {
        ...joiner.make('task', key('IT-03'), taskProgress('done')),
        wall: new Date(early).toISOString(),
      };
      expect((await joiner.sync([old])).outcomes[0]).toMatchObject({ outcome: 'applied' });
    });

    it('[ACCESS] a closed incident still takes reports', async () => {
      await lead.sync([lead.make('incident', incident.id, { ...incident.value, status: 'closed' })]);
      const phone = await join(lead, 'responder');
      expect(await verdict(phone, 'log', key('late'), logEntry('found a card'))).toBe('applied');
    });

    it('[ACCESS] a leaver pushes what it made before, nothing after, and pulls nothing', async () => {
      const phone = await join(lead, 'responder');
      const before = phone.make('task', key('IT-01'), taskProgress('done'));
      clock.pass(minute);
      await journal.revoke(lead.session.workspace, phone.device, 'leaver', clock.now);
      clock.pass(minute);
      const after = phone.make('task', key('IT-02'), taskProgress('done'));
      const reply = await phone.send([before, after], { last: true });
      expect(reply.outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'refused']);
      expect(reply).toMatchObject({ records: [], more: false, reset: false });
    });

    it('[SEC-8] a push that was under way when its phone was reported lost brings nothing new; what was taken stays', async () => {
      const phone = await join(lead, 'responder');
      const taken = phone.make('task', key('IT-01'), taskProgress('done'));
      const first = await phone.send([taken]);
      const late = phone.make('task', key('IT-02'), taskProgress('done'));
      clock.pass(minute);
      await journal.revoke(lead.session.workspace, phone.device, 'lost', clock.now);
      const { outcomes } = await phone.send([taken, late]);
      expect(outcomes[0]).toEqual(first.outcomes[0]);
      expect(outcomes[1]).toMatchObject({ outcome: 'refused', reason: { code: 'forbidden' } });
    });

    it('[SEC-20] a string planted in the data of other roles is nowhere in what a vendor can get', async () => {
      const vendor = await join(lead, 'vendor', ['hoster']);
      const by = await join(lead, 'responder', ['it']);
      await lead.sync([lead.make('incident', incident.id, incident.value)]);
      const planted = [
        by.make('task', key('IT-01'), taskProgress('blocked', { reason: canary })),
        by.make('step', key('IT-01/1'), { done: true, at: '2026-11-23T12:00:00.000Z', by: null, note: canary }),
        by.make('log', key('l1'), logEntry(canary, { task: 'IT-01' })),
        by.make('log', key('l2'), logEntry(canary)),
        by.make('impact', key('ledger'), {
          impact: 'down',
          estimate: null,
          note: canary,
          at: '2026-11-23T12:00:00.000Z',
          by: null,
        }),
        by.make('extra-task', key('X-1'), extraTask('it', canary)),
        by.make('availability', key(by.person), { within: 'now', until: null, note: canary }),
        by.make('assignment', key(`it/${by.person}`), {
          since: '2026-11-23T12:00:00.000Z',
          until: null,
          note: canary,
        }),
        by.make('message', key('m1'), { status: 'draft', text: canary }),
        by.make('resource', key('r1'), { status: 'requested', text: canary }),
        by.make('person', by.person, { name: canary, contacts: [] }),
      ];
      const ownPart = [
        by.make('task', key('IT-02'), taskProgress('in-progress')),
        by.make('task', key('HO-01'), taskProgress('in-progress')),
        by.make('log', key('l3'), logEntry('for the hoster', { role: 'hoster' })),
        by.make('extra-task', key('X-2'), extraTask('hoster', 'Swap the disk')),
        by.make('impact', key('machines'), {
          impact: 'down',
          estimate: null,
          at: '2026-11-23T12:00:00.000Z',
          by: null,
        }),
      ];
      const sent = await by.sync([...planted, ...ownPart]);
      expect(sent.outcomes.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
      await lead.sync([
        lead.make('review', key('rv'), { text: canary }),
        lead.make('plan-item', 'shop/risk/r', risk()),
      ]);
      await vendor.sync();
      const got = [[...vendor.records.values()], (await journal.entries(vendor.session, null, 0, 1000)).entries];
      for (const change of planted) {
        const [record, history] = [
          await journal.record(vendor.session, change.kind, change.key),
          await journal.history(vendor.session, change.kind, change.key),
        ];
        expect([record.ok, history.ok]).toEqual([false, false]);
      }
      got.push([
        await journal.history(vendor.session, 'plan-version', plan.hash),
        await journal.record(vendor.session, 'plan-version', plan.hash),
      ] as never);
      expect(JSON.stringify(got)).not.toContain(canary);
      for (const change of ownPart) expect(vendor.has(change.id)).toBe(true);
      const copy = vendor.shown('plan-version', plan.hash) as unknown as {
        items: readonly JsonObject[];
        withheld: readonly string[];
      };
      expect(planHash(copy)).toBe(plan.hash);
      expect(copy.items.map(({ id }) => id)).toEqual(['team', 'hoster', 'first', 'IT-02', 'HO-01', 'machines']);
    });

    it("[ACCESS] a vendor changes only its own roles' part", async () => {
      const vendor = await join(lead, 'vendor', ['hoster']);
      await lead.sync([lead.make('incident', incident.id, incident.value)]);
      expect(await verdict(vendor, 'task', key('HO-01'), taskProgress('done'))).toBe('applied');
      expect(await verdict(vendor, 'task', key('IT-02'), taskProgress('in-progress'))).toBe('applied');
      expect(await verdict(vendor, 'task', key('IT-01'), taskProgress('done'))).toBe('forbidden');
      expect(await verdict(vendor, 'log', key('v1'), logEntry('on it', { task: 'HO-01' }))).toBe('applied');
      expect(await verdict(vendor, 'log', key('v2'), logEntry('elsewhere', { task: 'IT-01' }))).toBe('forbidden');
      expect(await verdict(vendor, 'availability', key(lead.person), { within: 'now', until: null })).toBe('forbidden');
      expect(await verdict(vendor, 'availability', key(vendor.person), { within: 'now', until: null })).toBe('applied');
    });

    it('[ACCESS] a vendor adds no task under a code that others used, and so sees nothing of what they reported', async () => {
      const vendor = await join(lead, 'vendor', ['hoster']);
      await lead.sync([lead.make('incident', incident.id, incident.value)]);
      const report = lead.make('task', key('X-1'), taskProgress('done'));
      const step = lead.make('step', key('X-2/1'), { done: true, at: '2026-11-23T12:00:00.000Z', by: null });
      await lead.sync([report, step, lead.make('extra-task', key('X-3'), extraTask('it', canary))]);
      await lead.sync([lead.edit('extra-task', key('X-3'), null)]);
      for (const code of ['X-1', 'X-2', 'X-3'])
        expect(await verdict(vendor, 'extra-task', key(code), extraTask('hoster', 'Peep'))).toBe('forbidden');
      await vendor.sync();
      expect([vendor.has(report.id), vendor.has(step.id)]).toEqual([false, false]);

      expect(await verdict(vendor, 'extra-task', key('X-20'), extraTask('hoster', 'Swap the switch'))).toBe('applied');
      await lead.sync([lead.make('task', key('X-20'), taskProgress('in-progress'))]);
      await vendor.sync();
      expect(await verdict(vendor, 'extra-task', key('X-20'), extraTask('hoster', 'Swap both switches'))).toBe(
        'applied',
      );
    });

    it('[VIEW] a vendor that had passed a task sees it once the incident or the added task becomes its own', async () => {
      const vendor = await join(lead, 'vendor', ['hoster']);
      const [early, extra] = [
        lead.make('task', key('HO-01'), taskProgress('done')),
        lead.make('task', key('X-9'), taskProgress('done')),
      ];
      await lead.sync([early, extra]);
      await vendor.sync();
      expect(vendor.has(early.id)).toBe(false);
      await lead.sync([lead.make('incident', incident.id, incident.value)]);
      expect((await vendor.sync()).reset).toBe(true);
      expect([vendor.has(early.id), vendor.has(extra.id)]).toEqual([true, false]);
      await lead.sync([lead.make('extra-task', key('X-9'), extraTask('hoster', 'Swap'))]);
      await vendor.sync();
      expect(vendor.has(extra.id)).toBe(true);
      await lead.sync([lead.edit('extra-task', key('X-9'), extraTask('it', canary))]);
      await vendor.sync();
      expect(vendor.has(extra.id)).toBe(false);
    });

    it('[ACCESS] an incident stays with the plan, mode and code that its key is made of', async () => {
      const moved = planVersion([]).hash;
      expect(await verdict(lead, 'incident', incident.id, { ...incident.value, plan: moved })).toBe('invalid');
      expect(await verdict(lead, 'incident', incident.id, { ...incident.value, mode: 'exercise' })).toBe('invalid');
    });
  });
}

function risk(): JsonObject {
  return {
    order: 1,
    salt: 'A'.repeat(22),
    section: 'risk',
    id: 'r',
    title: canary,
    likelihood: 'low',
    consequence: 'low',
    response: '',
  };
}
