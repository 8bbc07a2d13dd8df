import * as z from 'zod/mini';
import { readLive } from '../domain/ports/read-live.ts';
import type { Clock, PreparedRequest, SyncStore } from '../domain/ports/sync-store.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { unreachable } from '../domain/result.ts';
import { head as headSchema, syncReply, type HistoryChanged, type SyncReply } from '../domain/sync/protocol.ts';
import { instant, minute, type Millis } from '../domain/time.ts';
import type { BatchSize } from './batch-size.ts';
import type { RoundEnd } from './connectivity.ts';
import type { Session, SessionFault } from './session.ts';
import type { Answer, CallFault, Transport } from './transport.ts';

export type RoundParts = {
  readonly transport: Transport;
  readonly session: Session;
  readonly store: SyncStore;
  readonly clock: Clock;
  readonly batch: BatchSize;
  /** Gives a cloned device a new identity. */
  readonly renewIdentity: (token: string, signal: AbortSignal) => Promise<RoundEnd | null>;
  /** Deletes everything this app keeps on the device. */
  readonly wipe: () => Promise<RoundEnd>;
  /** Called for each validated reply, before it is stored; `offset` is the server's clock minus this device's. */
  readonly onReply: (reply: SyncReply, offset: Millis | null) => void;
};

/**
 * One round: sends and pulls until the server judged everything unsent and has nothing more (protocol.md, `POST /api/sync`).
 * Safe to run beside another round over the same store, and to break off anywhere: what a reply brought is stored in one
 * transaction, and a reply that comes too late is dropped whole.
 */
export async function runRound(parts: RoundParts, signal: AbortSignal): Promise<RoundEnd> {
  // a device without a server has a key too, and nobody to sign in to
  const member = await parts.store.prepare({ changes: 1, bytes: 1 });
  if (!member.ok) return faulty(member.error);
  if (member.value === null) return { tag: 'alone' };
  const round: Round = { parts, signal, patience: new Map(), pullOnly: false, ownOnly: false };
  for (;;) {
    if (signal.aborted) return { tag: 'stopped' };
    const end = await attempt(round);
    if (end !== null) return signal.aborted && end.tag === 'unreached' ? { tag: 'stopped' } : end;
  }
}

type Round = {
  readonly parts: RoundParts;
  readonly signal: AbortSignal;
  /** How often each thing that makes a round begin again has happened: nothing may keep it going round for ever. */
  readonly patience: Map<string, number>;
  /** One single change was too much for something between us and the server: pull at least. */
  pullOnly: boolean;
  /** What is brought for other phones was not taken as it came: at least send what is this device's own. */
  ownOnly: boolean;
};

const unreached = (hold: Millis | null = null): RoundEnd => ({ tag: 'unreached', hold });
const faulty = (fault: StorageFault): RoundEnd => ({ tag: 'fault', fault });

/** One request and its reply. Null: go on at once. */
async function attempt(round: Round): Promise<RoundEnd | null> {
  const { parts, signal } = round;
  const token = await parts.session.token(signal);
  if (!token.ok) return await endOf(round, token.error, null);
  const most = parts.batch.most();
  // prepared after the sign-in, so that `line` is read as late as `clientNow`
  const taken = await parts.store.prepare(most);
  if (!taken.ok) return faulty(taken.error);
  if (taken.value === null) return { tag: 'alone' };
  const prepared = round.pullOnly ? withoutChanges(taken.value) : round.ownOnly ? ownOf(taken.value) : taken.value;
  const answer = await parts.transport.call({
    method: 'POST',
    path: '/api/sync',
    token: token.value,
    body: () => ({
      ...prepared.body,
      clientNow: instant(parts.clock.now()),
      limit: Math.min(prepared.body.limit, most.records),
    }),
    reply: syncReply,
    signal,
  });
  return answer.ok
    ? await take(round, prepared, answer.value as Answer<unknown> as Answer<SyncReply>, token.value)
    : await endOf(round, answer.error, { prepared, token: token.value });
}

/** Stores a validated reply. */
async function take(
  round: Round,
  prepared: PreparedRequest,
  answer: Answer<SyncReply>,
  token: string,
): Promise<RoundEnd | null> {
  const { parts, signal } = round;
  const reply = answer.value;
  if (reply.outcomes.length !== countSent(prepared)) return unreached();
  const offset = offsetOf(answer);
  parts.onReply(reply, offset);
  if (offset !== null) {
    const observed = await parts.store.observeOffset(offset);
    if (!observed.ok) return faulty(observed.error);
  }
  const applied = await parts.store.apply(prepared, reply);
  if (!applied.ok) return faulty(applied.error);
  if (reply.wipe === true) return await wipeUnlessUnsent(round);
  switch (applied.value.tag) {
    case 'stored':
      parts.batch.worked();
      if (goesOn(prepared, reply, applied.value.more)) return reply.reset ? again(round, 'reset', 5) : null;
      return round.pullOnly ? unreached() : { tag: 'settled' };
    case 'dropped':
      return again(round, 'dropped', 10);
    case 'cloned':
      return (await parts.renewIdentity(token, signal)) ?? again(round, 'cloned', 3);
    default:
      return unreachable(applied.value);
  }
}

/** A leaver sends what it holds before it goes, others' work too: also what came while its last push was under way. */
async function wipeUnlessUnsent(round: Round): Promise<RoundEnd | null> {
  const counts = await readLive(round.parts.store.unsent);
  if (!counts.ok) return faulty(counts.error);
  const { unsent, carried } = counts.value;
  return unsent + carried > 0 ? again(round, 'unsent before the wipe', 100) : await round.parts.wipe();
}

/** A server that says "more" without going forward is broken; it must not be asked without end. */
function goesOn(prepared: PreparedRequest, reply: SyncReply, more: boolean): boolean {
  const sent = countSent(prepared) > 0;
  const forward = reply.reset || reply.cursor !== prepared.body.cursor || sent;
  return (more && forward) || (prepared.remaining > 0 && sent);
}

/** Null while there is patience left, so the round goes on; else it ends and is tried again later. */
function again(round: Round, what: string, most: number): RoundEnd | null {
  const times = (round.patience.get(what) ?? 0) + 1;
  round.patience.set(what, times);
  return times > most ? unreached() : null;
}

type Sent = { readonly prepared: PreparedRequest; readonly token: string };

async function endOf(round: Round, fault: SessionFault, sent: Sent | null): Promise<RoundEnd | null> {
  switch (fault.tag) {
    case 'no-key':
      return { tag: 'alone' };
    case 'storage':
      return faulty(fault.fault);
    case 'no-answer':
      if (fault.timedOut) round.parts.batch.tooSlow();
      return unreached();
    case 'not-a-server':
      if (fault.status === 413 && sent !== null) return shrink(round, sent.prepared);
      return unreached(fault.retryAfter);
    case 'problem':
      return await afterProblem(round, fault, sent);
    default:
      return unreachable(fault);
  }
}

async function afterProblem(
  round: Round,
  fault: CallFault & { tag: 'problem' },
  sent: Sent | null,
): Promise<RoundEnd | null> {
  const { parts } = round;
  if (fault.status === 401) {
    if (fault.code === 'revoked') return await parts.wipe();
    if (fault.code === 'unknown-device') return { tag: 'needs-code' };
    if (sent === null) return unreached(fault.retryAfter);
    parts.session.drop(sent.token);
    return again(round, 'token refused', 2);
  }
  if (fault.code === 'unsupported-protocol' || fault.status === 426) return { tag: 'needs-update' };
  if (sent !== null && fault.status === 409 && fault.code === 'history-changed')
    return startOver(round, fault.body, sent.prepared);
  const isUnfit = fault.status === 413 || (fault.status < 429 && sent?.prepared.body.relayed !== undefined);
  if (sent !== null && isUnfit) return shrink(round, sent.prepared);
  return unreached(fault.retryAfter);
}

function shrink(round: Round, prepared: PreparedRequest): RoundEnd | null {
  if (prepared.body.relayed !== undefined) {
    round.ownOnly = true;
    return null;
  }
  const changes = prepared.body.changes.length;
  if (round.parts.batch.tooLarge({ changes, bytes: JSON.stringify(prepared.body).length })) return null;
  if (round.pullOnly || changes === 0) return unreached();
  round.pullOnly = true;
  return null;
}

const historyChanged = z.looseObject({
  code: z.literal('history-changed'),
  epoch: z.string().check(z.minLength(1)),
  head: headSchema,
});

async function startOver(round: Round, body: unknown, prepared: PreparedRequest): Promise<RoundEnd | null> {
  const read = historyChanged.safeParse(body);
  if (!read.success) return unreached();
  const changed: HistoryChanged = read.data;
  const stored = await round.parts.store.historyChanged(prepared, changed);
  return stored.ok ? again(round, 'history changed', 3) : faulty(stored.error);
}

function withoutChanges(prepared: PreparedRequest): PreparedRequest {
  return { ...prepared, body: { ...prepared.body, changes: [], relayed: undefined, last: false } };
}

function ownOf(prepared: PreparedRequest): PreparedRequest {
  return { ...prepared, body: { ...prepared.body, relayed: undefined, last: false } };
}

function countSent({ body: { changes, relayed = [] } }: PreparedRequest): number {
  return relayed.reduce((sum, bundle) => sum + bundle.changes.length, changes.length);
}

/**
 * Server's clock minus the device's, in ms; null where it can't be told: the clock was set during the attempt, or the device
 * slept through it, so the moment in between is unknown.
 */
function offsetOf({ value, sentAt, arrivedAt }: Answer<SyncReply>): Millis | null {
  const took = arrivedAt - sentAt;
  const serverNow = Date.parse(value.serverNow);
  if (took < 0 || took > minute || !Number.isFinite(serverNow)) return null;
  return Math.round(serverNow - (sentAt + took / 2));
}
