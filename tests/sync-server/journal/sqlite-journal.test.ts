import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll } from 'vitest';
import { openSqliteStore } from '../../../sync-server/journal/sqlite-journal.ts';
import { journalContract } from '../../contract/journal-contract.ts';

const random = (length: number) => randomBytes(length);
const folder = mkdtempSync(joinPath(tmpdir(), 'holdfast-journal-'));
let opened = 0;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pathOf = (which: number) => joinPath(folder, String(which), 'holdfast.db');

journalContract({
  name: 'SQLite in memory',
  open: async () => openSqliteStore({ path: ':memory:', random }).journal,
  openAgain: null,
  runSql: null,
});

journalContract({
  name: 'a SQLite file',
  open: async () => {
    opened += 1;
    return openSqliteStore({ path: pathOf(opened), random }).journal;
  },
  openAgain: async () => openSqliteStore({ path: pathOf(opened), random }).journal,
  runSql: async (sql) => {
    const db = new Database(pathOf(opened));
    db.exec(sql);
    db.close();
  },
});
