import type { Records } from '../domain/ports/records.ts';
import { ok } from '../domain/result.ts';
import { readSync } from './own-state.ts';
import { readNamed, readTables } from './read-shown.ts';
import type { RecordFeed } from './record-feed.ts';
import { writeChanges, type StorageParts } from './write-changes.ts';

/** The `Records` port over the phone's database. */
export function createRecords(parts: StorageParts, feed: RecordFeed): Records {
  return {
    watch: (kind, key) => feed.one(kind, key),
    watchPrefix: (kind, prefix, options) => feed.prefix(kind, prefix, options),
    watchTaskLog: (incidentTask) => feed.taskLog(incidentTask),
    unreadable: feed.unreadable,
    async read(kind, key) {
      const read = await parts.database.read([...readTables], async (tables) => {
        const { live } = await readSync(tables);
        return await readNamed<typeof kind>(tables, live, [[kind, key]]);
      });
      if (!read.ok) return read;
      const row = read.value[0] ?? null;
      return ok(row === null || row.value === null ? null : row);
    },
    write: (drafts) => writeChanges(parts, drafts),
  };
}
