import type { PersonId } from '../../domain/ids.ts';
import type { KnownReminder, Reminded, ReminderWay } from '../../domain/ports/server-api.ts';
import { lastReminder } from '../../domain/readiness/remind-whom.ts';
import type { Millis } from '../../domain/time.ts';
import { inWords } from '../../parts/list-words.ts';
import { spanWords } from '../../parts/time-words.ts';

const wayWords: Readonly<Record<ReminderWay, string>> = { mail: 'e-mail', push: 'notification' };

/** `by e-mail`; an app may meet a server that knows more ways than it does. */
export function byWays(ways: readonly ReminderWay[]): string {
  return `by ${inWords(ways.map((way) => wayWords[way] ?? 'another way'))}`;
}

const whyNot: Readonly<Record<ReminderWay, { readonly refused: string; readonly failed: string }>> = {
  mail: {
    refused: 'the mail server refused the address. Ask them for another one.',
    failed: 'the mail server did not take it. It may later.',
  },
  push: {
    refused: 'no phone of theirs takes notifications any more.',
    failed: 'the push service did not take it. It may later.',
  },
};

/** What came of a reminder, said to the coordinator. */
export function resultWords({ way, result }: Pick<Reminded, 'way' | 'result'>): string {
  const by = way === null ? '' : `${byWays([way]).replace('by', 'By')}: `;
  switch (result) {
    case 'waiting':
      return `${by}being sent`;
    case 'sent':
      return `${by}sent`;
    case 'refused':
    case 'failed':
      return `${by}not sent; ${(way === null ? undefined : whyNot[way])?.[result] ?? 'it did not get there.'}`;
    case 'unknown':
      return `${by}not known; the server stopped meanwhile.`;
    case 'too-soon':
      return 'Left out: reminded a short while ago.';
    case 'no-way':
      return 'No way: call them, or print the card.';
    default:
      return `${by}${String(result satisfies never)}`;
  }
}

/** `reminded 2 h ago`; null where nobody did. */
export function remindedWords(latest: readonly KnownReminder[], person: PersonId, now: Millis): string | null {
  const last = lastReminder(latest, person);
  if (last === null) return null;
  const arrived = last.ways.some(({ result }) => result === 'sent' || result === 'waiting');
  const span = Math.max(0, now - last.at);
  const ago = span < 60_000 ? 'just now' : `${spanWords(span)} ago`;
  return arrived ? `reminded ${ago}` : `could not be reminded ${ago}`;
}
