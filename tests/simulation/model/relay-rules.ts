import type { SyncRequest } from '../../../src/domain/sync/protocol.ts';
import type { Relayed, Session } from '../../../sync-server/journal/journal.ts';
import type { Known, Sender } from './model-journal.ts';

/*
 * protocol.md, Bundles, and docs/decisions/0008: what a device brings for others is judged as each author's own push.
 */

export type Batch = {
  /** Null: nobody of the workspace is known to have signed it. */
  readonly sender: Sender | null;
  readonly request: Pick<SyncRequest, 'line' | 'clientNow' | 'changes'>;
  readonly isRelayed: boolean;
  /** Place of its first change among the verdicts. */
  readonly at: number;
};

type Brought = {
  readonly session: Session;
  readonly request: SyncRequest;
  readonly relayed: readonly Relayed[];
};

/** Verdicts come in the order sent: the device's own changes, then bundle by bundle. */
export function batchesOf(
  { session, request, relayed }: Brought,
  devices: ReadonlyMap<string, Known>,
): readonly Batch[] {
  const batches: Batch[] = [{ sender: { ...session, isLost: false, age: 0 }, request, isRelayed: false, at: 0 }];
  let at = request.changes.length;
  for (const bundle of relayed) {
    const known = bundle.author === null ? undefined : devices.get(bundle.author);
    const sender = known === undefined ? null : { ...known, device: bundle.author ?? '', age: bundle.age };
    batches.push({ sender, request: bundle, isRelayed: true, at });
    at += bundle.changes.length;
  }
  return batches;
}

/** "In the order in which the work was begun." */
export function inTurn(batches: readonly Batch[]): readonly Batch[] {
  const begun = ({ request }: Batch) => request.changes.map(({ stamp }) => stamp as string).sort()[0] ?? null;
  return [...batches].sort((a, b) => {
    const [first, second] = [begun(a), begun(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return first < second ? -1 : Number(first > second);
  });
}
