import type { PlanHash } from '../domain/ids.ts';

/** The first digits of a plan's hash; what cards and links carry (`/r/<prefix>/<role>`). */
export function shortHash(hash: PlanHash): string {
  return hash.slice(0, 8);
}
