import type { Database, TableName } from './database.ts';
import { readPulse, writeFresh } from './own-state.ts';
import { StorageFailure } from './storage-failure.ts';

const everything: readonly TableName[] = ['own', 'keys', 'settings', 'outbox', 'replicas', 'records', 'aside'];

/**
 * Empties every table, key included, in one strict transaction, and remembers only that it was done. Emptied, not deleted:
 * another tab could block a deletion. Throws where even that fails, so that the caller does not believe it.
 */
export async function wipeDevice(database: Database): Promise<void> {
  const wiped = await database.writeStrict(everything, async (tables) => {
    const { version } = await readPulse(tables);
    for (const name of everything) await tables[name].clear();
    await writeFresh(tables, { state: 'wiped' }, version + 1);
  });
  if (!wiped.ok) throw new StorageFailure(wiped.error);
}
