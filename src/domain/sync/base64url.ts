const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const none = 64;
/** What each character stands for, by its code. */
const values = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = alphabet.indexOf(String.fromCharCode(code));
  return value === -1 ? none : value;
});

/** Two letters at a time: half the steps for every hash of the journal. */
const pairs: readonly string[] = [...alphabet].flatMap((first) => [...alphabet].map((second) => first + second));

function letters(bits: number): string {
  return pairs[bits] ?? '';
}

/** RFC 4648 section 5, without padding: how protocol.md writes salts, hashes, keys and signatures. */
export function base64url(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 3);
  let text = '';
  for (let at = 0; at < whole; at += 3) {
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += letters(bits >> 12) + letters(bits & 0xfff);
  }
  if (bytes.length === whole) return text;
  const last = ((bytes[whole] ?? 0) << 8) | (bytes[whole + 1] ?? 0);
  return text + letters(last >> 4) + (bytes.length - whole === 2 ? (alphabet[(last & 15) << 2] ?? '') : '');
}

/** Null where `text` is not base64url without padding, or carries bits that a writer must leave 0. */
export function fromBase64url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8));
  let bits = 0;
  let held = 0;
  let written = 0;
  for (let at = 0; at < text.length; at += 1) {
    const value = values[text.charCodeAt(at)] ?? none;
    if (value === none) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[written] = (bits >> held) & 0xff;
    written += 1;
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : null;
}
