/** Words as a sentence or a title begins. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Ends words with a full stop, unless they end a sentence already: a question, or a name like `Sipho D.` */
export function sentence(words: string): string {
  return /[.?!…]$/.test(words) ? words : `${words}.`;
}
