import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { fromBase64url } from '../src/domain/sync/base64url.ts';
import type { PublicKey } from './journal/journal.ts';

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
