/** Nobody mistypes a longer one, and comparing takes as long as both lengths multiplied. */
const longestGuessed = 24;

/**
 * The known name that a mistyped one most likely means: at most a third of its letters differ, capitals don't count. Null
 * where none is that close. The first of equally close ones is given.
 */
export function closestName(typed: string, known: Iterable<string>): string | null {
  if (typed.length > longestGuessed) return null;
  const wanted = typed.toLowerCase();
  let closest: string | null = null;
  let least = Math.floor(Math.max(typed.length, 3) / 3) + 1;
  for (const name of known) {
    const away = distance(wanted, name.toLowerCase(), least);
    if (away < least) {
      least = away;
      closest = name;
    }
  }
  return closest;
}

/** `; did you mean "…"?` or nothing. */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const name = closestName(typed, known);
  return name === null ? '' : `; did you mean "${name}"?`;
}

/** Levenshtein distance; gives `enough` as soon as it can't be less. */
function distance(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough;
  let before = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const swap = (before[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current[column] = Math.min(swap, (before[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
    }
    if (Math.min(...current) >= enough) return enough;
    before = current;
  }
  return before[b.length] ?? enough;
}
