import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import pg from 'pg';
import { err, ok, type Result } from '../src/domain/result.ts';
import type { Config } from './config.ts';
import { moveToPostgres } from './journal/move-to-postgres.ts';
import { heldBy, isSameDatabase, markSafeInPostgres } from './journal/postgres-backup.ts';
import { connectionTo, openPostgres } from './journal/postgres-database.ts';
import { voidSessions } from './journal/postgres-sign-ins.ts';
import { databaseFile, databaseName, openJournal, reasonOf } from './open-journal.ts';

type Done = Promise<Result<void, string>>;

export const backupOfPostgres =
  'A PostgreSQL database is backed up with its own tools, such as pg_dump. Restore the backup somewhere else, then tell the server ' +
  'that it is readable: backup-taken postgres://user:password@host/copy.';

/** Moves everything from DATA_DIR into the empty database that DATABASE_URL names; the phones notice nothing. */
export async function moveThere(config: Config): Done {
  const file = databaseFile(config);
  if (config.databaseUrl === null)
    return err('Set DATABASE_URL to an empty PostgreSQL database, and leave DATA_DIR as it is.');
  if (!existsSync(file)) return err(`There is no database ${file}: is DATA_DIR right?`);
  const { databaseUrl } = config;
  return await attempt('The database cannot be moved', async () => {
    const pool = await openPostgres(databaseUrl);
    try {
      const moved = await moveToPostgres(file, pool);
      if (!moved.ok) return err(`The database cannot be moved: ${moved.error}.`);
      await rename(file, `${file}.moved`);
      const { workspaces, changes } = moved.value;
      print(
        `Moved ${String(workspaces)} workspaces with ${String(changes)} changes to ${databaseName(config)}; both read the same.`,
      );
      return print(`The old database is ${file}.moved. Start the server with this DATABASE_URL.`);
    } finally {
      await pool.end();
    }
  });
}

/** Reads a restored copy of a backup from end to end, and only then tells the phones what it holds. */
export async function backupTaken(config: Config, copyUrl: string | undefined): Done {
  const { databaseUrl } = config;
  if (databaseUrl === null)
    return err('This is for PostgreSQL. The embedded database is backed up by: backup holdfast-backup.db.');
  if (copyUrl === undefined) return err(backupOfPostgres);
  return await attempt('The copy cannot be read', async () => {
    const copy = new pg.Client(connectionTo(copyUrl));
    await copy.connect();
    const pool = await openPostgres(databaseUrl);
    try {
      if (await isSameDatabase(pool, copy))
        return err('That is the database itself: restore its backup somewhere else first.');
      const held = await heldBy(copy);
      if (!held.ok) return err(`The copy cannot be used: ${held.error}.`);
      return told(await markSafeInPostgres(pool, held.value));
    } finally {
      await copy.end();
      await pool.end();
    }
  });
}

function told(reached: readonly string[]): Result<void, string> {
  if (reached.length === 0) return err('The copy is not one of this database, or of a time before a restore.');
  return print(`Verified a backup of ${reached.join(', ')}.`);
}

/**
 * After the database's own tools have put a backup in its place: a new epoch, so that phones send again what they hold; codes and
 * sessions of before die; revocations of DATA_DIR, which are newer than the backup, come back.
 */
export async function restored(config: Config): Done {
  const { databaseUrl } = config;
  if (databaseUrl === null) return err('Name the backup to restore: restore holdfast-backup.db.');
  const opened = await openJournal(config);
  if (!opened.ok) return opened;
  try {
    await opened.value.journal.beginNewEpoch();
  } finally {
    await opened.value.close();
  }
  return await attempt('Sessions of before cannot be ended', async () => {
    const pool = await openPostgres(databaseUrl);
    try {
      await voidSessions(pool);
    } finally {
      await pool.end();
    }
    return print(
      `${databaseName(config)} begins anew from its backup. Start the servers: phones will send again what they hold.`,
    );
  });
}

export function print(line: string): Result<void, string> {
  process.stdout.write(`${line}\n`);
  return ok(undefined);
}

async function attempt(what: string, run: () => Done): Done {
  try {
    return await run();
  } catch (error) {
    return err(`${what}: ${reasonOf(error)}.`);
  }
}
