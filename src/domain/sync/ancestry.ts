import type { ChangeId, DeviceId, PersonId, Stamp } from '../ids.ts';

/** A change as a link of its record's history. */
export type HistoryLink = {
  readonly id: ChangeId;
  readonly base: ChangeId | null;
  readonly device: DeviceId;
  readonly n: number;
  /** Who the device belongs to; null for the server. */
  readonly person: PersonId | null;
  /** Effective. */
  readonly stamp: Stamp | null;
  /** False for a refused change: it decides nothing, but who built on it had seen what it was built on. */
  readonly accepted: boolean;
};

export type RecordHistory = ReadonlyMap<ChangeId, HistoryLink>;

/** Positive where `a` wins over `b`: greater effective stamp, then greater device id, then greater `n` (protocol.md, Order). */
export function compareChanges(a: Pick<HistoryLink, 'stamp' | 'n'>, b: Pick<HistoryLink, 'stamp' | 'n'>): number {
  // A stamp ends with its device, so comparing the texts compares both.
  const aStamp = a.stamp ?? '';
  const bStamp = b.stamp ?? '';
  return aStamp < bStamp ? -1 : aStamp > bStamp ? 1 : a.n - b.n;
}

/** Every change that `from` was made on top of, through `base`; ends where the server lacks a link, and never loops. */
export function ancestorsOf(history: RecordHistory, from: ChangeId): ReadonlySet<ChangeId> {
  const ancestors = new Set<ChangeId>();
  let base = history.get(from)?.base ?? null;
  while (base !== null && base !== from && !ancestors.has(base)) {
    ancestors.add(base);
    base = history.get(base)?.base ?? null;
  }
  return ancestors;
}

export function winnerOf(history: RecordHistory): HistoryLink | null {
  let winner: HistoryLink | null = null;
  for (const link of history.values()) {
    if (link.accepted && (winner === null || compareChanges(link, winner) > 0)) winner = link;
  }
  return winner;
}

/**
 * The changes for which a conflict must stand (protocol.md, Order): of each author whose change does not win, the newest one
 * that the winner was not built on. What the server wrote itself was nobody's work and is never overruled.
 */
export function overruledChanges(history: RecordHistory): readonly HistoryLink[] {
  const winner = winnerOf(history);
  if (winner === null) return [];
  const kept = ancestorsOf(history, winner.id);
  const newest = new Map<PersonId, HistoryLink>();
  for (const link of history.values()) {
    if (!link.accepted || link.person === null || link.person === winner.person) continue;
    if (kept.has(link.id)) continue;
    const earlier = newest.get(link.person);
    if (earlier === undefined || compareChanges(link, earlier) > 0) newest.set(link.person, link);
  }
  return [...newest.values()];
}
