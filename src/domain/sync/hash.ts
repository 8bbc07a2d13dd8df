import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64url } from './base64url.ts';

/** SHA-256 that returns at once: WebCrypto's is asynchronous and ends an IndexedDB transaction early (architecture.md). */
export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes);
}

/** Lower-case hex of SHA-256 over the UTF-8 bytes of `text`. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8(text)));
}

/** Base64url without padding of SHA-256 over the UTF-8 bytes of `text`. */
export function sha256Base64url(text: string): string {
  return base64url(sha256(utf8(text)));
}

export function utf8(text: string): Uint8Array {
  return utf8ToBytes(text);
}

/** Length of `text` in UTF-8 bytes, without making them. A lone surrogate counts as the three bytes of its replacement. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (isPair(text, at)) {
      bytes += 2;
      at += 1;
    } else bytes += 2;
  }
  return bytes;
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at);
  const low = text.charCodeAt(at + 1);
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}

export function hex(bytes: Uint8Array): string {
  return bytesToHex(bytes);
}
