import type { Membership } from '../domain/ports/device.ts';
import type { EnrolReply } from '../domain/sync/protocol.ts';
import { instant, type Millis } from '../domain/time.ts';

export function memberOf(
  server: string,
  reply: EnrolReply,
  weakKey: boolean,
  now: Millis,
): Membership & { readonly state: 'member' } {
  const { device, person, workspace, access, roles } = reply;
  return { state: 'member', person, device, server, workspace, access, roles, weakKey, joinedAt: instant(now) };
}
