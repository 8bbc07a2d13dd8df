import type { Millis } from '../../../src/domain/time.ts';
import type { SentChange, SyncReply, SyncRequest } from '../../../src/domain/sync/protocol.ts';
import type { Session } from '../../../sync-server/journal/journal.ts';

/** One request on its way to a server. */
export type Attempt = {
  readonly request: SyncRequest;
  /** By the machine's clock, which the servers go by too. */
  readonly sentAt: Millis;
  endedAt: Millis;
  /** Null: it was cut off, and whether a server took it in nobody said. */
  reply: SyncReply | null;
};

/** Changes that a device sends until somebody answers; a pull has none. */
export type Push = {
  readonly session: Session;
  readonly changes: readonly SentChange[];
  readonly attempts: Attempt[];
};
