import type { PersonId } from '../../domain/ids.ts';
import type { Clock, Randomness } from '../../domain/ports/sync-store.ts';
import type { Reminded, RemindRequest, ServerApi, ServerFault } from '../../domain/ports/server-api.ts';
import type { ToRemind } from '../../domain/readiness/remind-whom.ts';
import { newRequest } from '../../parts/new-request.ts';

/** Some people who are reminded with one call, and how far it is. */
export type Batch = RemindRequest & {
  readonly state:
    | { readonly tag: 'to-send' }
    | { readonly tag: 'taken'; readonly results: readonly Reminded[] }
    | { readonly tag: 'failed'; readonly fault: ServerFault };
};

const peopleInOne = 100;

export function batchesOf(all: readonly ToRemind[], again: boolean, clock: Clock, random: Randomness): Batch[] {
  const people = all.map(({ person: { person }, points }) => ({ person, points }));
  return Array.from({ length: Math.ceil(people.length / peopleInOne) }, (_, at) => ({
    request: newRequest(clock, random),
    people: people.slice(at * peopleInOne, (at + 1) * peopleInOne),
    again,
    state: { tag: 'to-send' },
  }));
}

export function resultsOf(batches: readonly Batch[]): readonly Reminded[] {
  return batches.flatMap(({ state }) => (state.tag === 'taken' ? state.results : []));
}

/** Who was reached by no way at all, though it may work the next time. */
export function toTryAgain(batches: readonly Batch[]): ReadonlySet<PersonId> {
  const results = resultsOf(batches);
  const reached = new Set(results.flatMap(({ person, result }) => (isReached(result) ? [person] : [])));
  const failed = results.filter(({ result }) => result === 'failed' || result === 'unknown');
  return new Set(failed.map(({ person }) => person).filter((person) => !reached.has(person)));
}

/**
 * Sends what was not taken yet, then asks what came of it until nothing is on its way any more. A call that gets no answer is made
 * again under the same name, which sends nothing twice. Ends with `signal`, and where the server gives no answer.
 */
export async function sendReminders(
  server: Pick<ServerApi, 'remind' | 'reminded'>,
  all: readonly Batch[],
  onBatch: (batch: Batch) => void,
  pause: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (const batch of all) {
    const done = batch.state.tag === 'taken' ? batch : await ask(server, batch);
    onBatch(done);
    if (signal.aborted || (done.state.tag === 'failed' && done.state.fault.tag === 'no-answer')) return;
    if (done.state.tag === 'taken' && !(await follow(server, done, onBatch, pause, signal))) return;
  }
}

async function ask(server: Pick<ServerApi, 'remind'>, batch: Batch): Promise<Batch> {
  const { request, people, again } = batch;
  const answer = await server.remind({ request, people, again });
  return {
    ...batch,
    state: answer.ok ? { tag: 'taken', results: answer.value } : { tag: 'failed', fault: answer.error },
  };
}

/** False where it ended before all was known. */
async function follow(
  server: Pick<ServerApi, 'reminded'>,
  batch: Batch,
  onBatch: (batch: Batch) => void,
  pause: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<boolean> {
  let results = resultsOf([batch]);
  const leftOut = results.filter(({ way }) => way === null);
  while (results.some(({ result }) => result === 'waiting')) {
    await pause(signal);
    if (signal.aborted) return false;
    const answer = await server.reminded(batch.request);
    if (!answer.ok) {
      if (answer.error.tag === 'no-answer') continue;
      return false;
    }
    results = [...answer.value, ...leftOut];
    onBatch({ ...batch, state: { tag: 'taken', results } });
  }
  return true;
}

function isReached(result: Reminded['result']): boolean {
  return result === 'sent' || result === 'waiting';
}
