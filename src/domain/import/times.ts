import { fold } from './fold.ts';

/** Minutes after the plan was activated; null where an end is open. */
export type Window = { readonly from: number | null; readonly to: number | null };

const units: readonly (readonly [minutes: number, words: string])[] = [
  [1, 'minutes|minuten|minutos|minuti|minutter|minute|minuut|minuto|mins|min|m'],
  [60, 'hours|stunden|heures|horas|uren|ore|timer|hour|stunde|heure|hora|uur|ora|hrs|hr|std|h|u'],
  [1440, 'days|tagen|tage|jours|dias|dagen|giorni|dage|day|tag|jour|dia|dag|giorno|d|j'],
  [10_080, 'weeks|wochen|semaines|semanas|weken|settimane|week|woche|semaine|semana'],
];
const anyUnit = units.map(([, words]) => words).join('|');
const amount = '(\\d+(?:[.,]\\d+)?)';
const until = '(?:-|–|—|to|bis|a|al|hasta|tot|until|till|and|through)';
const startMark = '(?:t ?\\+ ?|h ?\\+ ?|t0 ?\\+ ?)?';

const range = new RegExp(`${startMark}${amount} ?(${anyUnit})? ?${until} ?${startMark}${amount} ?(${anyUnit})\\b`);
const bareRange = new RegExp(
  `(?:t ?\\+ ?|h ?\\+ ?)${amount} ?(${anyUnit})? ?${until} ?(?:t ?\\+ ?|h ?\\+ ?)?${amount} ?(${anyUnit})?\\b`,
);
const dayRange = new RegExp(
  `\\b(day|days|tag|tage|jour|jours|dia|dias|dag|dagen|week|weeks|woche|wochen) (\\d+) ?(?:${until} ?(\\d+))?\\b`,
);
const single = new RegExp(`${amount} ?(${anyUnit})\\b`);
const marked = new RegExp(`(?:t|h|t0) ?\\+ ?${amount} ?(${anyUnit})?\\b`);
const openEnd =
  /(?:after|from|over|more than|beyond|ab|nach|uber|apres|plus de|a partir de|desde|despues|mas de|na|vanaf|meer dan|>)\s*(?:t ?\+ ?)?\d/;

/** The window that a text names, `4-12 hours`, `T+30 min`, `within the first 2 hours`, `Day 1`; null where it names none. */
export function windowIn(text: string): Window | null {
  const folded = plainTimes(text);
  const found = range.exec(folded) ?? bareRange.exec(folded);
  if (found !== null) {
    const [, from = '0', fromUnit, to = '0', toUnit] = found;
    const unit = toUnit ?? fromUnit ?? 'h';
    return { from: minutesOf(from, fromUnit ?? unit), to: minutesOf(to, unit) };
  }
  const days = dayRange.exec(folded);
  if (days !== null) {
    const [, word = '', first = '1', last = first] = days;
    const each = word.startsWith('w') ? 10_080 : 1440;
    return { from: (Number(first) - 1) * each, to: Number(last) * each };
  }
  const at = timeIn(text);
  if (at === null) return null;
  if (openEnd.test(folded)) return { from: at, to: null };
  return { from: firstOnes.test(folded) ? 0 : null, to: at };
}

const timeNames =
  /^(?:immediate(?:ly)?|at once|straight away|first|initial|early|intermediate|extended|next|then|later|afterwards?|after that|long(?:er)? term|short term|recovery|demobili[sz]ation|sofort\w*|spater|danach|anschliessend|immediat\w*|ensuite|plus tard|apres|inmediat\w*|despues|luego|mas tarde|direct|daarna|later)\b.{0,24}$/;

/** Whether a short text says when, by a time or by a word like `Immediately`. */
export function isTimeName(text: string): boolean {
  return windowIn(text) !== null || timeNames.test(fold(text).replace(/:$/, ''));
}

/** A single time or length, `T+45 min`, `2 hours`, in minutes; null where there is none. */
export function timeIn(text: string): number | null {
  const folded = plainTimes(text);
  const found = marked.exec(folded) ?? single.exec(folded);
  return found === null ? null : minutesOf(found[1] ?? '0', found[2] ?? 'h');
}

const firstOnes = /\b(?:first|erste\w*|premiere?s?|primer\w*|eerste|initial) \d/;

/** `T`, `H` stand for activation; `5 h 30 min` is one length. */
function plainTimes(text: string): string {
  return fold(text)
    .replace(
      /\b(\d{1,3}):([0-5]\d)\b(?! ?uhr)/g,
      (_, hours: string, rest: string) => `${Number(hours) * 60 + Number(rest)} min`,
    )
    .replace(/(?<!\d ?)\b[th]0?(?= ?(?:-|–|—|to|a|bis|al|hasta|tot|until|till) ?[th]0? ?\+)/g, 't+0')
    .replace(
      /(\d+) ?(?:h|hours?|std|stunden|heures|horas|uur) ?(?:and )?(\d+) ?(?:min\w*|m)\b/g,
      (_, hours: string, rest: string) => `${Number(hours) * 60 + Number(rest)} min`,
    )
    .replace(/(\d) (?:working|business|calendar|full) /g, '$1 ');
}

/** The text without the time that it names and the brackets around it. */
export function withoutTime(text: string): string {
  return text
    .replace(/\s*[([][^)\]]*\d[^)\]]*[)\]]/g, (bracket) => (windowIn(bracket) === null ? bracket : ''))
    .replace(/\s*[:,–—-]?\s*$/, '')
    .trim();
}

/** The same without a time at its very end: `Zone isolated 1 hour`. */
export function withoutLastTime(text: string): string {
  const bare = withoutTime(text);
  return range.test(plainTimes(bare)) ? bare : bare.replace(trailing, '').trim();
}

const trailing = new RegExp(
  `(?<=\\p{L}\\s.*\\p{L})[:,]?\\s+(?:(?:a l[oa]s|nach|after|within|in|by|at|apres|dans|na) )?(?:t ?\\+ ?)?\\d+ ?(?:${anyUnit})$`,
  'iu',
);

function minutesOf(number: string, unit: string): number {
  const factor = units.find(([, words]) => words.split('|').includes(unit))?.[0] ?? 60;
  return Math.round(Number(number.replace(',', '.')) * factor);
}
