import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it, onTestFinished } from 'vitest';
import { firstSeed, roundsTimeout } from '../support/rounds.ts';
import { judgeKills } from './oracle/judge-kills.ts';
import { Cluster } from './support/cluster.ts';
import { buildServerProcess } from './support/server-process.ts';

it(
  `[REL-13] [REL-39] [REL-10] one of two servers on PostgreSQL is killed every few batches of 20 devices, and an older backup put back: an oracle finds nothing lost, doubled or told otherwise (seed ${String(firstSeed)})`,
  { timeout: roundsTimeout },
  async () => {
    onTestFinished(await buildServerProcess());
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-oracle-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const cluster = await Cluster.onPostgres(folder);
    onTestFinished(() => cluster.stop('SIGKILL'));
    await judgeKills(cluster, 'on PostgreSQL');
  },
);
