import { refusal } from '../../src/domain/sync/change.ts';
import type { Instant, Stamp } from '../../src/domain/ids.ts';
import type { Outcome, SyncRequest } from '../../src/domain/sync/protocol.ts';
import type { ReconcileFacts, SequenceGap } from '../../src/domain/sync/reconcile-facts.ts';
import type { Millis } from '../../src/domain/time.ts';
import type { EnrolledDevice, Relayed, Session } from './journal.ts';
import type { Devices } from './devices.ts';
import type { Kept, Tip } from './ledger.ts';
import type { Judged, PreparedPush, Pushes } from './push.ts';
import type { Scopes } from './scope.ts';
import type { Transaction } from './engine.ts';
import type { Work } from './work.ts';

/** Before any time that a change can have, 1970 included. */
const beforeAll = '' as Instant;

/** A request's own changes and what it brings for other devices. */
export type Brought = {
  readonly push: PreparedPush<SyncRequest>;
  readonly bundles: readonly PreparedPush<Relayed>[];
};

/** Verdicts by who made the changes, each in the order sent. */
export type Verdicts = {
  readonly own: readonly Outcome[];
  readonly relayed: readonly Outcome[];
  readonly kept: readonly Kept[];
  readonly gaps: readonly SequenceGap[];
};

type Batch = { readonly earliest: Stamp | null; readonly keep: () => Work<Judged> };

/**
 * Judges what a device sends: its own changes, and those it relays, each as its author's own push would be (protocol.md,
 * Bundles). All within the transaction under way.
 */
export class Relays {
  private readonly pushes: Pushes;
  private readonly scopes: Scopes;
  private readonly devices: Devices;

  constructor(pushes: Pushes, scopes: Scopes, devices: Devices) {
    this.pushes = pushes;
    this.scopes = scopes;
    this.devices = devices;
  }

  *keep(within: Transaction, tip: Tip, session: Session, { push, bundles }: Brought, arrived: Millis): Work<Verdicts> {
    // its own push may have been under way when it was reported lost
    const sender = yield* this.devices.find(session.device);
    const own: Batch = {
      earliest: earliestIn(push),
      keep: () =>
        this.keepBatch(within, tip, session, push, arrived, (facts) =>
          sender === null ? facts : withLost(facts, sender),
        ),
    };
    if (bundles.length === 0) {
      const { outcomes, kept, gaps } = yield* own.keep();
      return { own: outcomes, relayed: [], kept, gaps };
    }
    const batches = [own];
    for (const bundle of bundles) batches.push(yield* this.batchOf(within, tip, session, bundle, arrived));
    const judged = yield* judgeInTurn(batches);
    const today: (readonly Outcome[])[] = [];
    for (const batch of batches) today.push(yield* this.pushes.withToday(tip, judged.outcomes.get(batch) ?? []));
    const [ofOwn = [], ...ofBundles] = today;
    return { own: ofOwn, relayed: ofBundles.flat(), kept: judged.kept, gaps: judged.gaps };
  }

  private *keepBatch(
    within: Transaction,
    tip: Tip,
    session: Session,
    push: PreparedPush,
    arrived: Millis,
    amend?: (facts: ReconcileFacts) => ReconcileFacts,
  ): Work<Judged> {
    const scope = yield* this.scopes.of(within, tip);
    return yield* this.pushes.keep(tip, scope, session, push, arrived, amend);
  }

  private *refuseBatch(tip: Tip, session: Session, bundle: PreparedPush<Relayed>): Work<Judged> {
    const reason = refusal('forbidden', 'nobody of this workspace is known to have signed this');
    return { outcomes: yield* this.pushes.refuseAll(tip, session, bundle, reason), kept: [], gaps: [] };
  }

  private *batchOf(
    within: Transaction,
    tip: Tip,
    session: Session,
    bundle: PreparedPush<Relayed>,
    arrived: Millis,
  ): Work<Batch> {
    const { author, age } = bundle.request;
    const device = author === null ? null : yield* this.devices.find(author);
    const earliest = earliestIn(bundle);
    if (device === null || device.workspace !== session.workspace)
      return { earliest, keep: () => this.refuseBatch(tip, session, bundle) };
    const asAuthor = { workspace: session.workspace, device: device.id, person: device.person };
    return {
      earliest,
      keep: () => this.keepBatch(within, tip, asAuthor, bundle, arrived - age, (facts) => withLost(facts, device)),
    };
  }
}

/**
 * In the order in which the work was begun, since one phone's change may need another's: a report the incident that somebody
 * else began. Phones that handed over to each other may each need the other, so what was not allowed is judged once more.
 */
function* judgeInTurn(batches: readonly Batch[]): Work<{
  readonly outcomes: ReadonlyMap<Batch, readonly Outcome[]>;
  readonly kept: readonly Kept[];
  readonly gaps: readonly SequenceGap[];
}> {
  const inTurn = [...batches].sort((a, b) => compareEarliest(a.earliest, b.earliest));
  const outcomes = new Map<Batch, readonly Outcome[]>();
  const kept: Kept[] = [];
  const gaps: SequenceGap[] = [];
  const judge = function* (batch: Batch): Work<void> {
    const judged = yield* batch.keep();
    outcomes.set(batch, judged.outcomes);
    kept.push(...judged.kept);
    gaps.push(...judged.gaps);
  };
  for (const batch of inTurn) yield* judge(batch);
  const unallowed = inTurn.filter((batch) => outcomes.get(batch)?.some(({ reason }) => reason?.code === 'forbidden'));
  if (kept.length > 0) for (const batch of unallowed) yield* judge(batch);
  return { outcomes, kept, gaps };
}

/**
 * Nothing new is taken from a phone that was reported lost, whenever it says it was made: who found it has its key. What was
 * taken before keeps its verdict.
 */
function withLost(facts: ReconcileFacts, { revoked }: EnrolledDevice): ReconcileFacts {
  if (revoked?.mode !== 'lost') return facts;
  // The person's other devices too: the one that the phone was before it got a new identity is no way round.
  const devices = [...facts.devices].map(([id, known]) => [id, { ...known, revokedAt: beforeAll }] as const);
  return { ...facts, devices: new Map(devices) };
}

function earliestIn({ changes }: PreparedPush): Stamp | null {
  let earliest: Stamp | null = null;
  for (const read of changes) {
    const stamp = read.tag === 'readable' ? read.change.stamp : null;
    if (stamp !== null && (earliest === null || stamp < earliest)) earliest = stamp;
  }
  return earliest;
}

function compareEarliest(a: Stamp | null, b: Stamp | null): number {
  if (a === b) return 0;
  return a === null || (b !== null && a > b) ? 1 : -1;
}
