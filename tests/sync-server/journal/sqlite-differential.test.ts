import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ChangeId } from '../../../src/domain/ids.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { momentAt, stampAt } from '../../../src/domain/sync/stamp.ts';
import { hour } from '../../../src/domain/time.ts';
import { openSqliteStore } from '../../../sync-server/journal/sqlite-journal.ts';
import { join, setUp, TestClock } from '../../support/journal-phone.ts';
import { MemoryServer } from '../../support/memory-server.ts';
import { pushesOf, steps } from '../../support/push-script.ts';

it(
  '[REL-14] [REL-22] the database gives the verdicts, winners and conflicts that looking through everything gives',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const journal = openSqliteStore({ path: ':memory:', random: (length) => randomBytes(length) }).journal;
        const clock = new TestClock();
        const lead = await setUp(journal, clock);
        const first = await join(lead, 'responder');
        const phones = [
          first,
          await join(lead, 'responder'),
          await join(lead, 'responder'),
          await join(lead, 'responder', [], 99, first.person),
        ];
        const given = stampAt(momentAt(clock.now), lead.device);
        const memory = new MemoryServer(
          new Map(phones.map(({ device, person }) => [device, person])),
          new Map(phones.map(({ person }) => [person, [{ stamp: given, grant: { access: 'responder', roles: [] } }]])),
        );
        const devices = phones.map(({ device, person }) => ({ device, person }));
        for (const { from, request, arrived } of pushesOf(script, devices, clock.now + hour)) {
          const expected = memory.push(from, request, arrived);
          const session = { ...lead.session, ...from };
          const done = await journal.sync(
            session,
            { ...lead.request(), ...request, epoch: null, head: null, limit: 1 },
            arrived,
          );
          const outcomes = done.ok ? done.value.outcomes : [];
          expect(outcomes.map(withoutSeq)).toEqual(expected.map(withoutSeq));
        }
        await lead.sync();
        const winners = [...lead.records.values()]
          .filter(({ kind }) => kind === 'task')
          .map(({ key, change }) => [`task/${key}`, change]);
        expect(new Map(winners as [string, ChangeId][])).toEqual(new Map(memory.winners()));
        const open = [...lead.records.values()].filter(({ kind, value }) => kind === 'conflict' && value !== null);
        expect(new Set(open.map(({ key }) => key))).toEqual(memory.overruled());
        for (const { value } of open) {
          const { kind, key, winner } = value as JsonObject & { readonly kind: string; readonly key: string };
          expect((winner as JsonObject).change).toBe(memory.winners().get(`${kind}/${key}`));
        }
        expect((await journal.verify(lead.session.workspace)).ok).toBe(true);
        await journal.close();
      }),
      { numRuns: 60, seed: 20261123 },
    );
  },
);

/** The database counts its own changes too. */
function withoutSeq(outcome: object): object {
  return { ...outcome, seq: null };
}
