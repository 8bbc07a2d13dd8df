import type { Instant } from '../ids.ts';
import type { Result } from '../result.ts';
import type { EnrolReply } from '../sync/protocol.ts';
import type { StorageFault } from './storage-fault.ts';

/** What the sync line says (look.md 4). Never claims more than is known: `unsent` 0 is "all sent" only with `lastSentAt` set. */
export type SyncStatus = {
  readonly connection:
    /** What sends is not loaded yet: nothing is known of a server, nor of what is unsent. */
    | 'starting'
    /** Not connected to any server. */
    | 'alone'
    /** No validated reply since the last attempt; normal. */
    | 'offline'
    | 'sending'
    | 'online'
    /** The server does not know this device: it keeps everything and needs a code. */
    | 'needs-code'
    /** Silent for so long that a coordinator has to approve it again: it keeps everything and goes on asking. */
    | 'needs-approval'
    /** The app is older than the server's oldest protocol. */
    | 'needs-update';
  readonly unsent: number;
  readonly refused: number;
  /** Changes of other phones that this one brings along. */
  readonly carried: number;
  /** When the outbox was last seen empty on the server's word, by the server's clock. */
  readonly lastSentAt: Instant | null;
  readonly lastHeardAt: Instant | null;
  /** Server minus phone, in ms; null before the first reply. */
  readonly clockOffset: number | null;
  /** First fill of a new replica: records so far, null otherwise. */
  readonly filling: number | null;
  readonly fault: StorageFault | null;
};

/** Before anything was counted or heard. */
export const nothingKnown: SyncStatus = {
  connection: 'alone',
  unsent: 0,
  refused: 0,
  carried: 0,
  lastSentAt: null,
  lastHeardAt: null,
  clockOffset: null,
  filling: null,
  fault: null,
};

export type JoinFault =
  | StorageFault
  | { readonly tag: 'code-refused' }
  | { readonly tag: 'no-answer' }
  | { readonly tag: 'not-a-server' }
  | { readonly tag: 'too-many-tries'; readonly retryAfterSeconds: number }
  | { readonly tag: 'server-fault'; readonly code: string };

/** The engine as the screens see it. */
export interface Sync {
  readonly status: { get(): SyncStatus; subscribe(onChange: () => void): () => void };
  /** Asks for an attempt now; returns at once, never throws. */
  nudge(why: 'opened' | 'foreground' | 'online' | 'wrote' | 'live' | 'asked'): void;
  /** Burns a code and binds this device; a device that worked alone keeps all it has and sends it. Safe to repeat after a lost reply. */
  join(code: string, personName: string | null, deviceName: string): Promise<Result<EnrolReply, JoinFault>>;
}
