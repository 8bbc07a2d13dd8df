import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { copyDatabase } from '../../support/postgres-databases.ts';
import type { Cluster } from '../support/cluster.ts';
import { runServer } from '../support/server-process.ts';

/** Backs up what the servers hold, as operations.md says; gives where to. */
export async function backUp(on: Cluster, name: string): Promise<string> {
  const env = on.envs[0] ?? {};
  const { database } = on;
  if (database === undefined) {
    const file = join(dirname(env['DATA_DIR'] ?? ''), `${name}.db`);
    expect(await runServer(env, 'backup', file)).toMatchObject({ code: 0 });
    return file;
  }
  // PostgreSQL copies a database that nobody uses
  await on.stop('SIGKILL');
  const copy = await copyDatabase(database);
  await on.startAgain();
  return copy;
}

/** What came since is gone; who was reported lost stays so. */
export async function restore(on: Cluster, backup: string): Promise<void> {
  await on.stop('SIGKILL');
  const isFile = on.database === undefined;
  if (!isFile) on.moveTo(backup);
  else
    for (const end of ['', '-wal', '-shm'])
      rmSync(join(on.envs[0]?.['DATA_DIR'] ?? '', `holdfast.db${end}`), { force: true });
  const args = isFile ? [backup] : [];
  expect(await runServer(on.envs[0] ?? {}, 'restore', ...args)).toMatchObject({ code: 0 });
  await on.startAgain();
}
