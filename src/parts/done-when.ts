/** `Done when: the log names two sources.`; a name or an abbreviation at the start keeps its capital. */
export function doneWhen(test: string): string {
  if (/^done when/i.test(test)) return test;
  return `Done when: ${/^[A-Z][a-z]* [a-z]/.test(test) ? test.charAt(0).toLowerCase() + test.slice(1) : test}`;
}
