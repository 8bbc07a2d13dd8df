/*
 * Codes said over a radio: letters by the alphabet of the ICAO, digits as words, in groups of four. Crockford base32 has no I, L, O, U.
 */

const words: Readonly<Record<string, string>> = {
  A: 'Alfa',
  B: 'Bravo',
  C: 'Charlie',
  D: 'Delta',
  E: 'Echo',
  F: 'Foxtrot',
  G: 'Golf',
  H: 'Hotel',
  J: 'Juliett',
  K: 'Kilo',
  M: 'Mike',
  N: 'November',
  P: 'Papa',
  Q: 'Quebec',
  R: 'Romeo',
  S: 'Sierra',
  T: 'Tango',
  V: 'Victor',
  W: 'Whiskey',
  X: 'X-ray',
  Y: 'Yankee',
  Z: 'Zulu',
  0: 'zero',
  1: 'one',
  2: 'two',
  3: 'three',
  4: 'four',
  5: 'five',
  6: 'six',
  7: 'seven',
  8: 'eight',
  9: 'nine',
};

/** The words of each group of four characters of a code in its normal form: `[['seven', 'Kilo', …], …]`. */
export function spokenCode(normal: string): readonly (readonly string[])[] {
  const groups = normal.match(/.{1,4}/g) ?? [];
  return groups.map((group) => [...group].map((character) => words[character] ?? character));
}
