import { fromBase64url } from '../../src/domain/sync/base64url.ts';
import { canonicalJson } from '../../src/domain/sync/canonical-json.ts';
import { entryHash, valueDigest, type Digest } from '../../src/domain/sync/hash-chain.ts';
import type { JournalEntry } from '../../src/domain/sync/protocol.ts';

/** Recomputes one entry of `history` or `journal`, as any reader can. An erased one verifies by the digest that stands for its value. */
export function verifyEntry(previous: string, entry: JournalEntry, digest?: Digest): boolean {
  const salt = fromBase64url(entry.salt);
  if (salt === null) return false;
  const ofValue = entry.erased ?? valueDigest(salt, canonicalJson(entry.change.value), digest);
  return entryHash(previous, entry, ofValue, digest) === entry.hash;
}
