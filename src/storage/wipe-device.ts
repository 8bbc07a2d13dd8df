import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { Result } from '../domain/result.ts';
import type { Database, TableName } from './database.ts';
import { readPulse, writeFresh } from './own-state.ts';
import { withoutValue } from './without-value.ts';

const everything: readonly TableName[] = [
  'own',
  'keys',
  'settings',
  'outbox',
  'replicas',
  'records',
  'aside',
  'bundles',
];

/**
 * Empties every table, key included, in one strict transaction, and remembers only why: on a server's word (`wiped`), or because
 * the person asked (`new`). Emptied, not deleted: another tab could block a deletion.
 */
export async function wipeDevice(database: Database, after: 'wiped' | 'new'): Promise<Result<void, StorageFault>> {
  return withoutValue(
    await database.writeStrict(everything, async (tables) => {
      const { version } = await readPulse(tables);
      for (const name of everything) await tables[name].clear();
      await writeFresh(tables, { state: after }, version + 1);
    }),
  );
}
