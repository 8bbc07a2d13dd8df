import type { AccessLevel } from '../access/access.ts';
import type { Instant, PersonId, RoleId } from '../ids.ts';
import type { Result } from '../result.ts';
import type { JournalEntry } from '../sync/protocol.ts';

export type ServerFault =
  | { readonly tag: 'no-answer' }
  | { readonly tag: 'refused'; readonly status: number; readonly code: string; readonly detail: string };

export type Invite = { readonly code: string; readonly url: string; readonly person: PersonId };

export type KnownDevice = {
  readonly id: string;
  readonly name: string;
  readonly person: PersonId;
  readonly weakKey: boolean;
  readonly enrolledAt: Instant;
  readonly lastSeenAt: Instant | null;
  readonly revoked: 'lost' | 'leaver' | null;
};

/** What only the server knows; every call needs the network and says so when there is none. */
export interface ServerApi {
  invite(request: {
    readonly person: { readonly id: PersonId } | { readonly name: string };
    readonly access: AccessLevel;
    readonly roles: readonly RoleId[];
    readonly expiresInDays: number;
  }): Promise<Result<Invite, ServerFault>>;
  devices(): Promise<Result<readonly KnownDevice[], ServerFault>>;
  revoke(device: string, mode: 'lost' | 'leaver'): Promise<Result<void, ServerFault>>;
  history(kind: string, key: string): Promise<Result<readonly JournalEntry[], ServerFault>>;
}
