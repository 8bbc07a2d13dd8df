import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Database } from './database.ts';
import { beginOwnState } from './own-state.ts';
import type { StorageMark } from './storage-mark.ts';

/** Writes what a new device has into an empty database; one that was not empty before is a loss, and stays empty. */
export async function beginStorage(database: Database, mark: StorageMark | null): Promise<Result<void, StorageFault>> {
  if (mark !== null && (await mark.isSet())) return err({ tag: 'storage-evicted' });
  const begun = await database.writeStrict(['own', 'replicas'], (tables) => beginOwnState(tables));
  return begun.ok ? ok(undefined) : begun;
}
