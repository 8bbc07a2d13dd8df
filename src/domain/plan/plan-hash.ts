import type { PlanHash } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { canonicalJson } from '../sync/canonical-json.ts';
import { sha256Hex } from '../sync/hash.ts';

/** SHA-256 in lower-case hex over the RFC 8785 text of one plan item, its `salt` included (protocol.md, Ids). */
export function itemHash(item: object): string {
  return sha256Hex(canonicalJson(item as JsonObject));
}

/**
 * The hash that names a published plan (protocol.md, Ids): over its items' hashes, sorted, each followed by a line feed. A
 * vendor's copy, which carries `withheld` items as their hashes, gives the same one. Order of items does not count.
 */
export function planHash(version: {
  readonly items: readonly object[];
  readonly withheld: readonly string[];
}): PlanHash {
  return planHashOf([...version.items.map(itemHash), ...version.withheld]);
}

/** The plan hash over item hashes that are already known. */
export function planHashOf(itemHashes: readonly string[]): PlanHash {
  const sorted = [...itemHashes].sort();
  return sha256Hex(sorted.map((each) => `${each}\n`).join('')) as PlanHash;
}
