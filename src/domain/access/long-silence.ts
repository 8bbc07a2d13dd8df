import type { Instant } from '../ids.ts';
import { day, type Millis } from '../time.ts';

/**
 * A device that no server heard for so long syncs again only once a coordinator said so (docs/protocol-additions.md, Long silence). It
 * may lie in a drawer that somebody opened; it goes on working by itself, and keeps everything.
 */
const longestSilence: Millis = 400 * day;

export type HeardDevice = {
  readonly enrolledAt: Instant;
  readonly lastSeenAt: Instant | null;
  /** When a coordinator last let it in again; null where nobody had to. */
  readonly approvedAt: Instant | null;
  readonly revoked: unknown;
};

/** Whether the device was silent for too long. Never one that was revoked: that one is asked nothing any more. */
export function isSilentTooLong(device: HeardDevice, now: Millis): boolean {
  const { enrolledAt, lastSeenAt, approvedAt, revoked } = device;
  const times = [enrolledAt, lastSeenAt, approvedAt].filter((at) => at !== null).map((at) => Date.parse(at));
  return revoked === null && now - Math.max(...times) >= longestSilence;
}
