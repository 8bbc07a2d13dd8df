import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openPostgres } from '../../../sync-server/journal/postgres-database.ts';
import { openSignIns } from '../../../sync-server/journal/postgres-sign-ins.ts';
import { openSqliteStore } from '../../../sync-server/journal/sqlite-journal.ts';
import { failedCodesContract } from '../../contract/failed-codes-contract.ts';
import { newDatabase } from '../../support/postgres-databases.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-failed-codes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const openFile = async () => {
  const path = join(folder, String(files), 'holdfast.db');
  const { journal, failedCodes } = openSqliteStore({ path, random: (length) => randomBytes(length) });
  return { failedCodes, close: () => journal.close() };
};

failedCodesContract({
  name: 'a SQLite file',
  open: () => {
    files += 1;
    return openFile();
  },
  openAgain: openFile,
});

let url = '';
const openNode = async () => {
  const pool = await openPostgres(url);
  const { failedCodes } = await openSignIns(pool);
  return { failedCodes, close: () => pool.end() };
};

failedCodesContract({
  name: 'PostgreSQL',
  open: async () => {
    url = await newDatabase();
    return await openNode();
  },
  openAgain: openNode,
});
