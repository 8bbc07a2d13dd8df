import type { Millis } from '../domain/time.ts';
import { minute } from '../domain/time.ts';
import { LateMark } from '../ui/late-mark.tsx';
import { spanWords, whenWords } from './time-words.ts';

/** `due in 25 min`, `due 14:30` when that is far off, or `12 min late` in amber. */
export function TimeLeft({
  dueAt,
  late,
  now,
  zone,
}: {
  readonly dueAt: Millis;
  readonly late: boolean;
  readonly now: Millis;
  readonly zone: string;
}) {
  if (late) return <LateMark>{lateWords(dueAt, now)}</LateMark>;
  return <span>{dueWords(dueAt, now, zone)}</span>;
}

export function lateWords(dueAt: Millis, now: Millis): string {
  return now - dueAt < minute ? 'due now' : `${spanWords(now - dueAt)} late`;
}

/** Relative within two hours, then the time itself. */
export function dueWords(dueAt: Millis, now: Millis, zone: string): string {
  const left = dueAt - now;
  if (left < minute) return 'due now';
  return left <= 120 * minute ? `due in ${spanWords(left)}` : `due ${whenWords(dueAt, zone, now)}`;
}
