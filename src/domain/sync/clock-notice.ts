import { minute, type Millis } from '../time.ts';

/** From here on a wrong clock confuses people, though the server corrects what is sent. */
const noticedOffset: Millis = 2 * minute;
/** A clock that moved by more than this since the notice was dismissed is news again. */
const newsAgain: Millis = minute;

export type ClockNotice = 'right' | 'wrong' | 'wrong-and-dismissed';

/**
 * Whether a person must be told that this device's clock is wrong. `offset` is server minus device, null before the first reply;
 * `dismissed` the offset at which the person last said that they know. Not known counts as right: nothing is claimed.
 */
export function clockNotice(offset: Millis | null, dismissed: Millis | null): ClockNotice {
  if (offset === null || Math.abs(offset) <= noticedOffset) return 'right';
  return dismissed !== null && Math.abs(offset - dismissed) <= newsAgain ? 'wrong-and-dismissed' : 'wrong';
}
