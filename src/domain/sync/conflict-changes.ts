import type { ChangeId, DeviceId, Instant, PersonId, Stamp } from '../ids.ts';
import type { Json } from '../json.ts';
import { overruledChanges, winnerOf, type HistoryLink, type RecordHistory } from './ancestry.ts';
import type { Conflict } from './conflict.ts';

/** A change as a conflict shows it. */
export type ConflictSide = {
  readonly change: ChangeId;
  readonly value: Json;
  readonly stamp: Stamp;
  readonly author: { readonly person: PersonId | null; readonly device: DeviceId };
  readonly at: Instant;
};

/** What the server is to write about one record: `value` null deletes an open conflict that is no longer so. */
export type ConflictWrite = {
  readonly overruled: ChangeId;
  readonly about: PersonId;
  readonly value: { readonly overruled: ChangeId; readonly winner: ChangeId } | null;
};

/** A conflict record as it stands; `winner` is the change that it shows as the winner. */
export type StandingConflict = { readonly decision: Conflict['decision']; readonly winner: string } | null;

/**
 * Which conflict records of a record must be written or deleted (protocol.md, Order), given those that stand, by overruled
 * change. A decided one stays as it is; an open one follows the winner.
 */
export function conflictWrites(
  kind: string,
  history: RecordHistory,
  standing: ReadonlyMap<ChangeId, StandingConflict>,
): readonly ConflictWrite[] {
  const winner = winnerOf(history);
  if (winner === null) return [];
  const overruled = isWithdrawal(kind, winner) ? [] : overruledChanges(history);
  const wanted = new Set(overruled.map((link) => link.id));
  const writes: ConflictWrite[] = [];
  for (const link of overruled) {
    const stands = standing.get(link.id) ?? null;
    if (stands !== null && (stands.decision !== 'open' || stands.winner === winner.id)) continue;
    if (link.person !== null)
      writes.push({ overruled: link.id, about: link.person, value: { overruled: link.id, winner: winner.id } });
  }
  for (const [change, stands] of standing) {
    if (stands?.decision !== 'open' || wanted.has(change)) continue;
    const about = history.get(change)?.person ?? null;
    if (about !== null) writes.push({ overruled: change, about, value: null });
  }
  return writes;
}

/** The value of a new open conflict. */
export function conflictValueOf(kind: string, key: string, overruled: ConflictSide, winner: ConflictSide): Json {
  return { kind, key, overruled, winner, decision: 'open' };
}

/** The server took back an open conflict while somebody was deciding it: there is nothing left to decide. */
function isWithdrawal(kind: string, winner: HistoryLink): boolean {
  return kind === 'conflict' && winner.person === null;
}
