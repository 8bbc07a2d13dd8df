/** Keeps a number with its unit and an amount with its currency where a line breaks. */
export function unbroken(words: string): string {
  return words.replaceAll(/(\d) (?=min|h\b|day)/g, '$1\u00a0').replaceAll(/\b([A-Z]{3}) (?=\d)/g, '$1\u00a0');
}
