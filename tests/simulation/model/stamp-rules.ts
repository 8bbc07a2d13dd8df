/*
 * The stamps of protocol.md, Order, written down a second time from the text and not from the code: a moment is
 * [milliseconds, counter]. Compared with what the shipped server gives, change by change.
 */

export type At = readonly [time: number, counter: number];

const minute = 60_000;
export const never: At = [0, 0];

export function readStamp(stamp: string): { readonly at: At; readonly device: string } {
  const read = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)-([0-9a-f]{4})-([0-9a-f]{16})$/.exec(stamp);
  if (read === null) throw new Error(`no stamp: ${stamp}`);
  return { at: [Date.parse(read[1] ?? ''), Number.parseInt(read[2] ?? '', 16)], device: read[3] ?? '' };
}

export function writeStamp([time, counter]: At, device: string): string {
  return `${new Date(time).toISOString()}-${counter.toString(16).padStart(4, '0')}-${device}`;
}

export function isLater(a: At, b: At): boolean {
  return a[0] !== b[0] ? a[0] > b[0] : a[1] > b[1];
}

export function latest(...all: readonly At[]): At {
  return all.reduce((a, b) => (isLater(b, a) ? b : a), never);
}

export function next([time, counter]: At): At {
  return counter < 0xffff ? [time, counter + 1] : [time + 1, 0];
}

/** Offset = server's now when the request's head arrived − `clientNow`; up to 60 s counts as 0. */
export function offsetOf(arrived: number, clientNow: string): number {
  const offset = arrived - Date.parse(clientNow);
  return Math.abs(offset) <= minute ? 0 : offset;
}

/** *Believed time*: at most now; none if the sum is over 60 s after now. */
export function believed(at: At, now: number): At | null {
  if (at[0] > now + minute) return null;
  return at[0] > now ? [now, 0] : at;
}

/**
 * *Effective* = believed time if that is later than the lower bound, else the bound's successor; cut to 1 ms before the earliest
 * change already held that names this one as its base, counter 0000, not before 1970.
 */
export function effective(believedAt: At | null, bound: At, earliestSuccessor: At | null): At {
  const free = believedAt !== null && isLater(believedAt, bound) ? believedAt : next(bound);
  if (earliestSuccessor === null) return free;
  const cut: At = [Math.max(0, earliestSuccessor[0] - 1), 0];
  return isLater(free, cut) ? cut : free;
}
