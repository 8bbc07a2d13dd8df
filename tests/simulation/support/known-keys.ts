import { createECDH, createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Chance } from './chance.ts';

/*
 * WebCrypto does its work on other threads, whose speed decides what comes first. This stands in for the part of it that a device's
 * key needs, and is done when it returns; keys come from a numbered row, so that a seed decides them too.
 */

type Pair = { readonly secret: KeyObject; readonly open: KeyObject; readonly jwk: JsonWebKey };
/** What lies in the phone's database in place of a CryptoKey: plain, so it can be stored. */
type StoredKey = { readonly type: 'private' | 'public'; readonly number: number };

const numbers = 4096;
const pairs = new Map<number, Pair>();

/** A `crypto` for one run: no two keys of it are the same. */
export function knownCrypto(chance: Chance): Crypto {
  const used = new Set<number>();
  const draw = (): number => {
    let number = chance.below(numbers);
    while (used.has(number)) number = (number + 1) % numbers;
    used.add(number);
    return number;
  };
  const subtle = {
    generateKey: async () => {
      const number = draw();
      return { privateKey: { type: 'private', number }, publicKey: { type: 'public', number } };
    },
    exportKey: async (_format: string, key: StoredKey) => {
      const { jwk } = pair(key.number);
      const { d: _, ...open } = jwk;
      return key.type === 'private' ? jwk : open;
    },
    importKey: async (_format: string, jwk: JsonWebKey): Promise<StoredKey> => ({
      type: jwk.d === undefined ? 'public' : 'private',
      number: numberOf(jwk),
    }),
    sign: async (_algorithm: unknown, key: StoredKey, message: Uint8Array) =>
      new Uint8Array(sign('sha256', message, { key: pair(key.number).secret, dsaEncoding: 'ieee-p1363' })).buffer,
    verify: async (_algorithm: unknown, key: StoredKey, signature: ArrayBuffer, message: Uint8Array) =>
      verify('sha256', message, { key: pair(key.number).open, dsaEncoding: 'ieee-p1363' }, new Uint8Array(signature)),
  };
  return { subtle } as unknown as Crypto;
}

function pair(number: number): Pair {
  const known = pairs.get(number);
  if (known !== undefined) return known;
  const secret = createHash('sha256')
    .update(`simulation ${String(number)}`)
    .digest();
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(secret);
  const point = curve.getPublicKey();
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const jwk = { kty: 'EC', crv: 'P-256', x, y, d: secret.toString('base64url') } as const;
  const made: Pair = {
    secret: createPrivateKey({ key: jwk, format: 'jwk' }),
    open: createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' }),
    jwk,
  };
  pairs.set(number, made);
  return made;
}

function numberOf({ x }: JsonWebKey): number {
  for (const [number, { jwk }] of pairs) if (jwk.x === x) return number;
  throw new Error('a key from elsewhere');
}
