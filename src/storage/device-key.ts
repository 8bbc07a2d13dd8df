import type { DeviceKey, Randomness } from '../domain/ports/sync-store.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { ok, type Result } from '../domain/result.ts';
import { base64url } from '../domain/sync/base64url.ts';
import { deviceId } from '../domain/sync/device-id.ts';
import { utf8 } from '../domain/sync/hash.ts';
import type { Database } from './database.ts';
import type { KeyRow } from './rows.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

export type KeySlot = 'live' | 'next';
export type KeyParts = { readonly database: Database; readonly random: Randomness; readonly crypto: Crypto };

/** The key of a slot, or null. */
export async function readKey(
  { database, crypto }: KeyParts,
  slot: KeySlot,
): Promise<Result<DeviceKey | null, StorageFault>> {
  const row = await database.read(['keys'], (tables) => tables.keys.get(slot));
  if (!row.ok) return row;
  return ok(row.value === undefined ? null : deviceKey(crypto, row.value));
}

/**
 * The key of a slot, made if there is none. A new one is not readable by any script and proven by a put/get/sign/verify
 * round trip; where a browser can't store such a key, one that is readable is stored and flagged `weak` (protocol.md, The
 * other endpoints). Two tabs at once get the same key.
 */
export async function ensureKey(parts: KeyParts, slot: KeySlot): Promise<Result<DeviceKey, StorageFault>> {
  const kept = await readKey(parts, slot);
  if (!kept.ok) return kept;
  if (kept.value !== null) return ok(kept.value);
  const proven = await provenKey(parts);
  if (!proven.ok) return proven;
  const row = proven.value ?? (await weakKey(parts.crypto));
  const stored = await parts.database.writeStrict(['keys'], async ({ keys }) => {
    const other = await keys.get(slot);
    if (other === undefined) await keys.put({ ...row, slot });
    return other ?? row;
  });
  return stored.ok ? ok(deviceKey(parts.crypto, stored.value)) : stored;
}

/** Null where this browser does not give a stored key back as it was. */
async function provenKey({ database, crypto, random }: KeyParts): Promise<Result<KeyRow | null, StorageFault>> {
  const slot = `trial ${base64url(random.bytes(9))}`;
  try {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
    const row = rowOf(slot, await crypto.subtle.exportKey('jwk', publicKey), privateKey, false);
    const put = await database.writeStrict(['keys'], ({ keys }) => keys.put(row));
    if (!put.ok) return put;
    const back = await database.read(['keys'], ({ keys }) => keys.get(slot));
    if (!back.ok) return back;
    const gone = await database.writeStrict(['keys'], ({ keys }) => keys.delete(slot));
    if (!gone.ok) return gone;
    const proof = utf8(slot);
    const signature = back.value === undefined ? null : await sign(crypto, back.value, proof);
    const holds =
      signature !== null && (await crypto.subtle.verify(signing, publicKey, signature, proof as BufferSource));
    return ok(holds ? row : null);
  } catch {
    // Browsers differ in what they throw for a key they can't clone; any failure of the proof means the same.
    return ok(null);
  }
}

async function weakKey(crypto: Crypto): Promise<KeyRow> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
  const readable = await crypto.subtle.exportKey('jwk', privateKey);
  return rowOf('', await crypto.subtle.exportKey('jwk', publicKey), readable, true);
}

function rowOf(slot: string, { x, y }: JsonWebKey, privateKey: CryptoKey | JsonWebKey, weak: boolean): KeyRow {
  if (x === undefined || y === undefined) throw new Error('a P-256 public key has x and y');
  const publicKey = { kty: 'EC', crv: 'P-256', x, y } as const;
  return { slot, device: deviceId(publicKey), publicKey, privateKey, weak };
}

export function deviceKey(crypto: Crypto, row: KeyRow): DeviceKey {
  return {
    device: row.device,
    publicKey: row.publicKey,
    weak: row.weak,
    sign: (message) => sign(crypto, row, utf8(message)),
  };
}

async function sign(
  crypto: Crypto,
  { privateKey, weak }: KeyRow,
  message: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = weak
    ? await crypto.subtle.importKey('jwk', privateKey as JsonWebKey, curve, false, ['sign'])
    : (privateKey as CryptoKey);
  return new Uint8Array(await crypto.subtle.sign(signing, key, message as BufferSource));
}
