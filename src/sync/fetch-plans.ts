import type { IncidentPlans } from '../domain/ports/incident-plans.ts';
import { syncedRecord, type SyncedRecord } from '../domain/sync/protocol.ts';
import { backoffDelay } from './backoff.ts';
import type { Randomness } from '../domain/ports/sync-store.ts';
import { ask, type ServerApiParts } from './server-api.ts';
import type { Timer } from './timer.ts';

export type FetchPlansParts = ServerApiParts & {
  readonly plans: () => Promise<IncidentPlans>;
  readonly random: Randomness;
  readonly timer: Timer;
  /** Asks for another round, which ends with another call. */
  readonly nudge: () => void;
};

/**
 * To be called after each settled round: fetches, one after another, the plan versions that known incidents name and that are not
 * held (protocol.md: "Other plan versions are not paged"). What the server can't give now is asked for again after the next round,
 * which is asked for if the server was not reached.
 */
export function createPlanFetcher(parts: FetchPlansParts): () => Promise<void> {
  let running = false;
  let calledAgain = false;
  let failures = 0;
  return async () => {
    calledAgain = true;
    if (running) return;
    running = true;
    let reached = true;
    while (calledAgain) {
      calledAgain = false;
      reached = await fetchMissing(parts).catch(() => false);
    }
    running = false;
    failures = reached ? 0 : failures + 1;
    if (reached) return;
    await parts.timer.wait(backoffDelay(failures, parts.random), parts.signal());
    if (!parts.signal().aborted) parts.nudge();
  };
}

/** False if some may be there to be had and were not. */
async function fetchMissing(parts: FetchPlansParts): Promise<boolean> {
  const plans = await parts.plans();
  const missing = await plans.missing();
  if (!missing.ok) return false;
  for (const key of missing.value.hashes) {
    const query = new URLSearchParams({ kind: 'plan-version', key }).toString();
    const path = `/api/records?${query}`;
    const answer = await ask<SyncedRecord>(parts, { method: 'GET', path, reply: syncedRecord });
    if (answer.ok) {
      const kept = await plans.keep(answer.value, missing.value);
      if (!kept.ok) return false;
    } else if (answer.error.tag === 'no-answer' || !isForNow(answer.error.status)) return false;
  }
  return true;
}

/** The server does not have it, or this device may not see it: what changes that makes a round by itself. */
function isForNow(status: number): boolean {
  return status === 404 || status === 403;
}
