import type { JsonObject } from '../json.ts';
import type { RefusedChange } from '../ports/records.ts';
import { unreachable } from '../result.ts';
import { millis, minute } from '../time.ts';
import type { RefusalCode } from './protocol.ts';

/** What one press made, as far as it was refused: a report and its line in the log are one thing to a person. */
export type RefusedAct = {
  readonly first: RefusedChange;
  /** Every change of the act, `first` included. */
  readonly changes: readonly RefusedChange[];
};

/** Groups refused changes by the press that made them, the latest first. */
export function refusedActs(refused: readonly RefusedChange[]): readonly RefusedAct[] {
  const acts: { readonly first: RefusedChange; readonly changes: RefusedChange[] }[] = [];
  for (const change of [...refused].sort((a, b) => a.n - b.n)) {
    const before = acts.at(-1);
    if (before !== undefined && isItsLine(before.first, change)) before.changes.push(change);
    else acts.push({ first: change, changes: [change] });
  }
  return acts.reverse();
}

/** Whether sending the same change once more can end otherwise. */
export function mayHelpAgain(code: RefusalCode): boolean {
  switch (code) {
    // rights may have been given since, and a server updated
    case 'forbidden':
    case 'unknown-kind':
    case 'unsupported':
      return true;
    case 'invalid':
    case 'id-reused':
    case 'sequence-reused':
    case 'too-large':
    case 'immutable':
    case 'stale':
      return false;
    default:
      return unreachable(code);
  }
}

/** A report's line in the log has one of the next numbers of the same device, made within the same moment. */
function isItsLine(report: RefusedChange, line: RefusedChange): boolean {
  if (line.kind !== 'log' || line.n - report.n > 2) return false;
  if (Math.abs(millis(line.wall) - millis(report.wall)) > minute / 60) return false;
  const [incident, named] = report.key.split('/');
  if (line.key.split('/')[0] !== incident) return false;
  const { task, type } = (line.value ?? {}) as JsonObject;
  return report.kind === 'task' ? type === 'status' && task === named : report.kind === 'impact' && type === 'note';
}
