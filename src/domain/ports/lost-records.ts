import type { ChangeId, Instant } from '../ids.ts';
import type { Json } from '../json.ts';
import type { Result } from '../result.ts';
import type { Author } from '../sync/protocol.ts';
import type { Live } from './live.ts';
import type { StorageFault } from './storage-fault.ts';

/** A record of somebody else that a server with another past no longer has, and that nobody has brought back yet. */
export type LostRecord = {
  /** The change that the server had accepted; names it in `putBack`. */
  readonly change: ChangeId;
  readonly kind: string;
  readonly key: string;
  /** Null deletes what the server has under this name. */
  readonly value: Json;
  /** Whose change it was: a person, or null where the server itself wrote it. */
  readonly author: Author;
  /** The lost server's time of acceptance. */
  readonly at: Instant;
  /** The server has an older state of it. */
  readonly hasOlder: boolean;
  /** Only a newer app can put it back: this one does not know the kind, or not this version of it. */
  readonly tooNew: boolean;
};

/**
 * What this device keeps aside for a server that lost it (protocol.md, "A server with another past"). A record leaves the list as
 * soon as the server has it or something newer, whoever brought it.
 */
export interface LostRecords {
  /** In the order in which they would be sent: plan versions and incidents first, what rests on them after. */
  readonly all: Live<readonly LostRecord[]>;
  /**
   * Writes these as new changes of this device, in one strictly durable transaction; gives how many. What is no longer lost is
   * passed over, so it is safe to repeat and to do on two devices.
   */
  putBack(changes: readonly ChangeId[]): Promise<Result<number, StorageFault>>;
}
