import type { Procedure } from '../plan/plan-item.ts';
import { minute, type Millis } from '../time.ts';

/** What a procedure promises to one audience next. */
export type NextUpdate = {
  readonly audience: string;
  readonly channel: string;
  readonly dueAt: Millis;
  /** The one before it; null where this is the first. */
  readonly lastDueAt: Millis | null;
  /** Minutes between updates in this window. */
  readonly every: number;
};

/**
 * The next update to each audience, the soonest first, counted from T0 (`startedAt`). A window promises updates at its start
 * and every so many minutes until its end, which belongs to the window after it; nothing is due at T0 itself. The minute in
 * which an update is due still counts as next. An audience whose windows have all passed has none.
 */
export function nextUpdates(cadence: Procedure['cadence'], startedAt: Millis, now: Millis): readonly NextUpdate[] {
  const at = Math.floor((now - startedAt) / minute);
  const next = new Map<string, NextUpdate>();
  for (const window of cadence) {
    const due = nextIn(window, at);
    if (due === null) continue;
    const dueAt = startedAt + due * minute;
    const known = next.get(window.audience);
    if (known !== undefined && known.dueAt < dueAt) continue;
    const channel =
      known?.dueAt === dueAt && known.channel !== window.channel
        ? `${known.channel}, ${window.channel}`
        : window.channel;
    next.set(window.audience, { audience: window.audience, channel, dueAt, lastDueAt: null, every: window.every });
  }
  return [...next.values()]
    .map((update) => ({ ...update, lastDueAt: lastDue(cadence, update.audience, startedAt, at) }))
    .sort((a, b) => a.dueAt - b.dueAt);
}

type Window = Procedure['cadence'][number];

function nextIn({ from, to, every }: Window, at: number): number | null {
  const first = firstOf({ from, every });
  const due = at <= first ? first : first + Math.ceil((at - first) / every) * every;
  return due < to ? due : null;
}

function lastDue(cadence: Procedure['cadence'], audience: string, startedAt: Millis, at: number): Millis | null {
  const passed = cadence
    .filter((window) => window.audience === audience)
    .flatMap(({ from, to, every }) => {
      const first = firstOf({ from, every });
      const until = Math.min(at, to) - 1;
      return until < first ? [] : [first + Math.floor((until - first) / every) * every];
    });
  return passed.length === 0 ? null : startedAt + Math.max(...passed) * minute;
}

/** At T0 the activation itself is the message. */
function firstOf({ from, every }: Pick<Window, 'from' | 'every'>): number {
  return from === 0 ? every : from;
}
