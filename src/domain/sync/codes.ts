import { sha256Hex } from './hash.ts';

/*
 * Join codes: setup codes, invites and codes for the radio, Crockford base32, at least 12 characters (protocol.md, Starting a server;
 * docs/protocol-additions.md, Codes for the radio).
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const form = /^[0-9A-HJKMNP-TV-Z]{12,64}$/;

/** Random bytes of a new code: 80 bits, 16 characters. */
export const joinCodeBytes = 10;

/** A code of 16 characters in its normal form from `joinCodeBytes` random bytes. */
export function joinCode(random: Uint8Array): string {
  let code = '';
  let bits = 0;
  let held = 0;
  for (const byte of random.subarray(0, joinCodeBytes)) {
    bits = ((bits << 8) | byte) & 0xffff;
    held += 8;
    while (held >= 5) {
      held -= 5;
      code += alphabet.charAt((bits >> held) & 31);
    }
  }
  return code;
}

/** A code to be said over a radio: four characters to find, eight to prove. */
const radioCodeLength = 12;
const findLength = 4;

/** A code for the radio from `joinCodeBytes` random bytes: its normal form, 12 characters, and the four of them that find it. */
export function radioCode(random: Uint8Array): { readonly normal: string; readonly find: string } {
  const normal = joinCode(random).slice(0, radioCodeLength);
  return { normal, find: normal.slice(0, findLength) };
}

/** The four characters by which a code for the radio is found and its misses are counted; null for a longer code. */
export function findPart(normal: string): string | null {
  return normal.length === radioCodeLength ? normal.slice(0, findLength) : null;
}

/**
 * The normal form of a code as typed or scanned: case, spaces and dashes don't count, O reads as 0, I and L as 1. Null where
 * the rest is no code of 12-64 characters.
 */
export function normalJoinCode(typed: string): string | null {
  if (typed.length > 200) return null;
  const code = typed.replace(/[\s-]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  return form.test(code) ? code : null;
}

/** Groups of four, for reading aloud and typing: `7K3M-…`. */
export function shownJoinCode(normal: string): string {
  return normal.replace(/(.{4})(?=.)/g, '$1-');
}

/** How a server keeps a code: SHA-256 in hex of its normal form, so that a stolen database gives none away. */
export function joinCodeHash(normal: string): string {
  return sha256Hex(normal);
}
