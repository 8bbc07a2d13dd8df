import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import type { SentChange } from '../../src/domain/sync/protocol.ts';
import { minute } from '../../src/domain/time.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { join, TestClock, type JournalPhone } from '../support/journal-phone.ts';
import { taskProgress } from '../support/sample-plan.ts';
import { beginJournal } from './begin-journal.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

const task = 'i/T-1';

export function conflictContract({ open }: JournalUnderTest): void {
  describe('conflicts', () => {
    let journal: Journal;
    let clock: TestClock;
    let lead: JournalPhone;
    let phones: readonly JournalPhone[];

    beforeEach(async () => {
      ({ journal, clock, lead } = await beginJournal(open));
      phones = [await join(lead, 'responder'), await join(lead, 'responder'), await join(lead, 'responder')];
    });
    afterEach(() => journal.close());

    const phone = (at: number) => phones[at] ?? lead;
    const conflictsOf = (each: JournalPhone) =>
      [...each.records.values()]
        .filter(({ kind, value }) => kind === 'conflict' && value !== null)
        .map(({ value }) => value as JsonObject);
    const syncAll = async () => {
      for (const each of [...phones, lead]) await each.sync();
    };

    for (const deleteFirst of [true, false]) {
      it(`[REL-22] edit against delete, the ${deleteFirst ? 'delete' : 'edit'} arriving first: the later wins, the other's author sees it`, async () => {
        await lead.sync([lead.make('task', task, taskProgress('in-progress'))]);
        await syncAll();
        clock.pass(minute);
        const edit = phone(0).edit('task', task, taskProgress('done'));
        clock.pass(minute);
        const deletion = lead.edit('task', task, null);
        const sends = [() => lead.sync([deletion]), () => phone(0).sync([edit])];
        for (const send of deleteFirst ? sends : sends.toReversed()) await send();
        await syncAll();
        for (const each of [...phones, lead])
          expect(each.records.get(`task/${task}`)).toMatchObject({ change: deletion.id, value: null });
        expect(conflictsOf(phone(0))).toMatchObject([
          {
            kind: 'task',
            key: task,
            decision: 'open',
            overruled: { change: edit.id },
            winner: { change: deletion.id },
          },
        ]);
        expect(conflictsOf(phone(1))).toEqual([]);
      });
    }

    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ] as const;
    for (const order of orders) {
      it(`[REL-23] three phones, the same task, arriving ${order.join(' ')}: two authors see that they were overruled`, async () => {
        const edits = phones.map((each, at) => {
          clock.pass(minute);
          return each.make('task', task, taskProgress('in-progress', { reason: String(at) }));
        });
        for (const at of order) await phone(at).sync([edits[at]]);
        await syncAll();
        for (const each of [...phones, lead]) expect(each.records.get(`task/${task}`)?.change).toBe(edits[2]?.id);
        const seen = phones.map((each) =>
          conflictsOf(each).map((conflict) => (conflict.overruled as JsonObject).change),
        );
        expect(seen).toEqual([[edits[0]?.id], [edits[1]?.id], []]);
        expect(conflictsOf(lead)).toHaveLength(2);
        // An open conflict follows the winner, whoever came between.
        for (const conflict of conflictsOf(lead)) expect(conflict.winner).toMatchObject({ change: edits[2]?.id });
      });
    }

    it('[REL-24] different records of one task do not meet', async () => {
      const status = phone(0).make('task', task, taskProgress('in-progress'));
      const step = phone(1).make('step', `${task}/1`, { done: true, at: '2026-11-23T12:00:00.000Z', by: null });
      await phone(0).sync([status]);
      await phone(1).sync([step]);
      await syncAll();
      expect(conflictsOf(lead)).toEqual([]);
      expect(phone(2).has(status.id) && phone(2).has(step.id)).toBe(true);
    });

    it('[REL-25] an overruled change restored on two phones of its author is no conflict any more', async () => {
      const second = await join(lead, 'responder', [], 501, phone(0).person);
      const mine = phone(0).make('task', task, taskProgress('done'));
      clock.pass(minute);
      await phone(1).sync([phone(1).make('task', task, taskProgress('blocked', { reason: 'fire' }))]);
      await phone(0).sync([mine]);
      await second.sync();
      expect(conflictsOf(second)).toHaveLength(1);
      clock.pass(minute);
      const restores = [phone(0), second].map((each) => each.edit('task', task, taskProgress('done')));
      await phone(0).sync([restores[0]]);
      clock.pass(1);
      await second.sync([restores[1]]);
      await syncAll();
      expect(conflictsOf(phone(0))).toEqual([]);
      expect(conflictsOf(lead)).toEqual([]);
      expect((phone(1).shown('task', task) as JsonObject).status).toBe('done');
    });

    it('[REL-25] two people restoring each their own change: the one who lost sees it', async () => {
      await phone(0).sync([phone(0).make('task', task, taskProgress('done'))]);
      await phone(1).sync([phone(1).make('task', task, taskProgress('blocked', { reason: 'fire' }))]);
      await syncAll();
      clock.pass(minute);
      const first = phone(0).edit('task', task, taskProgress('done'));
      clock.pass(minute);
      const last = phone(1).edit('task', task, taskProgress('blocked', { reason: 'fire' }));
      await phone(1).sync([last]);
      await phone(0).sync([first]);
      await syncAll();
      expect(phone(2).records.get(`task/${task}`)?.change).toBe(last.id);
      expect(conflictsOf(lead).map((conflict) => (conflict.overruled as JsonObject).change)).toEqual([first.id]);
    });

    it('[REL-26] a successor that arrives before its predecessor keeps winning over it, and nobody is told of a conflict', async () => {
      const first = phone(0).make('task', task, taskProgress('in-progress'));
      clock.pass(minute);
      const second = phone(1).make('task', task, taskProgress('done'), { base: first.id });
      expect((await phone(1).sync([second])).outcomes[0]?.outcome).toBe('applied');
      // The predecessor claims to be later: its phone has another line by now.
      const reply = await phone(0).sync([first]);
      expect(reply.outcomes[0]).toMatchObject({ outcome: 'superseded', winner: second.id });
      await syncAll();
      expect(conflictsOf(lead)).toEqual([]);
    });

    it('[REL-26] the cut wins over the lower bound, so a chain that arrives backwards ends in its order', async () => {
      const chain: SentChange[] = [];
      for (let at = 0; at < 4; at += 1) {
        chain.push(
          phone(at % 2).make('task', task, taskProgress('in-progress', { reason: String(at) }), {
            base: chain.at(-1)?.id ?? null,
          }),
        );
      }
      for (let at = 3; at >= 0; at -= 1) await phone(at % 2).sync([chain[at]]);
      await syncAll();
      const history = await journal.history(lead.session, 'task', task);
      const byStamp = history.ok
        ? history.value.toSorted((a, b) => (a.stamp < b.stamp ? -1 : 1)).map(({ change }) => change.id)
        : [];
      expect(byStamp).toEqual(chain.map(({ id }) => id));
      expect(conflictsOf(lead)).toEqual([]);
    });

    it('[CONFLICT] a later predecessor that joins two chains takes back the conflict', async () => {
      const base = phone(0).make('task', task, taskProgress('in-progress'));
      const middle = phone(0).make('task', task, taskProgress('blocked', { reason: 'x' }), { base: base.id });
      clock.pass(minute);
      const last = phone(1).make('task', task, taskProgress('done'), { base: middle.id });
      await phone(0).sync([base]);
      await phone(1).sync([last]);
      await syncAll();
      expect(conflictsOf(phone(0))).toHaveLength(1);
      await phone(0).sync([middle]);
      await syncAll();
      expect(conflictsOf(phone(0))).toEqual([]);
    });

    it('[CONFLICT] its author decides it, a decided one stays, and nobody else may', async () => {
      const mine = phone(0).make('task', task, taskProgress('done'));
      clock.pass(minute);
      await phone(1).sync([phone(1).make('task', task, taskProgress('in-progress'))]);
      await phone(0).sync([mine]);
      await syncAll();
      const [undecided] = conflictsOf(phone(0));
      const stranger = await phone(2).send([phone(2).make('conflict', mine.id, { ...undecided, decision: 'kept' })]);
      expect(stranger.outcomes[0]?.reason?.code).toBe('forbidden');
      const forged = await phone(0).send([
        phone(0).edit('conflict', mine.id, { ...undecided, key: 'i/other', decision: 'kept' }),
      ]);
      expect(forged.outcomes[0]?.reason?.code).toBe('forbidden');
      clock.pass(minute);
      const kept = await phone(0).sync([phone(0).edit('conflict', mine.id, { ...undecided, decision: 'kept' })]);
      expect(kept.outcomes[0]?.outcome).toBe('applied');
      clock.pass(minute);
      await phone(0).sync([phone(0).edit('task', task, taskProgress('done'))]);
      await syncAll();
      expect(conflictsOf(lead)).toMatchObject([{ decision: 'kept', overruled: { change: mine.id } }]);
    });

    it('[CONFLICT] [REL-14] a decision that is sent again is told the winner that this very push brought about', async () => {
      const mine = phone(0).make('task', task, taskProgress('done'));
      clock.pass(minute);
      await phone(1).sync([phone(1).make('task', task, taskProgress('blocked', { reason: 'fire' }))]);
      await phone(0).sync([mine]);
      await syncAll();
      const decision = phone(0).edit('conflict', mine.id, { ...conflictsOf(phone(0))[0], decision: 'kept' });
      clock.pass(minute);
      // the conflict now names another winner, later than the decision
      await phone(1).sync([phone(1).edit('task', task, taskProgress('done'))]);
      const { outcomes } = await phone(0).sync([decision]);
      expect(outcomes[0]?.outcome).toBe('superseded');
      clock.pass(minute);
      const later = phone(0).edit('task', task, taskProgress('done'));
      const again = await phone(0).sync([decision, later]);
      expect(phone(0).records.get(`conflict/${mine.id}`)?.value).toBeNull();
      expect(again.outcomes[0]).toEqual({
        ...outcomes[0],
        winner: phone(0).records.get(`conflict/${mine.id}`)?.change,
      });
    });

    it('[CONFLICT] restoring and deciding in one push keeps the decision', async () => {
      const mine = phone(0).make('task', task, taskProgress('done'));
      clock.pass(minute);
      await phone(1).sync([phone(1).make('task', task, taskProgress('in-progress'))]);
      await phone(0).sync([mine]);
      await phone(0).sync();
      const [undecided] = conflictsOf(phone(0));
      clock.pass(minute);
      await phone(0).sync([
        phone(0).edit('task', task, taskProgress('done')),
        phone(0).edit('conflict', mine.id, { ...undecided, decision: 'restored' }),
      ]);
      await syncAll();
      expect(conflictsOf(lead)).toMatchObject([{ decision: 'restored' }]);
    });
  });
}
