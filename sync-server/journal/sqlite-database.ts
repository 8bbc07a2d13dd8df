import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { journalTables } from './migrations/0001-journal.ts';
import { origins } from './migrations/0002-origins.ts';
import { sqliteInvites } from './migrations/0003-invites.ts';
import { approvals } from './migrations/0004-approvals.ts';
import { quarantineOrder } from './migrations/0005-quarantine-order.ts';
import { quarantineMost } from './migrations/0006-quarantine-most.ts';
import { sqliteReminders } from './migrations/0007-reminders.ts';
import { sqlitePushSubscriptions } from './migrations/0008-push-subscriptions.ts';

export type SqliteDatabase = Sqlite.Database;

/** In order; `user_version` counts those that a database has been through. Only ever appended to. */
const migrations: readonly string[] = [
  journalTables,
  origins,
  sqliteInvites,
  approvals,
  quarantineOrder,
  quarantineMost,
  sqliteReminders,
  sqlitePushSubscriptions,
];

/** The write-ahead log goes into the database when it has so many pages of 4 KiB: 32 MiB. */
const walPages = 8192;

/** How long a second process on the same file is waited for. */
const busyTimeoutMs = 10_000;

/**
 * Opens or creates the embedded database and brings it to today's form. What is committed is on the disk: WAL with
 * `synchronous=FULL`, set explicitly. Throws where the file was written by a newer server.
 */
export function openSqlite(path: string): SqliteDatabase {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const db = new Sqlite(path, { timeout: busyTimeoutMs });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // What is erased must not stay readable in free pages.
  db.pragma('secure_delete = ON');
  db.pragma('cache_size = -65536');
  // At the usual 4 MiB every second full push would end with copying its pages once more and waiting for the disk.
  db.pragma(`wal_autocheckpoint = ${String(walPages)}`);
  migrate(db);
  return db;
}

function migrate(db: SqliteDatabase): void {
  db.transaction(() => {
    const done = db.pragma('user_version', { simple: true }) as number;
    if (done > migrations.length) throw new Error('the database was written by a newer server');
    for (const migration of migrations.slice(done)) db.exec(migration);
    db.pragma(`user_version = ${String(migrations.length)}`);
  }).immediate();
}
