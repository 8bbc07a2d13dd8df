import { refusal } from '../../src/domain/sync/change.ts';
import type { Instant, Stamp } from '../../src/domain/ids.ts';
import type { Outcome, SyncRequest } from '../../src/domain/sync/protocol.ts';
import type { ReconcileFacts, SequenceGap } from '../../src/domain/sync/reconcile-facts.ts';
import type { Millis } from '../../src/domain/time.ts';
import type { EnrolledDevice, Relayed, Session } from './journal.ts';
import type { Devices } from './sqlite-devices.ts';
import type { Kept, Tip } from './sqlite-ledger.ts';
import type { Judged, PreparedPush, Pushes } from './sqlite-push.ts';
import type { Scopes } from './sqlite-scope.ts';

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

type Batch = { readonly earliest: Stamp | null; readonly keep: () => Judged };

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

  keep(tip: Tip, session: Session, { push, bundles }: Brought, arrived: Millis): Verdicts {
    const own: Batch = {
      earliest: earliestIn(push),
      keep: () => this.pushes.keep(tip, this.scopes.of(tip), session, push, arrived),
    };
    if (bundles.length === 0) {
      const { outcomes, kept, gaps } = own.keep();
      return { own: outcomes, relayed: [], kept, gaps };
    }
    const batches = [own, ...bundles.map((bundle) => this.batchOf(tip, session, bundle, arrived))];
    const judged = judgeInTurn(batches);
    const [ofOwn = [], ...ofBundles] = batches.map((batch) =>
      this.pushes.withToday(tip, judged.outcomes.get(batch) ?? []),
    );
    return { own: ofOwn, relayed: ofBundles.flat(), kept: judged.kept, gaps: judged.gaps };
  }

  private batchOf(tip: Tip, session: Session, bundle: PreparedPush<Relayed>, arrived: Millis): Batch {
    const { author, age } = bundle.request;
    const device = author === null ? null : this.devices.find(author);
    const earliest = earliestIn(bundle);
    if (device === null || device.workspace !== session.workspace) {
      const reason = refusal('forbidden', 'nobody of this workspace is known to have signed this');
      return {
        earliest,
        keep: () => ({ outcomes: this.pushes.refuseAll(tip, session, bundle, reason), kept: [], gaps: [] }),
      };
    }
    const asAuthor = { workspace: session.workspace, device: device.id, person: device.person };
    return {
      earliest,
      keep: () =>
        this.pushes.keep(tip, this.scopes.of(tip), asAuthor, bundle, arrived - age, (facts) => withLost(facts, device)),
    };
  }
}

/**
 * In the order in which the work was begun, since one phone's change may need another's: a report the incident that somebody
 * else began. Phones that handed over to each other may each need the other, so what was not allowed is judged once more.
 */
function judgeInTurn(batches: readonly Batch[]): {
  readonly outcomes: ReadonlyMap<Batch, readonly Outcome[]>;
  readonly kept: readonly Kept[];
  readonly gaps: readonly SequenceGap[];
} {
  const inTurn = [...batches].sort((a, b) => compareEarliest(a.earliest, b.earliest));
  const outcomes = new Map<Batch, readonly Outcome[]>();
  const kept: Kept[] = [];
  const gaps: SequenceGap[] = [];
  const judge = (batch: Batch): void => {
    const judged = batch.keep();
    outcomes.set(batch, judged.outcomes);
    kept.push(...judged.kept);
    gaps.push(...judged.gaps);
  };
  for (const batch of inTurn) judge(batch);
  const unallowed = inTurn.filter((batch) => outcomes.get(batch)?.some(({ reason }) => reason?.code === 'forbidden'));
  if (kept.length > 0) for (const batch of unallowed) judge(batch);
  return { outcomes, kept, gaps };
}

/**
 * Nothing new is taken from a phone that was reported lost, whenever it says it was made: who found it has its key. What was
 * taken before keeps its verdict.
 */
function withLost(facts: ReconcileFacts, { id, person, revoked }: EnrolledDevice): ReconcileFacts {
  if (revoked?.mode !== 'lost') return facts;
  return { ...facts, devices: new Map([...facts.devices, [id, { person, revokedAt: beforeAll }]]) };
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
