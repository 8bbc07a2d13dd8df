import type { ChangeId } from '../ids.ts';
import type { Millis } from '../time.ts';
import { hex } from './hash.ts';

/** Random bytes that one id takes. */
export const uuid7Bytes = 10;

/**
 * A UUIDv7 (RFC 9562) from a clock reading and `uuid7Bytes` random bytes. A clock before 1970 or beyond 48 bits is clamped;
 * the order of ids means nothing to the protocol, only stamps do.
 */
export function uuid7(now: Millis, random: Uint8Array): ChangeId {
  const time = Math.min(Math.max(Math.trunc(now), 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  const bytes = random.slice(0, uuid7Bytes);
  bytes[0] = ((bytes[0] ?? 0) & 0x0f) | 0x70;
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80;
  const tail = hex(bytes);
  return `${time.slice(0, 8)}-${time.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8, 20)}` as ChangeId;
}

/** The clock reading that a UUIDv7 was made from, in ms. */
export function uuid7Time(id: ChangeId): Millis {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
