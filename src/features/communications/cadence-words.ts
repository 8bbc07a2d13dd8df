import type { NextUpdate } from '../../domain/communication/cadence.ts';
import type { Procedure } from '../../domain/plan/plan-item.ts';
import { minute, type Millis } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { dueWords } from '../../parts/time-left.tsx';
import { planMinutes, whenWords, windowWords } from '../../parts/time-words.ts';
import type { DueUpdate } from './communications-page.tsx';

/** The one thing to know first: `Next update to customers due in 12 min.` */
export function updateHeadline(view: IncidentView | null, due: readonly DueUpdate[], now: Millis): string {
  if (view === null) return 'When the plan is activated, the next update to each audience appears here.';
  if (view.incident.status === 'closed') return 'The incident is closed: no update is due.';
  const first = due[0];
  if (first === undefined) return 'No further update is planned.';
  const others = due.filter(({ update }) => update.dueAt === first.update.dueAt).length - 1;
  const and = others === 0 ? '' : ` and ${others} more`;
  return `Next update to ${asObject(first.update.audience)}${and} ${dueWords(first.update.dueAt, now, view.incident.zone)}.`;
}

/** `due in 12 min · 13:00 · by Status page · every 1 h`. */
export function updateDetail({ dueAt, lastDueAt, every, channel }: NextUpdate, zone: string, now: Millis): string {
  return [
    dueWords(dueAt, now, zone),
    // Further off, the words are the time itself.
    ...(dueAt - now > 120 * minute ? [] : [whenWords(dueAt, zone, now)]),
    `by ${channel}`,
    `every ${planMinutes(every)}`,
    ...(lastDueAt === null ? [] : [`the last was due ${whenWords(lastDueAt, zone, now)}`]),
  ].join(' · ');
}

/** `1-4 h: every 1 h to Customers, by Status page`. */
export function windowLine({ from, to, every, audience, channel }: Procedure['cadence'][number]): string {
  return `${windowWords(from, to)}: every ${planMinutes(every)} to ${audience}, by ${channel}`;
}

/** Inside a sentence: `customers`, but `SARB` stays as it is. */
function asObject(audience: string): string {
  return /^[A-Z][^A-Z]/.test(audience) ? audience.charAt(0).toLowerCase() + audience.slice(1) : audience;
}
