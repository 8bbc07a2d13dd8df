/** Left out: letters that sound like another over a bad radio (c, q, w, x, y) or differ between languages (h, j). */
const consonants = 'bdfgklmnprstvz';
const vowels = 'aeiou';
const syllables = 4;

/** Random bytes that a code takes. */
export const incidentCodeBytes = 2 * syllables;

/**
 * A code of four sayable syllables, lower-case letters only, like `dakumofi` (protocol.md, Ids), from `incidentCodeBytes`
 * random bytes. 24 million codes: it keeps two activations of the same plan apart, it is no secret.
 */
export function incidentCode(random: Uint8Array): string {
  let code = '';
  for (let syllable = 0; syllable < syllables; syllable += 1) {
    const drawn = ((random[2 * syllable] ?? 0) << 8) | (random[2 * syllable + 1] ?? 0);
    code += consonants.charAt(drawn % consonants.length);
    code += vowels.charAt(Math.floor(drawn / consonants.length) % vowels.length);
  }
  return code;
}

/** The normal form of a code that somebody heard and typed: case, spaces and dashes don't count. Null where letters are missing or foreign. */
export function readIncidentCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, '').toLowerCase();
  return /^[a-z]{2,40}$/.test(code) ? code : null;
}
