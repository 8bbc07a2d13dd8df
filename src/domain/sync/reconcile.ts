import { incidentOf } from '../access/access-scope.ts';
import type { Rights } from '../access/access.ts';
import { rightsAt, rightsNow } from '../access/grant-history.ts';
import { mayWrite } from '../access/may-write.ts';
import type { DeviceId, PersonId, Stamp } from '../ids.ts';
import type { Json, JsonObject } from '../json.ts';
import { compareChanges } from './ancestry.ts';
import { saysTheSame } from './canonical-json.ts';
import { refusal, type ReadChange } from './change.ts';
import { believedGiven, believedTime, effectiveStamp, lowerBound } from './effective-stamp.ts';
import { sha256Hex } from './hash.ts';
import { Judgement } from './judgement.ts';
import { kinds, type Kind } from './kinds.ts';
import type { Change, Outcome, Refusal } from './protocol.ts';
import {
  contentOf,
  recordName,
  type Content,
  type HeldChange,
  type Reconciled,
  type ReconcileFacts,
} from './reconcile-facts.ts';
import { deviceOf, stampTime } from './stamp.ts';

type Readable = Extract<ReadChange, { tag: 'readable' }>;
type Unreadable = Extract<ReadChange, { tag: 'unreadable' }>;

/**
 * Judges a batch (protocol.md, `POST /api/sync` and Order): one outcome per change in the order sent, what is accepted, what is
 * refused. Pure, so that every database gives the same verdicts; reads nothing but `facts`, which must have been read under
 * the workspace's lock. Judging the same change again gives the same outcome.
 */
export function reconcile(changes: readonly ReadChange[], facts: ReconcileFacts): Reconciled {
  const judgement = new Judgement(facts);
  const verdicts = changes.map((read, position) =>
    read.tag === 'unreadable' ? judgeUnreadable(read, position, judgement) : judge(read, position, judgement),
  );
  return {
    outcomes: verdicts.map((verdict) => ({
      ...verdict.outcome,
      winner: verdict.record === null ? null : judgement.winnerId(verdict.record),
    })),
    ...judgement.result(),
  };
}

/** `record` names the record whose winner of today the outcome carries. */
type Verdict = { readonly outcome: Outcome; readonly record: string | null };

/** SHA-256 of a change's content: how a refused one is recognised when it comes again. */
export function contentHash(content: Content): string {
  return sha256Hex(`${content.frame}\n${content.valueText ?? ''}`);
}

function judgeUnreadable(read: Unreadable, position: number, judgement: Judgement): Verdict {
  const { device, n } = read;
  const isOwn = device !== null && judgement.isOwnDevice(device);
  const ownsN = isOwn && n !== null && judgement.useOf(device, n) === undefined;
  if (ownsN) judgement.useN(device, n, read.id, null);
  judgement.refuse({
    position,
    id: read.id,
    device,
    n,
    person: isOwn ? judgement.facts.session.person : null,
    stamp: null,
    reason: read.fault,
    ownsId: false,
    ownsN,
  });
  return {
    outcome: { id: read.id, outcome: 'refused', stamp: null, winner: null, seq: null, reason: read.fault },
    record: null,
  };
}

function judge(read: Readable, position: number, judgement: Judgement): Verdict {
  const { change } = read;
  const content = () => contentOf(change, read.valueText);
  const held = judgement.held(change.id);
  if (held !== undefined)
    return isSame(content(), held.content) ? again(held) : refuseReused(read, position, judgement);
  const before = judgement.refusedBefore(change.id);
  if (before !== undefined && before.contentHash !== contentHash(content()))
    return refuseReused(read, position, judgement);

  const device = deviceOf(change.stamp);
  const person = judgement.personOf(device);
  const isOwn = person !== null && person === judgement.facts.session.person;
  const use = judgement.useOf(device, change.n);
  const isClone = (use !== undefined && use !== change.id) || judgement.isCloned(device);
  if (isClone) judgement.markCloned(device);
  const stamp = isOwn ? (before?.stamp ?? stampFor(read, device, judgement)) : null;
  const reason = isClone
    ? refusal('sequence-reused', `n ${String(change.n)} of device ${device} names another change`)
    : reasonAgainst(read, device, isOwn, stamp, judgement);
  if (isOwn && use === undefined) judgement.useN(device, change.n, change.id, stamp);
  if (reason !== null || stamp === null || person === null) {
    return refuse(
      read,
      position,
      {
        person: isOwn ? person : null,
        stamp,
        reason: reason ?? foreign(),
        ownsId: isOwn,
        ownsN: isOwn && (use === undefined || use === change.id),
      },
      judgement,
    );
  }
  return accept(read, person, stamp, judgement);
}

function again(held: HeldChange): Verdict {
  return {
    outcome: { id: held.id, outcome: held.outcome, stamp: held.stamp, winner: null, seq: held.outcomeSeq },
    record: recordName(held.kind, held.key),
  };
}

/** The id keeps naming what it named first; the change under it still uses up its `n`. */
function refuseReused(read: Readable, position: number, judgement: Judgement): Verdict {
  const device = deviceOf(read.change.stamp);
  const isOwn = judgement.isOwnDevice(device);
  const ownsN = isOwn && judgement.useOf(device, read.change.n) === undefined;
  if (ownsN) judgement.useN(device, read.change.n, read.change.id, null);
  const person = isOwn ? judgement.facts.session.person : null;
  return refuse(
    read,
    position,
    { person, stamp: null, reason: refusal('id-reused', 'another change has this id'), ownsId: false, ownsN },
    judgement,
  );
}

type RefusedAs = {
  readonly person: PersonId | null;
  readonly stamp: Stamp | null;
  readonly reason: Refusal;
  readonly ownsId: boolean;
  readonly ownsN: boolean;
};

function refuse(read: Readable, position: number, as: RefusedAs, judgement: Judgement): Verdict {
  const { change } = read;
  judgement.refuse({ position, id: change.id, device: deviceOf(change.stamp), n: change.n, ...as });
  if (as.ownsId) judgement.rememberRefused(change, as.person, as.stamp, contentHash(contentOf(change, read.valueText)));
  return {
    outcome: { id: change.id, outcome: 'refused', stamp: as.stamp, winner: null, seq: null, reason: as.reason },
    record: isAuthorised(as.reason) ? recordName(change.kind, change.key) : null,
  };
}

/** Who may not write a record may not learn of its changes either; every other reason is found before rights are looked at. */
function isAuthorised(reason: Refusal): boolean {
  return reason.code === 'immutable' || reason.code === 'stale';
}

function accept(read: Readable, person: PersonId, stamp: Stamp, judgement: Judgement): Verdict {
  const { change } = read;
  const record = recordName(change.kind, change.key);
  const winner = judgement.winner(record);
  const wins = winner === null || compareChanges({ stamp, n: change.n }, winner) > 0;
  const accepted = judgement.accept({
    change,
    valueText: read.valueText,
    stamp,
    outcome: wins ? 'applied' : 'superseded',
    person,
    incident: incidentOfChange(change, judgement),
    about: change.kind === 'conflict' ? (judgement.overruled(change.key)?.person ?? null) : null,
  });
  return {
    outcome: { id: change.id, outcome: accepted.outcome, stamp, winner: null, seq: accepted.outcomeSeq },
    record,
  };
}

function incidentOfChange(change: Change, judgement: Judgement): ReturnType<typeof incidentOf> {
  if (change.kind !== 'conflict') return incidentOf(change.kind, change.key);
  const overruled = judgement.overruled(change.key);
  return overruled === null ? null : incidentOf(overruled.kind, overruled.key);
}

function stampFor(read: Readable, device: DeviceId, judgement: Judgement): Stamp {
  const { change, given } = read;
  const { now, session, request } = judgement.facts;
  const ofSession = device === session.device ? believedTime(change, request, now) : null;
  const believed = given === null ? ofSession : believedGiven(given, now);
  const base = change.base === null ? null : judgement.stampOf(change.base);
  const bound = lowerBound(
    { base, seen: base === null ? change.seen : null, ownEarlier: judgement.ownEarlier(device, change.n) },
    now,
  );
  return effectiveStamp(device, believed, bound, judgement.earliestSuccessor(change.id));
}

/** The first reason that applies from `unknown-kind` on, in the order of protocol.md. */
function reasonAgainst(
  read: Readable,
  device: DeviceId,
  isOwn: boolean,
  stamp: Stamp | null,
  judgement: Judgement,
): Refusal | null {
  if (read.fault !== null) return read.fault;
  if (!isOwn || stamp === null) return foreign();
  const { change } = read;
  const revokedAt = judgement.facts.devices.get(device)?.revokedAt ?? null;
  if (revokedAt !== null && stampTime(stamp) > revokedAt)
    return refusal('forbidden', 'made after this device was revoked');
  if (!isAllowed(change, device, stamp, judgement))
    return refusal('forbidden', `your access does not cover this ${change.kind}`);
  const kind = change.kind as Kind;
  const record = judgement.winner(recordName(kind, change.key));
  if (kinds[kind].writeOnce && record !== null && !isSameOnce(kind, change.value, record.value)) {
    return refusal('immutable', `this ${kind} is written already and never changes`);
  }
  if (kind === 'grant' && change.base !== (record?.id ?? null))
    return refusal('stale', 'the grant was changed meanwhile');
  return null;
}

/**
 * Rights at the effective stamp or now: work done before a hand-over counts, and so does work done before joining. A grant is no
 * work: who lost the right to give rights could hand it on by a change dated back.
 */
function isAllowed(change: Change, device: DeviceId, stamp: Stamp, judgement: Judgement): boolean {
  const { person } = judgement.facts.session;
  const history = judgement.grants(person);
  const attempt = { kind: change.kind as Kind, key: change.key, value: change.value, device };
  const overruled = change.kind === 'conflict' ? judgement.overruled(change.key) : null;
  const context = {
    scope: judgement.scope,
    current: judgement.winner(recordName(change.kind, change.key))?.value ?? null,
    usedByOthers: judgement.facts.usedByOthers.has(change.key),
    overruled: overruled === null ? null : { author: overruled.person, kind: overruled.kind, key: overruled.key },
  };
  const may = (rights: Rights | null) => rights !== null && mayWrite(rights, attempt, context);
  return may(rightsNow(person, history)) || (change.kind !== 'grant' && may(rightsAt(person, history, stamp)));
}

function foreign(): Refusal {
  return refusal('forbidden', 'the change was made by a device of somebody else');
}

function isSame(content: Content, held: Content): boolean {
  return content.frame === held.frame && (held.valueText === null || content.valueText === held.valueText);
}

/** A plan version compares `items`: the key being their hash, only what is withheld can differ. */
function isSameOnce(kind: Kind, value: Json, held: Json): boolean {
  if (value === null || held === null) return value === held;
  if (kind !== 'plan-version') return saysTheSame(value, held);
  return withheldIn(value) === withheldIn(held);
}

function withheldIn(value: Json): string {
  return [...((value as JsonObject).withheld as readonly string[])].sort().join('\n');
}
