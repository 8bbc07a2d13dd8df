import type { KnownInvite } from '../../domain/ports/server-api.ts';
import type { Millis } from '../../domain/time.ts';
import { unreachable } from '../../domain/result.ts';
import { whenWords } from '../../parts/time-words.ts';

/** How an invite stands, in words. */
export function inviteStateWords({ state, usedAt, expiresAt }: KnownInvite, zone: string, now: Millis): string {
  switch (state) {
    case 'open':
      return `Open until ${whenWords(expiresAt, zone, now)}`;
    case 'used':
      return usedAt === null ? 'Used' : `Used ${whenWords(usedAt, zone, now)}`;
    case 'expired':
      return `Ended ${whenWords(expiresAt, zone, now)}, not used`;
    case 'withdrawn':
      return 'Withdrawn';
    case 'missed':
      return 'Ended by five wrong tries';
    case 'void':
      return 'Void: who made it may not invite any more';
    default:
      return unreachable(state);
  }
}
