import type { DeviceId } from '../../src/domain/ids.ts';
import { readChange, type ReadChange } from '../../src/domain/sync/change.ts';
import type { Change, Outcome, Refusal, SyncRequest } from '../../src/domain/sync/protocol.ts';
import { contentHash, reconcile } from '../../src/domain/sync/reconcile.ts';
import {
  contentOf,
  type ReconcileFacts,
  type RefusedChange,
  type SequenceGap,
} from '../../src/domain/sync/reconcile-facts.ts';
import { sha256Hex } from '../../src/domain/sync/hash.ts';
import { deviceOf } from '../../src/domain/sync/stamp.ts';
import type { Millis } from '../../src/domain/time.ts';
import type { Session } from './journal.ts';
import { ConflictKeeper } from './conflicts.ts';
import type { Dialect } from './dialect.ts';
import { FactsReader } from './facts.ts';
import { salted, type Kept, type Ledger, type RandomBytes, type Salted, type Tip } from './ledger.ts';
import { Quarantine } from './quarantine.ts';
import type { WorkspaceScope } from './scope.ts';
import { statement, type Work } from './work.ts';

/** Changes of one device and the clock they were sent by. */
export type SentBatch = Pick<SyncRequest, 'line' | 'clientNow' | 'changes'>;

/** A batch whose changes are read, checked and hashed: all that needs no lock (protocol.md, Commit). */
export type PreparedPush<Batch extends SentBatch = SentBatch> = {
  readonly request: Batch;
  readonly changes: readonly ReadChange[];
  /** By the change itself: two of a request may claim the same id. */
  readonly salted: ReadonlyMap<Change, Salted>;
};

export function preparePush<Batch extends SentBatch>(request: Batch, random: RandomBytes): PreparedPush<Batch> {
  const changes = request.changes.map(readChange);
  const entries = changes.flatMap((read) =>
    read.tag === 'readable' && read.fault === null ? [[read.change, salted(read.valueText, random)] as const] : [],
  );
  return { request, changes, salted: new Map(entries) };
}

/** What became of a batch. */
export type Judged = {
  readonly outcomes: readonly Outcome[];
  readonly kept: readonly Kept[];
  readonly gaps: readonly SequenceGap[];
};

/** Judges a request's changes and keeps every one of them, accepted or refused, within the transaction under way. */
export class Pushes {
  private readonly facts: FactsReader;
  private readonly quarantine: Quarantine;
  private readonly conflicts: ConflictKeeper;
  private readonly ledger: Ledger;
  private readonly random: RandomBytes;
  private readonly moveDevice;

  constructor(dialect: Dialect, ledger: Ledger, facts: FactsReader, random: RandomBytes) {
    this.facts = facts;
    this.quarantine = new Quarantine();
    this.conflicts = new ConflictKeeper(dialect, ledger);
    this.ledger = ledger;
    this.random = random;
    this.moveDevice = statement<[number, string | null, DeviceId]>(
      `UPDATE devices SET greatest_n = ?, greatest_moment = ? WHERE id = ?`,
    );
  }

  *keep(
    tip: Tip,
    scope: WorkspaceScope,
    session: Session,
    push: PreparedPush,
    arrived: Millis,
    amend: (facts: ReconcileFacts) => ReconcileFacts = (facts) => facts,
  ): Work<Judged> {
    const facts = amend(yield* this.facts.read(tip, scope, session, push.request, arrived, push.changes));
    const judged = reconcile(push.changes, facts);
    for (const accepted of judged.accepted) {
      const { id, stamp } = accepted.change;
      const inPlace = push.salted.get(accepted.change) ?? salted(accepted.valueText, this.random);
      this.ledger.append(tip, accepted, deviceOf(stamp), inPlace);
      if (facts.refused.has(id)) yield* this.quarantine.release(tip, id);
    }
    yield* this.ledger.flush(tip);
    yield* this.refuse(tip, session, push, judged.refused);
    for (const [device, stamps] of judged.deviceStamps)
      yield* this.moveDevice(stamps.greatestN, stamps.greatest, device);
    if (judged.lastStamp !== null) tip.last_stamp = judged.lastStamp;
    const written = yield* this.conflicts.settle(tip, judged.accepted, facts.winners);
    // What the server writes itself are conflicts: of other records the winner stays. A decision may be one that came again.
    const isMoved =
      written.length > 0 && push.changes.some((read) => read.tag === 'readable' && read.change.kind === 'conflict');
    const outcomes = isMoved ? yield* this.withToday(tip, judged.outcomes) : judged.outcomes;
    return { outcomes, kept: [...judged.accepted, ...written], gaps: judged.gaps };
  }

  /** The same outcomes with the winners as they are now. */
  withToday(tip: Tip, outcomes: readonly Outcome[]): Work<readonly Outcome[]> {
    return this.conflicts.withToday(tip, outcomes);
  }

  /** Refuses a whole batch whose author is not proven: no id and no `n` of anybody is used up by it. */
  *refuseAll(tip: Tip, session: Session, push: PreparedPush, reason: Refusal): Work<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    const all: RefusedChange[] = [];
    for (const [position, read] of push.changes.entries()) {
      const isReadable = read.tag === 'readable';
      const id = isReadable ? read.change.id : read.id;
      const device = isReadable ? deviceOf(read.change.stamp) : read.device;
      const n = isReadable ? read.change.n : read.n;
      const why = read.fault ?? reason;
      all.push({ position, id, device, n, person: null, stamp: null, reason: why, ownsId: false, ownsN: false });
      outcomes.push({ id, outcome: 'refused', stamp: null, winner: null, seq: null, reason: why });
    }
    yield* this.refuse(tip, session, push, all);
    return outcomes;
  }

  private *refuse(tip: Tip, session: Session, push: PreparedPush, all: readonly RefusedChange[]): Work<void> {
    for (const refused of all) yield* this.refuseOne(tip, session, push, refused);
    if (all.some(({ ownsId, ownsN, stamp }) => !ownsId && !ownsN && stamp === null))
      yield* this.quarantine.trim(tip.ws, session.device);
  }

  private *refuseOne(tip: Tip, session: Session, push: PreparedPush, refused: RefusedChange): Work<void> {
    const read = push.changes[refused.position];
    if (read === undefined) throw new Error('a verdict without its change');
    if (read.tag === 'unreadable') {
      const body = textOf(push.request.changes[refused.position]);
      yield* this.quarantine.keep(tip, session, refused, {
        hash: sha256Hex(body),
        body,
        kind: null,
        key: null,
        base: null,
      });
      return;
    }
    const { change, valueText } = read;
    const { kind, key, base } = change;
    const body = `{"frame":${JSON.stringify({ ...change, value: undefined })},"value":${valueText}}`;
    yield* this.quarantine.keep(tip, session, refused, {
      hash: contentHash(contentOf(change, valueText)),
      body,
      kind,
      key,
      base,
    });
  }
}

/** What came instead of a change, as text; what the engine can't write down is named only. */
function textOf(raw: unknown): string {
  try {
    return JSON.stringify(raw) ?? 'null';
  } catch {
    return '"nested too deep to be kept"';
  }
}
