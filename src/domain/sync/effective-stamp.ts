import type { DeviceId, Instant, Stamp } from '../ids.ts';
import { millis, type Millis } from '../time.ts';
import { limits } from './limits.ts';
import { firstMoment, later, momentAt, momentOf, momentTime, stampAt, successor, type Moment } from './stamp.ts';

/*
 * The one place where a change gets the stamp that decides (protocol.md, Order): what the server believes about its time,
 * not before what it rests on, and before what rests on it.
 */

/** Server minus device when the request's head arrived, in ms; up to 60 s either way counts as 0. */
export function clockOffset(arrived: Millis, clientNow: Instant): Millis {
  const offset = arrived - millis(clientNow);
  return Math.abs(offset) <= limits.toleratedOffsetMs ? 0 : offset;
}

/** The server's now never runs back: the greater of its clock and the last effective stamp given. */
export function serverNow(clock: Millis, lastGiven: Stamp | null): Millis {
  return lastGiven === null ? clock : Math.max(clock, momentTime(momentOf(lastGiven)));
}

/** When the server believes that a change was made. None (null) where its `line` is not the request's: the clock jumped in between. */
export function believedTime(
  change: { readonly wall: Instant; readonly line: number },
  request: { readonly line: number; readonly offset: Millis },
  now: Millis,
): Moment | null {
  if (change.line !== request.line) return null;
  return notAfter(request.offset === 0 ? unmoved(change.wall) : momentAt(millis(change.wall) + request.offset), now);
}

/** The stamp that a change had before the server lost it stands for its believed time, whatever `line` says. */
export function believedGiven(given: Stamp, now: Millis): Moment | null {
  return notAfter(momentOf(given), now);
}

/** `momentAt` of a time that stays as it was written. */
function unmoved(wall: Instant): Moment {
  return `${wall}-0000` as Moment;
}

/** At most now; none where it is over 60 s after now, since a clock that far ahead is not believed. */
function notAfter(moment: Moment, now: Millis): Moment | null {
  const time = momentTime(moment);
  if (time > now + limits.toleratedOffsetMs) return null;
  return time > now ? momentAt(now) : moment;
}

/** What a change can't be earlier than or equal to. `base` is null where it names none or the server lacks it. */
export function lowerBound(
  change: { readonly base: Stamp | null; readonly seen: Stamp | null; readonly ownEarlier: Moment | null },
  now: Millis,
): Moment {
  const own = change.ownEarlier ?? firstMoment;
  if (change.base !== null) return later(own, momentOf(change.base));
  if (change.seen === null) return own;
  const seen = momentOf(change.seen);
  return later(own, momentTime(seen) > now ? momentAt(now) : seen);
}

/**
 * The effective stamp. `earliestSuccessor` is the earliest stamp of the changes already held that name this one as their
 * base; staying 1 ms before it wins over the lower bound, so a predecessor that comes late never beats its successor.
 */
export function effectiveStamp(
  device: DeviceId,
  believed: Moment | null,
  bound: Moment,
  earliestSuccessor: Stamp | null,
): Stamp {
  const moment = believed !== null && believed > bound ? believed : successor(bound);
  if (earliestSuccessor === null) return stampAt(moment, device);
  const cut = momentAt(momentTime(momentOf(earliestSuccessor)) - 1);
  return stampAt(moment > cut ? cut : moment, device);
}
