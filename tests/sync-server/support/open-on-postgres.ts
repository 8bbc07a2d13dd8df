import { openPostgres } from '../../../sync-server/journal/postgres-database.ts';
import { openSignIns } from '../../../sync-server/journal/postgres-sign-ins.ts';
import { newDatabase, openNode } from '../../support/postgres-databases.ts';
import { openServer, type TestServer } from './open-server.ts';

/** The same server over a PostgreSQL database of its own, sign-ins included. */
export async function openServerOnPostgres(): Promise<TestServer> {
  const url = await newDatabase();
  const pool = await openPostgres(url);
  const server = await openServer({ journal: await openNode(url), signIns: await openSignIns(pool) });
  return {
    ...server,
    close: async () => {
      await server.close();
      await pool.end();
    },
  };
}

/** To run a suite on each database. */
export const databases = [
  ['SQLite', () => openServer()],
  ['PostgreSQL', openServerOnPostgres],
] as const;
