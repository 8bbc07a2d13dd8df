import type { Json } from '../json.ts';
import { base64url, fromBase64url } from './base64url.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256, utf8, type Sha256 } from './hash.ts';
import type { JournalEntry } from './protocol.ts';

/*
 * The journal's hash chain (protocol.md, The other endpoints). A value enters only as a salted digest, so that it can be
 * erased and the chain still verifies. Hashes are 32 bytes, base64url.
 */

/** An entry before it is chained. */
export type UnchainedEntry = Omit<JournalEntry, 'hash' | 'salt' | 'erased'>;

/** The hash before the first entry. */
export function chainStart(epoch: string, digest: Sha256 = sha256): string {
  return base64url(digest(utf8(epoch)));
}

/** SHA-256(salt ‖ RFC 8785 text of the value): what stands for the value in the chain. `salt` is 16 bytes. */
export function valueDigest(salt: Uint8Array, valueText: string, digest: Sha256 = sha256): string {
  return base64url(digest(joined(salt, utf8(valueText))));
}

/** SHA-256(previous ‖ RFC 8785 of the entry with the digest in the value's place). */
export function entryHash(
  previous: string,
  entry: UnchainedEntry,
  digestOfValue: string,
  digest: Sha256 = sha256,
): string {
  return base64url(digest(joined(bytesOf(previous), utf8(entryText(entry, digestOfValue)))));
}

/**
 * Recomputes one entry of `history` or `journal`. An erased entry verifies by the digest that stands for its value.
 */
export function verifyEntry(previous: string, entry: JournalEntry, digest: Sha256 = sha256): boolean {
  const salt = fromBase64url(entry.salt);
  if (salt === null) return false;
  const ofValue = entry.erased ?? valueDigest(salt, canonicalJson(entry.change.value), digest);
  return entryHash(previous, entry, ofValue, digest) === entry.hash;
}

/** RFC 8785, its property order written out: this runs for every change under the workspace's lock. */
function entryText(entry: UnchainedEntry, value: Json): string {
  const { change } = entry;
  return JSON.stringify({
    at: entry.at,
    author: { device: entry.author.device, person: entry.author.person },
    change: {
      base: change.base,
      id: change.id,
      key: change.key,
      kind: change.kind,
      line: change.line,
      n: change.n,
      seen: change.seen,
      stamp: change.stamp,
      v: change.v,
      value,
      wall: change.wall,
    },
    outcome: entry.outcome,
    seq: entry.seq,
    stamp: entry.stamp,
  });
}

function bytesOf(hash: string): Uint8Array {
  return fromBase64url(hash) ?? new Uint8Array(32);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
