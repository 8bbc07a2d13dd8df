/** A text by which words are compared: small letters without marks, single spaces. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Its words, folded. */
export function wordsOf(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const fillers = new Set(
  'the a an of and or for to in on at by with from as is are be der die das und oder fur von zu im in am mit des den le la les de du des et ou pour en un une el los las y o del para con het een van en voor met'.split(
    ' ',
  ),
);

/** What a word is compared by: its beginning, so that endings of number and case don't count. */
export function stem(word: string): string {
  const short =
    word.length > 4 ? word.replace(/(?:es|s)$/, '').replace(/(?:i|ing|ed|en|er|e)$/, '') : word.replace(/s$/, '');
  return short.slice(0, 8);
}

/** How alike two names are, from 0 to 1: the share of their words, by stem, that both have. */
export function likeness(one: string, other: string): number {
  const stems = (text: string) =>
    new Set(
      wordsOf(text)
        .filter((word) => !fillers.has(word))
        .map(stem),
    );
  const [a, b] = [stems(one), stems(other)];
  if (a.size === 0 || b.size === 0) return 0;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, Math.min(a.size, b.size));
}
