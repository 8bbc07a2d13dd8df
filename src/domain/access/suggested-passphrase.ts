import { threeWords } from '../plan/three-words.ts';

/** Bytes of chance in a passphrase that is made here: 66 bits are used. */
export const suggestionBytes = 10;

/** Six words that nobody chose. */
export function suggestedPassphrase(chance: Uint8Array): string {
  const hex = [...chance].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [...threeWords(hex.slice(0, 9)), ...threeWords(hex.slice(9, 18))].join(' ');
}
