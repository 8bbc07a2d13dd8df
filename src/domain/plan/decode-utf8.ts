/**
 * Text from UTF-8 bytes, strictly: null where a byte sequence is none (RFC 3629: no overlong forms, no surrogates, nothing
 * over U+10FFFF), so that a damaged file is refused and not read with replacement signs in it. A byte order mark is left out.
 */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const pieces: string[] = [];
  let units: number[] = [];
  let at = marked ? 3 : 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    const point = length === 0 ? null : codePoint(bytes, at, length);
    if (point === null) return null;
    units.push(point);
    at += length;
    if (units.length === chunk) {
      pieces.push(String.fromCodePoint(...units));
      units = [];
    }
  }
  return pieces.join('') + String.fromCodePoint(...units);
}

/** Few enough to be given as arguments in every engine. */
const chunk = 4096;
const leastOfLength = [0, 0, 0x80, 0x800, 0x10000];

function codePoint(bytes: Uint8Array, at: number, length: number): number | null {
  let point = length === 1 ? (bytes[at] ?? 0) : (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let place = 1; place < length; place += 1) {
    const next = bytes[at + place];
    if (next === undefined || (next & 0xc0) !== 0x80) return null;
    point = (point << 6) | (next & 0x3f);
  }
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point < (leastOfLength[length] ?? 0) || surrogate || point > 0x10ffff ? null : point;
}
