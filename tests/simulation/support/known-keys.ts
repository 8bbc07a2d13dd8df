import { createECDH, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Chance } from './chance.ts';

/*
 * WebCrypto does its work on other threads, whose speed decides what comes first. This stands in for the part of it that a device's
 * key needs, and is done when it returns; keys come from a numbered row, so that a seed decides them too.
 */

type Pair = { readonly open: KeyObject; readonly jwk: JsonWebKey };
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
      signed(pair(key.number).jwk.d ?? '', message),
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
    open: createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' }),
    jwk,
  };
  pairs.set(number, made);
  return made;
}

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** ECDSA whose nonce follows from key and message, as in RFC 6979: Node draws one, and signatures name bundles. */
function signed(secret: string, message: Uint8Array): ArrayBuffer {
  const d = numberIn(Buffer.from(secret, 'base64url'));
  const nonce = createHash('sha256').update(secret).update(message).digest();
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(nonce);
  const r = numberIn(curve.getPublicKey().subarray(1, 33)) % order;
  const z = numberIn(createHash('sha256').update(message).digest());
  const s = (inverse(numberIn(nonce)) * (z + r * d)) % order;
  return new Uint8Array(Buffer.from([r, s].map((part) => part.toString(16).padStart(64, '0')).join(''), 'hex')).buffer;
}

function numberIn(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

/** Modulo the curve's order. */
function inverse(of: bigint): bigint {
  let [a, b, x, y] = [of % order, order, 1n, 0n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % order) + order) % order;
}

function numberOf({ x }: JsonWebKey): number {
  for (const [number, { jwk }] of pairs) if (jwk.x === x) return number;
  throw new Error('a key from elsewhere');
}
