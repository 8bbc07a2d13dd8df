const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const values: ReadonlyMap<string, number> = new Map([...alphabet].map((letter, value) => [letter, value]));

/** RFC 9285: bytes in the letters that a QR code packs tightest; two bytes take three letters, one takes two. */
export function base45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length;
    let value = isPair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : (bytes[at] ?? 0);
    for (let letter = 0; letter < (isPair ? 3 : 2); letter += 1) {
      text += alphabet[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/** Null where `text` is nothing that a writer of base45 makes. */
export function fromBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 2) / 3));
  let written = 0;
  for (let at = 0; at < text.length; at += 3) {
    const letters = text.slice(at, at + 3);
    let value = 0;
    for (let letter = letters.length - 1; letter >= 0; letter -= 1) {
      const digit = values.get(letters[letter] ?? '');
      if (digit === undefined) return null;
      value = value * 45 + digit;
    }
    if (value > (letters.length === 3 ? 0xffff : 0xff)) return null;
    if (letters.length === 3) {
      bytes[written] = value >> 8;
      written += 1;
    }
    bytes[written] = value & 0xff;
    written += 1;
  }
  return bytes;
}
