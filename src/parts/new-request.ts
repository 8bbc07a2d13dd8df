import type { Clock, Randomness } from '../domain/ports/sync-store.ts';
import { uuid7, uuid7Bytes } from '../domain/sync/uuid7.ts';

/** Names one wish, so that sending it twice does once what was meant (docs/protocol-additions.md, Invites, Reminders). */
export function newRequest(clock: Clock, random: Randomness): string {
  return uuid7(clock.now(), random.bytes(uuid7Bytes));
}
