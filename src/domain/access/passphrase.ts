/** In characters; what is shorter is guessed from a copy of the storage in days, however dear each guess is. */
export const leastPassphrase = 12;

/** `plain`: long enough, and yet among the first that anybody would try. */
export type PassphraseStrength = 'short' | 'plain' | 'fair' | 'good';

/** As it is meant, however a keyboard composes its letters and spaces. */
export function passphraseText(typed: string): string {
  return typed.normalize('NFKC').trim().replaceAll(/\s+/g, ' ');
}

/** A rough measure, by length and by what repeats; it knows no language and no list of leaked words. */
export function passphraseStrength(typed: string): PassphraseStrength {
  const text = passphraseText(typed);
  const length = [...text].length;
  if (length < leastPassphrase) return 'short';
  if (new Set(text.toLowerCase()).size < 6 || (/^[\d\s.-]+$/.test(text) && length < 20)) return 'plain';
  const words = new Set(text.toLowerCase().split(' ')).size;
  return words >= 4 || length >= 20 ? 'good' : 'fair';
}
