import { base64url } from '../domain/sync/base64url.ts';
import { utf8 } from '../domain/sync/hash.ts';
import type { Randomness } from '../domain/ports/sync-store.ts';
import type { Database } from './database.ts';
import { readKey } from './device-key.ts';

export type StorageProof = {
  readonly write: 'good' | 'full' | 'not-written' | 'not-read';
  readonly key: 'good' | 'none' | 'does-not-sign';
};

type ProofParts = {
  readonly database: Database;
  readonly random: Randomness;
  readonly crypto: Crypto;
  readonly indexedDB: IDBFactory;
};

/**
 * Writes a word as durably as a person's own, reads it back over another connection, and takes it away again; then has this
 * device's key sign and verifies it. Never fails; says what did not work.
 */
export async function proveStorage(parts: ProofParts): Promise<StorageProof> {
  return { write: await proveWrite(parts), key: await proveKey(parts) };
}

const name = 'self-test';

async function proveWrite({ database, random, indexedDB }: ProofParts): Promise<StorageProof['write']> {
  const value = base64url(random.bytes(24));
  const written = await database.writeStrict(['settings'], ({ settings }) => settings.put({ name, value }));
  if (!written.ok) return written.error.tag === 'storage-full' ? 'full' : 'not-written';
  const back = await readElsewhere(indexedDB, database).catch(() => null);
  await database.writeStrict(['settings'], ({ settings }) => settings.delete(name));
  return back === value ? 'good' : 'not-read';
}

/** Not over the connection that wrote: what that one remembers is not what the disk has. */
async function readElsewhere(indexedDB: IDBFactory, { name: here, sealing }: Database): Promise<unknown> {
  const connection = await done(indexedDB.open(here));
  try {
    const kept: unknown = await done(connection.transaction('settings').objectStore('settings').get(name));
    const row = sealing.open('settings', kept);
    return typeof row === 'object' && row !== null && 'value' in row ? row.value : null;
  } finally {
    connection.close();
  }
}

async function proveKey({ database, random, crypto }: ProofParts): Promise<StorageProof['key']> {
  const key = await readKey({ database, random, crypto }, 'live');
  if (!key.ok || key.value === null) return 'none';
  const words = `holdfast-self-test-1\n${base64url(random.bytes(16))}`;
  const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
  try {
    const signature = await key.value.sign(words);
    const known = await crypto.subtle.importKey('jwk', { ...key.value.publicKey }, curve, false, ['verify']);
    const rule = { name: 'ECDSA', hash: 'SHA-256' } as const;
    const holds = await crypto.subtle.verify(rule, known, signature as BufferSource, utf8(words) as BufferSource);
    return holds ? 'good' : 'does-not-sign';
  } catch {
    return 'does-not-sign';
  }
}

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new DOMException('not answered', 'UnknownError'));
  });
}
