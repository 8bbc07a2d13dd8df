import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeId } from '../../src/domain/ids.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { join, TestClock, type JournalPhone } from '../support/journal-phone.ts';
import { logEntry, planVersion, taskProgress } from '../support/sample-plan.ts';
import { beginWithIncident, incident, key, plan } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

export function pushContract({ open }: JournalUnderTest): void {
  describe('push', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;

    beforeEach(async () => {
      ({ journal, clock, lead } = await beginWithIncident(open));
    });
    afterEach(() => journal.close());

    it('[REL-14] ten lost replies leave one change and the same outcome', async () => {
      const change = lead.make('task', key('IT-01'), taskProgress('done'));
      const first = await lead.send([change]);
      for (let lost = 0; lost < 10; lost += 1) {
        clock.pass(70_000);
        const again = await lead.send([change]);
        expect(again.outcomes).toEqual(first.outcomes);
        expect(again.head).toEqual(first.head);
      }
      const history = await journal.history(lead.session, 'task', key('IT-01'));
      expect(history.ok && history.value.map((entry) => entry.change.id)).toEqual([change.id]);
    });

    it('[SYNC-GAP] skipped counters are accepted, told once with device and range, and not again when sent again', async () => {
      const heard: unknown[] = [];
      const stop = journal.onGap((workspace, gaps) => heard.push({ workspace, gaps }));
      const lost = [lead.make('log', key('l1'), logEntry('one')), lead.make('log', key('l2'), logEntry('two'))];
      const after = lead.make('log', key('l3'), logEntry('three'));
      expect((await lead.send([after])).outcomes).toMatchObject([{ outcome: 'applied' }]);
      const [first, second] = lost.map(({ n }) => n);
      const { workspace, device } = lead.session;
      expect(heard).toEqual([{ workspace, gaps: [{ device, from: first, to: second }] }]);
      await lead.send([after]);
      expect((await lead.send(lost)).outcomes).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }]);
      stop();
      lead.make('log', key('l4'), logEntry('four'));
      await lead.send([lead.make('log', key('l5'), logEntry('five'))]);
      expect(heard).toHaveLength(1);
    });

    it('[REL-15] the same change by two ways, even twice in one request, is one change', async () => {
      const change = lead.make('log', key('l1'), logEntry('power is back'));
      const reply = await lead.send([change, change]);
      expect(reply.outcomes[0]).toEqual(reply.outcomes[1]);
      const other = await join(lead, 'coordinator');
      // Another person's phone brings it in its own request: it stays what it was.
      const relayed = await other.send([change]);
      expect(relayed.outcomes[0]).toEqual(reply.outcomes[0]);
      expect(
        (await journal.entries(lead.session, incident.id, 0, 100)).entries.filter(
          (entry) => entry.change.id === change.id,
        ),
      ).toHaveLength(1);
    });

    it('[REL-16] one bad change in a hundred is refused with its reason, the others stand', async () => {
      const changes = Array.from({ length: 100 }, (_, at) =>
        lead.make('task', key(`T-${String(at)}`), at === 50 ? { status: 'almost' } : taskProgress('done')),
      );
      const reply = await lead.sync(changes);
      expect(reply.outcomes.map(({ outcome }) => outcome)).toEqual(
        changes.map((_, at) => (at === 50 ? 'refused' : 'applied')),
      );
      expect(reply.outcomes[50]).toMatchObject({ id: changes[50]?.id, reason: { code: 'invalid' }, seq: null });
      expect(lead.shown('task', key('T-99'))).toEqual(taskProgress('done'));
    });

    it('[PUSH] reasons come in the order of the protocol', async () => {
      const good = lead.make('task', key('IT-01'), taskProgress('done'));
      await lead.send([good]);
      const code = async (change: unknown) => (await lead.send([change])).outcomes[0]?.reason?.code;
      const make = (more: object) => ({ ...lead.make('task', key('IT-02'), taskProgress('done')), ...more });
      expect(await code({ ...good, key: 'no/such/key' })).toBe('invalid');
      expect(await code({ ...good, value: taskProgress('blocked') })).toBe('id-reused');
      expect(await code(make({ n: good.n, kind: 'nonsense' }))).toBe('sequence-reused');
      expect(await code(make({ kind: 'nonsense', key: 'a', v: 9 }))).toBe('unknown-kind');
      expect(await code(make({ v: 9, value: 'x'.repeat(70_000) }))).toBe('unsupported');
      expect(await code(make({ value: { text: 'x'.repeat(70_000) } }))).toBe('too-large');
      expect(await code(make({ value: { status: 1 } }))).toBe('invalid');
      expect(await code(make({ kind: 'device', key: '0123456789abcdef', value: null }))).toBe('forbidden');
      await lead.send([lead.make('log', key('once'), logEntry('a'))]);
      expect(await code(make({ kind: 'log', key: key('once'), value: logEntry('b') }))).toBe('immutable');
      expect(await code(make({ kind: 'grant', key: lead.person, value: { access: 'observer', roles: [] } }))).toBe(
        'stale',
      );
    });

    it('[PUSH] a change without a readable id gets its verdict by position', async () => {
      const good = lead.make('task', key('IT-01'), taskProgress('done'));
      const reply = await lead.send([null, 7, { ...good, id: 'mine' }, good]);
      expect(reply.outcomes.map(({ id, outcome }) => [id, outcome])).toEqual([
        [null, 'refused'],
        [null, 'refused'],
        [null, 'refused'],
        // The unreadable one before it used up this n under no id.
        [good.id, 'refused'],
      ]);
      expect(reply.outcomes[3]?.reason?.code).toBe('sequence-reused');
    });

    it('[PUSH] a refused change is judged anew and keeps its effective stamp', async () => {
      const phone = await join(lead, 'observer');
      const change = phone.make('task', key('IT-01'), taskProgress('done'));
      const refused = (await phone.sync([change])).outcomes[0];
      expect(refused).toMatchObject({ outcome: 'refused', reason: { code: 'forbidden' }, seq: null });
      await lead.sync();
      const grant = lead.edit('grant', phone.person, { access: 'responder', roles: [] });
      clock.pass(3_600_000);
      expect((await lead.sync([grant])).outcomes[0]?.outcome).toBe('applied');
      const accepted = (await phone.sync([change])).outcomes[0];
      expect(accepted).toMatchObject({ outcome: 'applied', stamp: refused?.stamp });
    });

    it('[REL-17] a cloned phone: the second content under a used n is refused, with all that follows it', async () => {
      const first = lead.make('task', key('IT-01'), taskProgress('done'));
      await lead.send([first]);
      const clone = {
        ...lead.make('task', key('IT-01'), taskProgress('blocked', { reason: 'no power' })),
        n: first.n,
      };
      const later = lead.make('task', key('IT-02'), taskProgress('done'));
      const reply = await lead.send([clone, later]);
      expect(reply.outcomes.map(({ reason }) => reason?.code)).toEqual(['sequence-reused', 'sequence-reused']);
      const again = await lead.send([clone, later]);
      expect(again.outcomes).toEqual(reply.outcomes);
    });

    it('[PUSH] gaps in n are accepted and never waited for', async () => {
      const early = lead.make('task', key('IT-01'), taskProgress('in-progress'));
      const late = lead.make('task', key('IT-02'), taskProgress('done'));
      expect((await lead.send([late])).outcomes[0]?.outcome).toBe('applied');
      expect((await lead.send([early])).outcomes[0]?.outcome).toBe('applied');
    });

    it('[PUSH] an accepted change sent again names the winner of today', async () => {
      const first = lead.make('task', key('IT-01'), taskProgress('in-progress'));
      const before = (await lead.sync([first])).outcomes[0];
      clock.pass(1000);
      const second = lead.edit('task', key('IT-01'), taskProgress('done'));
      await lead.sync([second]);
      const after = (await lead.send([first])).outcomes[0];
      expect(after).toEqual({ ...before, winner: second.id });
    });

    it('[PUSH] a change of a device of somebody else is refused and uses up nothing', async () => {
      const phone = await join(lead, 'responder');
      const theirs = phone.make('task', key('IT-01'), taskProgress('done'));
      const stranger = await lead.send([theirs]);
      expect(stranger.outcomes[0]).toMatchObject({ outcome: 'refused', stamp: null, reason: { code: 'forbidden' } });
      clock.pass(1000);
      const own = (await phone.send([theirs])).outcomes[0];
      expect(own).toMatchObject({ outcome: 'applied', winner: theirs.id });
      expect(own?.stamp?.slice(0, 24)).toBe(theirs.wall);
    });

    it('[PUSH] a restored backup file: changes of another device of the same person count, without believed time', async () => {
      const old = await join(lead, 'responder');
      const unsent = old.make('task', key('IT-01'), taskProgress('done'));
      const next = await join(lead, 'responder', [], 77, old.person);
      const reply = (await next.send([unsent])).outcomes[0];
      expect(reply).toMatchObject({ outcome: 'applied', stamp: `1970-01-01T00:00:00.000Z-0001-${old.device}` });
      const entry = await journal.history(lead.session, 'task', key('IT-01'));
      expect(entry.ok && entry.value[0]?.author).toEqual({ person: old.person, device: old.device });
    });

    it('[LIMITS] a plan version that is not the hash of its items is invalid; going back under its own hash is no change', async () => {
      const other = planVersion().hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
      const wrong = await lead.send([lead.make('plan-version', other, plan.value)]);
      expect(wrong.outcomes[0]?.reason?.code).toBe('invalid');
      const same = await lead.send([lead.make('plan-version', plan.hash, { ...(plan.value as object), number: 2 })]);
      expect(same.outcomes[0]?.outcome).toBe('applied');
    });

    it('[PUSH] names that reach a prototype are refused wherever they stand', async () => {
      const value = JSON.parse(
        '{"status":"done","reason":null,"startedAt":null,"endedAt":null,"by":null,"x":[{"__proto__":{"a":1}}]}',
      ) as object;
      const inKey = lead.make('task', `${incident.id}/constructor`, taskProgress('done'));
      const reply = await lead.send([lead.make('task', key('IT-01'), value as never), inKey]);
      expect(reply.outcomes.map(({ reason }) => reason?.code)).toEqual(['invalid', 'invalid']);
    });

    it('[PUSH] many requests at once are each answered for themselves, and the chain stays whole', async () => {
      const phones = await Promise.all(Array.from({ length: 8 }, () => join(lead, 'responder')));
      const replies = await Promise.all(
        phones.map((phone, at) => phone.send([phone.make('task', key(`P-${String(at)}`), taskProgress('done'))])),
      );
      expect(new Set(replies.map(({ outcomes }) => outcomes[0]?.seq)).size).toBe(8);
      expect(replies.every(({ outcomes }) => outcomes[0]?.outcome === 'applied')).toBe(true);
      expect((await journal.verify(lead.session.workspace)).ok).toBe(true);
    });

    it('[PUSH] one id for two contents in one request: the first stands, the second is refused, and the chain stays whole', async () => {
      const first = lead.make('task', key('IT-01'), taskProgress('done'));
      const second = lead.make('task', key('IT-02'), taskProgress('in-progress'), { id: first.id });
      const reply = await lead.send([first, second]);
      expect(reply.outcomes.map(({ outcome, reason }) => reason?.code ?? outcome)).toEqual(['applied', 'id-reused']);
      expect((await journal.verify(lead.session.workspace)).ok).toBe(true);
    });

    it('[PUSH] an unknown base is accepted', async () => {
      const change = lead.make('task', key('IT-01'), taskProgress('done'), {
        base: '0193aaaa-0000-7000-8000-000000000000' as ChangeId,
      });
      expect((await lead.send([change])).outcomes[0]?.outcome).toBe('applied');
    });
  });
}
