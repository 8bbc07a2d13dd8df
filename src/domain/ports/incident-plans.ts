import type { PlanHash } from '../ids.ts';
import type { Result } from '../result.ts';
import type { SyncedRecord } from '../sync/protocol.ts';
import type { StorageFault } from './storage-fault.ts';

/** The plan versions that incidents on this device are worked by and that it doesn't hold. */
export type MissingPlans = {
  /** Those of active incidents first, real ones before exercises. */
  readonly hashes: readonly PlanHash[];
  /** Where they are missing. */
  readonly workspace: string | null;
  readonly replica: number;
};

/** Only the current plan version and those of open incidents are paged: others are asked for (protocol.md, `POST /api/sync`). */
export interface IncidentPlans {
  missing(): Promise<Result<MissingPlans, StorageFault>>;
  /**
   * Keeps what the server answered, in one transaction; false if nothing was kept. That happens if it is not what its key, the hash
   * of its items, says, and if the device has since begun anew elsewhere or with other rights. Repeating it changes nothing.
   */
  keep(record: SyncedRecord, missing: MissingPlans): Promise<Result<boolean, StorageFault>>;
}
