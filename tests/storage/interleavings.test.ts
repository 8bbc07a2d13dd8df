import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shown } from '../../src/domain/ports/records.ts';
import type { PreparedRequest } from '../../src/domain/ports/sync-store.ts';
import type { HistoryChanged, SyncReply } from '../../src/domain/sync/protocol.ts';
import { logDraft, taskDraft, incident } from './support/drafts.ts';
import { ModelServer } from './support/model-server.ts';
import { openPhone, type Phone } from './support/open-phone.ts';
import { awaitLive, valueOf } from './support/phone-parts.ts';
import { join, syncAll } from './support/sync-round.ts';

/*
 * Any interleaving of writing, asking, answering, losing, repeating and reordering on three phones, with a server that is put
 * back to an earlier day, changes what a phone may see, and refuses some: every change is found afterwards exactly once, applied or
 * superseded on the server or refused and kept on its phone, and all phones show the same (reliability.md, "Nothing lost").
 */

type Step =
  | { readonly do: 'write'; readonly phone: number; readonly task: number; readonly status: number }
  | { readonly do: 'note'; readonly phone: number }
  | { readonly do: 'ask'; readonly phone: number; readonly changes: number }
  /** Gives a phone one of the replies under way; `keep` leaves it there, to come again. */
  | { readonly do: 'answer'; readonly phone: number; readonly which: number; readonly keep: boolean }
  | { readonly do: 'backup' }
  | { readonly do: 'restore'; readonly sameEpoch: boolean }
  | { readonly do: 'view'; readonly view: number }
  | { readonly do: 'page'; readonly size: number }
  | { readonly do: 'restart'; readonly phone: number };

const phone = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      phone,
      task: fc.nat({ max: 2 }),
      status: fc.nat({ max: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('note' as const), phone }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('ask' as const), phone, changes: fc.constantFrom(1, 2, 500) }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('answer' as const), phone, which: fc.nat({ max: 9 }), keep: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'backup' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), sameEpoch: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('view' as const), view: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('page' as const), size: fc.constantFrom(1, 2, 500) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), phone }) },
);

type Underway = { readonly sent: PreparedRequest; readonly reply: SyncReply | HistoryChanged };
type World = {
  readonly server: ModelServer;
  readonly phones: Phone[];
  readonly underway: Underway[][];
  backup: ReturnType<ModelServer['backup']>;
  restores: number;
  notes: number;
  readonly saved: Set<string>;
};

async function newWorld(): Promise<World> {
  const server = new ModelServer();
  server.refuses = ({ value }) =>
    (value as { text?: string } | null)?.text?.endsWith('7') ? { code: 'forbidden', message: 'no' } : null;
  const phones = [await openPhone(), await openPhone(), await openPhone()];
  for (const [at, each] of phones.entries()) await join(each, server, `person-${String(at)}`);
  return { server, phones, underway: [[], [], []], backup: [], restores: 0, notes: 0, saved: new Set() };
}

const statuses = ['in-progress', 'blocked', 'done'] as const;

async function take(world: World, each: Step): Promise<void> {
  const { server } = world;
  switch (each.do) {
    case 'write':
    case 'note': {
      const at = world.phones[each.phone]!;
      at.clock.advance(1 + each.phone);
      const draft =
        each.do === 'write'
          ? await progress(at, each)
          : logDraft(`n-${String((world.notes += 1))}`, `note ${String(world.notes)}`);
      for (const { change } of valueOf(await at.records.write([draft]))) world.saved.add(change);
      return;
    }
    case 'ask': {
      const sent = valueOf(await world.phones[each.phone]!.syncStore.prepare({ changes: each.changes, bytes: 1e6 }));
      world.underway[each.phone]!.push({ sent: sent!, reply: server.handle(sent!) });
      return;
    }
    case 'answer':
      return answer(world, each.phone, each.which, each.keep);
    case 'backup':
      world.backup = server.backup();
      return;
    case 'restore':
      world.restores += 1;
      return server.restore(world.backup, each.sameEpoch ? null : `e_${String(world.restores + 1)}`);
    case 'view':
      server.view = `view-${String(each.view)}`;
      return;
    case 'page':
      server.pageSize = each.size;
      return;
    case 'restart': {
      const old = world.phones[each.phone]!;
      old.close();
      world.phones[each.phone] = await openPhone(old);
    }
  }
}

async function progress(at: Phone, { task, status }: Step & { readonly do: 'write' }) {
  const code = `IT-0${String(task)}`;
  return taskDraft(code, statuses[status]!, valueOf(await at.records.read('task', `${incident}/${code}`)));
}

async function answer({ phones, underway }: World, at: number, which: number, keep: boolean): Promise<void> {
  const waiting = underway[at]!;
  const one = waiting[which % Math.max(1, waiting.length)];
  if (one === undefined) return;
  if (!keep) waiting.splice(waiting.indexOf(one), 1);
  const { syncStore } = phones[at]!;
  if ('code' in one.reply) valueOf(await syncStore.historyChanged(one.sent, one.reply));
  else valueOf(await syncStore.apply(one.sent, one.reply));
}

async function settle({ server, phones }: World): Promise<void> {
  server.pageSize = 500;
  for (let round = 0; round < 2; round += 1) for (const each of phones) await syncAll(each, server);
}

const facts = ({ kind, key, value, change }: Pick<Shown<'task'>, 'kind' | 'key' | 'value' | 'change'>) => ({
  kind,
  key,
  value,
  change,
});

async function check({ server, phones, saved }: World): Promise<void> {
  const refused = (await Promise.all(phones.map((each) => awaitLive(each.device.refused))))
    .flat()
    .map(({ change }) => change);
  const accepted = server.accepted();
  expect([...accepted, ...refused].sort()).toEqual([...saved].sort());
  const winners = server.winners().map((record) => facts(record as never));
  const order = (rows: typeof winners) => rows.sort((a, b) => (a.kind + a.key < b.kind + b.key ? -1 : 1));
  for (const each of phones) {
    const shown = [
      ...(await awaitLive(each.records.watchPrefix('task', ''))),
      ...(await awaitLive(each.records.watchPrefix('log', ''))),
    ];
    expect(order(shown.map((row) => facts(row as never)))).toEqual(order([...winners]));
    expect(shown.every(({ unsent }) => !unsent)).toBe(true);
    expect(await awaitLive(each.syncStore.unsent)).toMatchObject({ unsent: 0, filling: null });
  }
}

describe('any interleaving', () => {
  it(
    '[REL-21] [REL-14] [REL-10] loses nothing, doubles nothing, and ends the same everywhere',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
          const world = await newWorld();
          for (const each of steps) await take(world, each);
          await settle(world);
          await check(world);
          for (const each of world.phones) each.close();
        }),
        { seed: 20_261_123, numRuns: Number(process.env['STORAGE_RUNS'] ?? 60), endOnFailure: false },
      );
    },
  );
});
