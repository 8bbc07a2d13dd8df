import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Head, SyncReply } from '../../src/domain/sync/protocol.ts';
import { runSql } from '../support/postgres-databases.ts';
import { taskProgress } from '../support/sample-plan.ts';
import { Cluster } from './support/cluster.ts';
import { joinByHttp, type HttpPhone } from './support/http-phone.ts';
import { headOf, openLive, type LiveStream } from './support/live-stream.ts';
import { buildServerProcess, type ServerProcess } from './support/server-process.ts';
import { setUpByLink } from './support/set-up.ts';

let folder: string;
let cluster: Cluster;
let first: ServerProcess;
let second: ServerProcess;
/** Speaks with the first server. */
let lead: HttpPhone;

beforeAll(async () => {
  const remove = await buildServerProcess();
  folder = mkdtempSync(join(tmpdir(), 'holdfast-postgres-live-'));
  cluster = await Cluster.onPostgres(folder);
  lead = await setUpByLink(cluster.living[0] as ServerProcess);
  return async () => {
    await cluster.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    remove();
  };
});
beforeEach(async () => {
  await cluster.startAgain();
  [first, second] = cluster.living as [ServerProcess, ServerProcess];
});

/** A draft, which coordinators only may read. */
const draft = {
  ...{ section: 'risk', id: 'r', order: 1, salt: 'A'.repeat(22), title: 'x' },
  ...{ likelihood: 'low', consequence: 'low', response: '' },
};

const report = (code: string) => lead.sync([lead.make('task', `i/${code}`, taskProgress('done'))]);

/** Open, with the head that comes at once already read. */
async function listening(to: ServerProcess, phone: HttpPhone): Promise<LiveStream> {
  const stream = await openLive(to.origin, phone);
  expect(headOf(await stream.next())).toHaveProperty('head');
  return stream;
}

/** The heads that come until that one; news of what was before may still be on its way. */
async function heardUntil({ head }: Pick<SyncReply, 'head'>, stream: LiveStream): Promise<readonly Head[]> {
  const heard: Head[] = [];
  while ((heard.at(-1)?.seq ?? 0) < head.seq) heard.push((headOf(await stream.next()) as { readonly head: Head }).head);
  return heard;
}

describe('live streams of two servers on one PostgreSQL database', () => {
  it('[LIVE] a push to one nudges who listens to the other, and nobody who may not see it', async () => {
    const [own, watching] = [
      await listening(second, lead),
      await listening(second, await joinByHttp(lead, 'observer')),
    ];
    const seen = await report('T-1');
    for (const stream of [own, watching]) expect(await heardUntil(seen, stream)).toContainEqual(seen.head);
    const hidden = await lead.sync([lead.make('plan-item', 'shop/risk/r', draft)]);
    expect(await heardUntil(hidden, own)).toEqual([hidden.head]);
    const next = await report('T-2');
    expect(await heardUntil(next, watching)).toEqual([next.head]);
  });

  it.each(['lost', 'leaver'])('[SEC-8] a device reported to one (%s) is no longer told by the other', async (mode) => {
    const phone = await joinByHttp(lead, 'responder');
    const [ended, other] = [await listening(second, phone), await listening(second, lead)];
    expect((await lead.call('DELETE', `/api/devices/${phone.device}?mode=${mode}`)).statusCode).toBe(204);
    expect(await ended.next()).toBeNull();
    const seen = await report('T-1');
    expect(await heardUntil(seen, other)).toContainEqual(seen.head);
  });

  it('[REL-13] [LIVE] one is killed: its streams break, and who goes to the other is told of what comes after', async () => {
    const phone = await joinByHttp(lead, 'responder');
    const [broken, kept] = [await listening(second, phone), await listening(first, lead)];
    await cluster.end(1, 'SIGKILL');
    await expect(broken.next()).rejects.toThrow(TypeError);
    const again = await listening(first, phone);
    const seen = await report('T-1');
    for (const stream of [kept, again]) expect(await heardUntil(seen, stream)).toContainEqual(seen.head);
  });

  it('[LIVE] one is stopped: its streams end at once, those of the other go on', async () => {
    const [ended, kept] = [await listening(second, lead), await listening(first, lead)];
    const stopped = cluster.end(1, 'SIGTERM');
    expect(await ended.next()).toBeNull();
    expect((await stopped)?.code).toBe(0);
    const seen = await report('T-1');
    expect(await heardUntil(seen, kept)).toContainEqual(seen.head);
  });

  it('[LIVE] a server that lost its connection to the news of the others tells on', async () => {
    const stream = await listening(second, lead);
    await runSql(
      cluster.envs[0]?.['DATABASE_URL'] ?? '',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()`,
    );
    const seen = await report('T-1');
    expect(await heardUntil(seen, stream)).toContainEqual(seen.head);
  });
});
