import { bip39English } from './bip39-english.ts';

/** The first 33 bits of a lower-case hex hash as three words that two people can compare over a radio (protocol.md, Ids). */
export function threeWords(hash: string): readonly [string, string, string] {
  // 36 bits; the last three are not used.
  const bits = Number.parseInt(hash.slice(0, 9), 16);
  const word = (place: number) => bip39English[Math.floor(bits / 2 ** (25 - 11 * place)) % 2048] ?? '';
  return [word(0), word(1), word(2)];
}
