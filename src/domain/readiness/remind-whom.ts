import type { PersonId } from '../ids.ts';
import type { KnownReminder, KnownReminders, ReminderWay } from '../ports/server-api.ts';
import { hour, millis, type Millis } from '../time.ts';
import type { PersonReadiness } from './readiness.ts';
import { openPoints, type ReminderPoint } from './reminder.ts';

export type ToRemind = {
  readonly person: PersonReadiness;
  readonly points: readonly ReminderPoint[];
  /** None: nothing leads to them from the server. */
  readonly ways: readonly ReminderWay[];
  /** When they were reminded last; null: never, or it did not get there. */
  readonly remindedAt: Millis | null;
};

export type RemindWhom = {
  readonly now: readonly ToRemind[];
  /** Reminded within the last six hours: left alone unless it is said again. */
  readonly lately: readonly ToRemind[];
  readonly noWay: readonly ToRemind[];
};

/** As the server counts it. */
const leftAloneFor: Millis = 6 * hour;

/** Everybody with something open on their phone, by whether and how the server can remind them now. */
export function remindWhom(people: readonly PersonReadiness[], known: KnownReminders, now: Millis): RemindWhom {
  const ways = new Map(known.people.map((each) => [each.person, each.ways]));
  const all = people.flatMap((person): ToRemind[] => {
    const points = openPoints(person);
    const remindedAt = lastReminder(known.latest, person.person, 'arrived')?.at ?? null;
    const found = { person, points, ways: ways.get(person.person) ?? [], remindedAt };
    return points.length === 0 ? [] : [found];
  });
  const isLate = ({ remindedAt }: ToRemind) => remindedAt !== null && now - remindedAt < leftAloneFor;
  const reached = all.filter((each) => each.ways.length > 0);
  return {
    now: reached.filter((each) => !isLate(each)),
    lately: reached.filter(isLate),
    noWay: all.filter((each) => each.ways.length === 0),
  };
}

/** The last time that somebody was reminded, or that it was tried, by every way of that time. */
export function lastReminder(
  latest: readonly KnownReminder[],
  person: PersonId,
  of: 'arrived' | 'tried' = 'tried',
): { readonly at: Millis; readonly ways: readonly KnownReminder[] } | null {
  const ways = latest.filter(
    (each) => each.person === person && (of === 'tried' || each.result === 'sent' || each.result === 'waiting'),
  );
  const [first] = ways;
  return first === undefined ? null : { at: Math.max(...ways.map(({ at }) => millis(at))), ways };
}
