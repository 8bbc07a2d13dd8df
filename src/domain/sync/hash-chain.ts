import { base64url, fromBase64url } from './base64url.ts';
import { sha256, utf8 } from './hash.ts';
import type { JournalEntry } from './protocol.ts';

/*
 * The journal's hash chain (protocol.md, The other endpoints). A value enters only as a salted digest, so that it can be
 * erased and the chain still verifies. Hashes are 32 bytes, base64url.
 */

/** SHA-256(first ‖ UTF-8 of `text`), base64url. A server may pass its platform's own, which must give the same. */
export type Digest = (first: Uint8Array, text: string) => string;

const sha256Text: Digest = (first, text) => base64url(sha256(joined(first, utf8(text))));

/** An entry before it is chained. */
export type UnchainedEntry = Omit<JournalEntry, 'hash' | 'salt' | 'erased'>;

/** The hash before the first entry. */
export function chainStart(epoch: string, digest: Digest = sha256Text): string {
  return digest(new Uint8Array(0), epoch);
}

/** SHA-256(salt ‖ RFC 8785 text of the value): what stands for the value in the chain. `salt` is 16 bytes. */
export function valueDigest(salt: Uint8Array, valueText: string, digest: Digest = sha256Text): string {
  return digest(salt, valueText);
}

/** SHA-256(previous ‖ RFC 8785 of the entry with the digest in the value's place). */
export function entryHash(
  previous: string,
  entry: UnchainedEntry,
  digestOfValue: string,
  digest: Digest = sha256Text,
): string {
  return digest(bytesOf(previous), entryText(entry, digestOfValue));
}

/**
 * RFC 8785, its property order written out: this runs for every change under the workspace's lock. No text here holds anything that
 * JSON would escape (protocol.md, Records), and one that was made to hold it would have more quotes than any true entry.
 */
function entryText({ at, author, change, outcome, seq, stamp }: UnchainedEntry, value: string): string {
  const { base, id, key, kind, line, n, seen, stamp: claimed, v, wall } = change;
  return (
    `{"at":"${at}","author":{"device":"${author.device}","person":${quoted(author.person)}},"change":{"base":${quoted(base)},` +
    `"id":"${id}","key":"${key}","kind":"${kind}","line":${String(line)},"n":${String(n)},"seen":${quoted(seen)},` +
    `"stamp":"${claimed}","v":${String(v)},"value":"${value}","wall":"${wall}"},"outcome":"${outcome}","seq":${String(seq)},` +
    `"stamp":"${stamp}"}`
  );
}

function quoted(text: string | null): string {
  return text === null ? 'null' : `"${text}"`;
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
