import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { passphraseText } from '../domain/access/passphrase.ts';
import type { Clock, Randomness } from '../domain/ports/sync-store.ts';
import { utf8 } from '../domain/sync/hash.ts';

/** The key of the rows, wrapped by a key that only the passphrase gives. */
export type WrappedKey = {
  readonly salt: Uint8Array<ArrayBuffer>;
  /** Of PBKDF2 with SHA-512, by the browser's own code. */
  readonly rounds: number;
  readonly nonce: Uint8Array;
  readonly wrapped: Uint8Array;
};

export type WrapParts = { readonly clock: Clock; readonly random: Randomness };

/** Above what OWASP names (210,000), and about half a second on a slow phone; more where a device is quick. */
const leastRounds = 300_000;
const mostRounds = 5_000_000;
const aimedMs = 1_000;
const trialRounds = 50_000;

export function newRowKey(random: Randomness): Uint8Array {
  return random.bytes(32);
}

/** As dear to guess as this device can bear. */
export async function wrapKey(
  key: Uint8Array,
  passphrase: string,
  { clock, random }: WrapParts,
  rounds?: number,
): Promise<WrappedKey> {
  const salt = random.bytes(16);
  const chosen = rounds ?? (await bearableRounds(clock));
  const nonce = random.bytes(24);
  const wrapping = await derive(passphrase, salt, chosen);
  return { salt, rounds: chosen, nonce, wrapped: xchacha20poly1305(wrapping, nonce).encrypt(key) };
}

/** Null: another passphrase. */
export async function unwrapKey(
  { salt, rounds, nonce, wrapped }: WrappedKey,
  passphrase: string,
): Promise<Uint8Array | null> {
  const wrapping = await derive(passphrase, salt, rounds);
  try {
    return xchacha20poly1305(wrapping, nonce).decrypt(wrapped);
  } catch {
    return null;
  }
}

async function bearableRounds(clock: Clock): Promise<number> {
  const began = clock.monotonic();
  await derive('', new Uint8Array(16), trialRounds);
  const trialMs = Math.max(1, clock.monotonic() - began);
  const bearable = Math.round((trialRounds * aimedMs) / trialMs / 10_000) * 10_000;
  return Math.min(mostRounds, Math.max(leastRounds, bearable));
}

async function derive(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<Uint8Array> {
  const text = utf8(passphraseText(passphrase)) as Uint8Array<ArrayBuffer>;
  const key = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-512', salt, iterations }, key, 256),
  );
}
