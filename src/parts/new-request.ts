import type { Clock, Randomness } from '../../domain/ports/sync-store.ts';
import { uuid7, uuid7Bytes } from '../../domain/sync/uuid7.ts';

/** Names one wish to invite, so that sending it twice leaves one code alive (docs/protocol-additions.md, Invites). */
export function newRequest(clock: Clock, random: Randomness): string {
  return uuid7(clock.now(), random.bytes(uuid7Bytes));
}
