import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { fromBase64url } from '../src/domain/sync/base64url.ts';
import { readBundle, signedText } from '../src/domain/sync/bundle.ts';
import { instant } from '../src/domain/time.ts';
import type { PublicKey, Relayed } from './journal/journal.ts';

const coordinateBytes = 32;
const signatureBytes = 64;

/**
 * The key of a device, or null where the JWK is no point on P-256. Coordinates must be the one canonical base64url of 32 bytes,
 * else one key could have several thumbprints and so several device ids.
 */
export function readPublicKey(jwk: PublicKey): KeyObject | null {
  const { kty, crv, x, y } = jwk;
  if (fromBase64url(x)?.length !== coordinateBytes || fromBase64url(y)?.length !== coordinateBytes) return null;
  try {
    return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  } catch {
    return null;
  }
}

/** ECDSA P-256 over SHA-256 of the UTF-8 text; `signature` is r‖s, base64url without padding (protocol.md, The other endpoints). */
export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  const bytes = fromBase64url(signature);
  if (bytes?.length !== signatureBytes) return false;
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes);
}

/**
 * Whose changes a relayed bundle holds (protocol.md, Bundles): its key must be the device's own, and must have signed everything but
 * `age`. What is not in due form, or was altered on its way, proves nobody.
 */
export function readRelayed(raw: { readonly changes: readonly unknown[] }): Relayed {
  const bundle = readBundle(raw);
  const changes = raw.changes as Relayed['changes'];
  if (bundle === null) return { ...unproven, changes };
  const { device, publicKey, clientNow, line, age, signature } = bundle;
  const key = readPublicKey(publicKey);
  const isProven = key !== null && isSignedBy(key, signedText(bundle), signature);
  return isProven ? { author: device, clientNow, line, age, changes } : { ...unproven, changes };
}

const unproven = { author: null, clientNow: instant(0), line: 0, age: 0 } as const;
