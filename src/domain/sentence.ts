/** Ends words with a full stop, unless they end a sentence already: a question, or a name like `Sipho D.` */
export function sentence(words: string): string {
  return /[.?!…]$/.test(words) ? words : `${words}.`;
}
