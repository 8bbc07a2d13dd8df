import { contactWords } from './contact-words.ts';
import type { ContactResult, ContactResultWord } from './contact-test.ts';

/** One call of one test, as its record says. */
export type KnownResult = { readonly test: string; readonly callee: string; readonly result: ContactResult };

/** Of each callee what came of the last call, in any test. */
export function lastResults(results: readonly KnownResult[]): ReadonlyMap<string, ContactResult> {
  const last = new Map<string, ContactResult>();
  for (const { callee, result } of results) {
    const before = last.get(callee);
    if (before === undefined || before.at < result.at) last.set(callee, result);
  }
  return last;
}

/** What came of the calls of one test, by callee. */
export function resultsOf(results: readonly KnownResult[], test: string): ReadonlyMap<string, ContactResult> {
  return new Map(results.flatMap((each) => (each.test === test ? [[each.callee, each.result] as const] : [])));
}

/** `7 reached, 1 message left, 2 not reached`; empty where nobody was called. */
export function countedResults(results: ReadonlyMap<string, ContactResult>): string {
  const words = ['reached', 'message-left', 'not-reached'] as const;
  return words
    .map((word) => [word, [...results.values()].filter(({ result }) => result === word).length] as const)
    .filter(([, count]) => count > 0)
    .map(([word, count]: readonly [ContactResultWord, number]) => `${count} ${contactWords[word]}`)
    .join(', ');
}
