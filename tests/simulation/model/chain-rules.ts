import { createHash } from 'node:crypto';
import type { JournalEntry } from '../../../src/domain/sync/protocol.ts';
import { sorted } from './held.ts';

/*
 * protocol.md, Hash chain, written down a second time from the text. What stands in a journal here has only values whose RFC 8785
 * text is JSON with sorted names.
 */

/** "At first SHA-256 of `epoch`." */
export function firstHash(epoch: string): string {
  return digest(Buffer.from(epoch));
}

/** What the hash of this entry must be after that of the one before. */
export function nextHash(previous: string, { hash: _, salt, ...entry }: JournalEntry): string {
  const value = digest(Buffer.from(salt, 'base64url'), Buffer.from(sorted(entry.change.value)));
  const text = sorted({ ...entry, change: { ...entry.change, value } });
  return digest(Buffer.from(previous, 'base64url'), Buffer.from(text));
}

function digest(...parts: readonly Buffer[]): string {
  return createHash('sha256').update(Buffer.concat(parts)).digest('base64url');
}
