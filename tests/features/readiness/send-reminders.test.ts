import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../src/domain/ids.ts';
import type { Reminded, RemindRequest, ServerFault } from '../../../src/domain/ports/server-api.ts';
import { err, ok, type Result } from '../../../src/domain/result.ts';
import { resultsOf, sendReminders, toTryAgain, type Batch } from '../../../src/features/readiness/send-reminders.ts';

type Answer = Result<readonly Reminded[], ServerFault>;

const noAnswer = err({ tag: 'no-answer' } as const);
const came = (person: string, result: Reminded['result']): Reminded => ({
  person: person as PersonId,
  way: result === 'too-soon' || result === 'no-way' ? null : 'mail',
  result,
});
const batch = (request: string, ...people: readonly string[]): Batch => ({
  request,
  people: people.map((person) => ({ person: person as PersonId, points: ['test'] })),
  again: false,
  state: { tag: 'to-send' },
});

/** A server that answers in turn. */
function answering(taken: readonly Answer[], told: readonly Answer[] = []) {
  const asked: string[] = [];
  const [next, later] = [[...taken], [...told]];
  return {
    asked,
    remind: async ({ request }: RemindRequest) => {
      asked.push(`remind ${request}`);
      return next.shift() ?? noAnswer;
    },
    reminded: async (request: string) => {
      asked.push(`ask ${request}`);
      return later.shift() ?? noAnswer;
    },
  };
}

async function run(server: ReturnType<typeof answering>, all: readonly Batch[]): Promise<readonly Batch[]> {
  const done = new Map(all.map((each) => [each.request, each]));
  const onBatch = (each: Batch) => void done.set(each.request, each);
  await sendReminders(server, all, onBatch, () => Promise.resolve(), new AbortController().signal);
  return [...done.values()];
}

describe('sending reminders', () => {
  it('[REMIND-24] asks what came of it until nothing is on its way, through a network that is gone for a moment', async () => {
    const server = answering(
      [ok([came('ana', 'waiting'), came('ben', 'no-way')])],
      [ok([came('ana', 'waiting')]), noAnswer, ok([came('ana', 'sent')])],
    );
    const done = await run(server, [batch('r1', 'ana', 'ben')]);
    expect(resultsOf(done)).toEqual([came('ana', 'sent'), came('ben', 'no-way')]);
    expect(server.asked).toEqual(['remind r1', 'ask r1', 'ask r1', 'ask r1']);
  });

  it('[REMIND-24] stops where the server gives no answer, and goes on under the same names', async () => {
    const server = answering([
      ok([came('ana', 'sent')]),
      noAnswer,
      ok([came('ben', 'sent')]),
      ok([came('cem', 'sent')]),
    ]);
    const first = await run(server, [batch('r1', 'ana'), batch('r2', 'ben'), batch('r3', 'cem')]);
    expect(first.map(({ state }) => state.tag)).toEqual(['taken', 'failed', 'to-send']);
    const second = await run(server, first);
    expect(second.map(({ state }) => state.tag)).toEqual(['taken', 'taken', 'taken']);
    expect(server.asked).toEqual(['remind r1', 'remind r2', 'remind r2', 'remind r3']);
  });

  it('[REMIND-25] tries again whom nothing reached and may reach yet, and nobody else', async () => {
    const results = [came('ana', 'failed'), came('ben', 'refused'), came('cem', 'unknown'), came('dee', 'sent')];
    const server = answering([ok(results)]);
    expect([...toTryAgain(await run(server, [batch('r1', 'ana', 'ben', 'cem', 'dee')]))]).toEqual(['ana', 'cem']);
  });
});
