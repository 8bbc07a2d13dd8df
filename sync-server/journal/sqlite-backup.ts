import Sqlite from 'better-sqlite3';
import { sqliteDialect } from './dialect.ts';
import { Histories } from './history.ts';
import type { WorkspaceRow } from './rows.ts';
import { SqliteEngine } from './sqlite-engine.ts';

/** Copies the database page by page while a server goes on writing. What is copied is one state, on the disk when this resolves. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new Sqlite(from, { readonly: true });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
}

/** Reads all of a backup: its pages, and the hash chain of every workspace. Null when it is whole, else what is wrong with it. */
export function faultOfBackup(file: string): string | null {
  try {
    return withDatabase(file, true, (db) => {
      const verdict = String(db.pragma('quick_check(1)', { simple: true }));
      if (verdict !== 'ok') return verdict;
      if (db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'workspaces'`).get() === undefined)
        return 'it holds no journal';
      const histories = new Histories(sqliteDialect);
      const engine = new SqliteEngine(db);
      const broken = workspacesOf(db).find((workspace) => !engine.runNow(histories.verify(workspace)).ok);
      return broken === undefined ? null : `the journal of "${broken.name}" was changed from outside`;
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Tells the phones how far a verified backup reaches (`safeSeq`, protocol.md, "A server with another past"): what lies before it
 * they need not keep for this server for ever.
 */
export function markSafe(file: string, backup: string): void {
  const reached = withDatabase(backup, true, workspacesOf);
  withDatabase(file, false, (db) => {
    const mark = db.prepare(`UPDATE workspaces SET safe_seq = max(safe_seq, ?) WHERE id = ? AND epoch = ?`);
    db.transaction(() => {
      for (const { id, epoch, seq } of reached) mark.run(seq, id, epoch);
    }).immediate();
  });
}

function workspacesOf(db: Sqlite.Database): readonly WorkspaceRow[] {
  return db.prepare<[], WorkspaceRow>(`SELECT * FROM workspaces ORDER BY ws`).all();
}

function withDatabase<T>(file: string, readonly: boolean, run: (db: Sqlite.Database) => T): T {
  const db = new Sqlite(file, { readonly, fileMustExist: true });
  try {
    return run(db);
  } finally {
    db.close();
  }
}
