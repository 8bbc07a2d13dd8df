import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../src/domain/result.ts';
import type { Config } from './config.ts';
import type { Journal } from './journal/journal.ts';
import { openSqliteJournal } from './journal/sqlite-journal.ts';
import { randomPool } from './random-pool.ts';

export function databaseFile(config: Config): string {
  return join(config.dataDir, 'holdfast.db');
}

/** Opens the database that the configuration names; a sentence where that fails. The folder is for the server's own user only. */
export function openJournal(config: Config): Result<Journal, string> {
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    return ok(openSqliteJournal({ path: databaseFile(config), random: randomPool() }));
  } catch (error) {
    return err(`The database ${databaseFile(config)} cannot be opened: ${reasonOf(error)}.`);
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
