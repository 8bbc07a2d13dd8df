import { dirname, join } from 'node:path';
import type { FailedCodes } from '../attempt-limits.ts';
import { Devices } from './devices.ts';
import { SqlFailedCodes } from './failed-codes.ts';
import type { Journal } from './journal.ts';
import type { RandomBytes } from './ledger.ts';
import { RevocationsFile } from './revocations-file.ts';
import { SqlJournal } from './sql-journal.ts';
import { openSqlite } from './sqlite-database.ts';
import { SqliteEngine } from './sqlite-engine.ts';

export type SqliteJournalOptions = {
  /** A file, or ':memory:' for tests. */
  readonly path: string;
  readonly random: RandomBytes;
  /** Where revocations are kept outside the backup; beside the database by default, nowhere for ':memory:'. */
  readonly revocations?: string;
};

/**
 * The journal on the embedded database (protocol.md, Starting a server) and, in the same file, what was counted of failed codes. Closing
 * the journal closes both. Opens or creates the file; throws where it can't.
 */
export function openSqliteStore({ path, random, revocations }: SqliteJournalOptions): {
  readonly journal: Journal;
  readonly failedCodes: FailedCodes;
} {
  const beside = path === ':memory:' ? null : join(dirname(path), 'revocations.jsonl');
  const file = revocations ?? beside;
  const kept = file === null ? null : new RevocationsFile(file);
  const engine = new SqliteEngine(openSqlite(path));
  engine.runNow(new Devices(kept).alignRevocations());
  return {
    journal: new SqlJournal({ engine, random, revocations: kept, otherNodes: null }),
    failedCodes: new SqlFailedCodes(engine),
  };
}
