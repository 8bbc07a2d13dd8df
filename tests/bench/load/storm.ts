import { setTimeout as wait } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import type { Change, SyncReply } from '../../../src/domain/sync/protocol.ts';
import { backoffDelay } from '../../../src/sync/backoff.ts';
import { viewName } from '../../../src/domain/sync/view.ts';
import { HoldfastDevice, type Place } from './devices.ts';
import { makeFixture, removeFixture, type Member } from './fixture.ts';
import { bodyOf, HttpCalls, type HttpReply } from './http-calls.ts';
import { answerTo } from './identity.ts';
import { ChangeMaker, taskKey, taskProgress } from './making-changes.ts';
import { freePort, startHoldfast } from './processes.ts';

export type Storm = {
  /** Until a phone has the verdicts of all its changes, by phone, in ms. */
  readonly took: readonly number[];
  /** What was neither a success nor a request to come later. */
  readonly errors: readonly string[];
  /** How often a phone was asked to come later. */
  readonly askedToWait: number;
  /** By how much the journal grew: each change once, and nothing else. */
  readonly kept: number;
  readonly wholeMs: number;
  readonly peakMemory: number;
  /** Milliseconds that the server was on a core. */
  readonly onCore: number;
};

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
/** An attempt to sync ends after this, as the app's does. */
const attemptMs = 60_000;

/**
 * All phones come back in the same moment, each with changes that it made offline: they sign in, send and take what comes with the
 * reply. Who is asked to wait waits so long, and then as long again as the app's own back-off says.
 */
export async function storm(phones: number, each: number, tasks: number, main?: string): Promise<Storm> {
  let reached: Omit<Place, 'view'> = { epoch: '', head: { seq: 0, hash: '' }, cursor: 0 };
  const { dataDir, members } = await makeFixture(phones + 1, async (journal, [first]) => {
    if (first === undefined) return;
    const { epoch, head } = await journal.head(first.session.workspace);
    reached = { epoch, head, cursor: head.seq };
  });
  const taking = members.slice(1);
  const batches = taking.map((member, place) => changesOf(member, place * each, each, tasks));
  const server = await startHoldfast(dataDir, await freePort(), main);
  const calls = new HttpCalls(server.origin);
  const told = { errors: [] as string[], askedToWait: 0 };
  let lastSeq = reached.head.seq;
  const onCoreBefore = server.onCore();
  const began = performance.now();
  const took = await Promise.all(
    taking.map(async (member, place) => {
      const { head } = await comeBack(calls, member, { ...reached, view: viewOf(member) }, batches[place] ?? [], told);
      lastSeq = Math.max(lastSeq, head.seq);
      return performance.now() - began;
    }),
  );
  const wholeMs = performance.now() - began;
  const [peakMemory, onCore] = [server.peakMemory(), server.onCore() - onCoreBefore];
  calls.close();
  await server.stop();
  removeFixture(dataDir);
  return { ...told, took, kept: lastSeq - reached.head.seq, wholeMs, peakMemory, onCore };
}

type Told = { readonly errors: string[]; askedToWait: number };

async function comeBack(
  calls: HttpCalls,
  member: Member,
  at: Place,
  changes: readonly Change[],
  told: Told,
): Promise<SyncReply> {
  const { identity } = member;
  const { device } = identity;
  const challenged = await patiently(told, () => calls.post('/api/session/challenge', { body: { device } }));
  const { nonce } = bodyOf(challenged) as { nonce: string };
  const signed = await patiently(told, () =>
    calls.post('/api/session', { body: answerTo(calls.origin, identity, nonce) }),
  );
  const { token } = bodyOf(signed) as { token: string };
  const phone = new HoldfastDevice(calls, token, at);
  const sent = await patiently(told, () => calls.post('/api/sync', { token, body: phone.body(changes) }));
  const reply = bodyOf(sent) as SyncReply;
  phone.take(reply, changes);
  return reply;
}

async function patiently(told: Told, send: () => Promise<HttpReply>): Promise<HttpReply> {
  for (let failures = 1; ; failures += 1) {
    const reply = await Promise.race([
      send().catch((error: unknown) => error as Error),
      wait(attemptMs, null, { ref: false }),
    ]);
    if (reply !== null && !(reply instanceof Error) && reply.status === 200) return reply;
    const hold = reply === null || reply instanceof Error ? null : Number(reply.headers['retry-after']);
    if (hold !== null && Number.isFinite(hold)) told.askedToWait += 1;
    else
      told.errors.push(
        reply === null ? 'no answer in time' : reply instanceof Error ? reply.message : String(reply.status),
      );
    if (failures > 10) throw new Error(`gave up: ${told.errors.at(-1) ?? 'asked to wait ten times'}`);
    await wait((hold ?? 0) * 1000 + backoffDelay(failures, random));
  }
}

/** Responders without a role: what the server calls what they see. */
function viewOf({ session: { person } }: Member): string {
  return viewName({ person, access: 'responder', roles: [] }, []);
}

function changesOf({ identity, session }: Member, from: number, many: number, tasks: number): readonly Change[] {
  const maker = new ChangeMaker(identity.device);
  return Array.from({ length: many }, (_, at) =>
    maker.make('task', taskKey((from + at) % tasks), taskProgress(session.person, at)),
  );
}
