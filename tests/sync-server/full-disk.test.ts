import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeAll, expect, it, vi } from 'vitest';
import type { SentChange } from '../../src/domain/sync/protocol.ts';
import { openSqliteStore } from '../../sync-server/journal/sqlite-journal.ts';
import { eachRound, roundsTimeout, tellFigures } from '../support/rounds.ts';
import { logEntry } from '../support/sample-plan.ts';
import { seededNumbers } from '../support/seeded-random.ts';
import { joinByHttp, setUpByHttp, type HttpPhone } from './support/http-phone.ts';
import { JournalCheck } from './support/journal-check.ts';
import { bodyOf, openServer, refusalOf, type Reply } from './support/open-server.ts';
import { buildServerProcess, freePort, startServer } from './support/server-process.ts';
import { journalOf, setUpByLink } from './support/set-up.ts';
import { mayMount, smallDisk } from './support/small-disk.ts';

type Room = {
  readonly fill: (left: number) => void;
  readonly free: () => void;
  /** Looked at while there is no room. */
  readonly whileFull?: () => Promise<void>;
};

const entryBytes = 3000;

/** Pushes until there is no room, makes room, and looks for everything; gives how much was kept before and after. */
async function fillAndFree(
  lead: HttpPhone,
  seed: number,
  { fill, free, whileFull }: Room,
): Promise<readonly [number, number]> {
  const below = seededNumbers(seed);
  const phone = await joinByHttp(lead, 'responder');
  await phone.sync();
  const make = () =>
    Array.from({ length: 1 + below(30) }, () =>
      phone.make('log', `aaaaaaaaaaaaaaaa/${phone.device}-${String(phone.n)}`, logEntry('x'.repeat(below(entryBytes)))),
    );
  const kept: SentChange[] = [];
  const push = async (changes: readonly SentChange[]) => {
    const reply = await phone.push(changes);
    if (reply.statusCode === 200) phone.store(bodyOf(reply) as never);
    return reply;
  };
  fill(100_000 + below(400_000));
  let batch = make();
  let reply: Reply = await push(batch);
  for (; reply.statusCode === 200; reply = await push(batch)) {
    kept.push(...batch);
    batch = make();
  }
  expect(refusalOf(reply)).toEqual([507, 'storage-full']);
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);

  // what is kept can be read meanwhile, and nothing of the refused push is among it
  const check = new JournalCheck(phone.epoch ?? '');
  await check.readOn(journalOf(lead));
  expect(kept.filter(({ id }) => !check.changes.has(id))).toEqual([]);
  expect(batch.filter(({ id }) => check.changes.has(id))).toEqual([]);
  const before = kept.length;
  expect(refusalOf(await push(batch))).toEqual([507, 'storage-full']);

  await whileFull?.();

  free();
  expect((await push(batch)).statusCode).toBe(200);
  const more = make();
  expect((await push(more)).statusCode).toBe(200);
  kept.push(...batch, ...more);
  await check.readOn(journalOf(lead));
  expect(kept.filter(({ id }) => !check.changes.has(id))).toEqual([]);
  return [before, kept.length];
}

it(
  '[REL-38] a database that may not grow, by a limit of pages: 507, nothing lost, and it goes on by itself',
  { timeout: roundsTimeout },
  async () => {
    const counts = { 'kept before 507': 0, 'kept in all': 0 };
    await eachRound('database at its limit of pages', async (seed) => {
      const folder = mkdtempSync(join(tmpdir(), 'holdfast-pages-'));
      const opening = vi.spyOn(Sqlite.prototype, 'pragma');
      const journal = openSqliteStore({
        path: join(folder, 'holdfast.db'),
        random: (length) => randomBytes(length),
      }).journal;
      const db = opening.mock.contexts[0] as Sqlite.Database;
      opening.mockRestore();
      const server = await openServer({ journal });
      const limit = (pages: number) => db.pragma(`max_page_count = ${String(pages)}`);
      const [before, inAll] = await fillAndFree(await setUpByHttp(server), seed, {
        fill: (left) => limit((db.pragma('page_count', { simple: true }) as number) + Math.ceil(left / 4096)),
        free: () => limit(1_000_000),
      });
      counts['kept before 507'] += before;
      counts['kept in all'] += inAll;
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    });
    tellFigures('database at its limit of pages', counts);
  },
);

// a container without the right to mount has only the limit above
if (mayMount()) {
  beforeAll(buildServerProcess, 120_000);
  it(
    '[REL-38] a file system that is full, under a server process: 507, nothing lost, and it goes on by itself',
    { timeout: roundsTimeout },
    async () => {
      const counts = { 'kept before 507': 0, 'kept in all': 0, 'health said 503': 0 };
      await eachRound('file system full', async (seed) => {
        const disk = smallDisk(8);
        const server = await startServer({ PORT: await freePort(), DATA_DIR: disk.folder });
        try {
          const health = async () => (await server.asServer().call({ url: '/api/health' })).statusCode;
          const [before, inAll] = await fillAndFree(await setUpByLink(server), seed, {
            ...disk,
            // it writes one page: as long as that still finds a place in the log, it can write
            whileFull: async () => {
              const status = await health();
              expect([200, 503]).toContain(status);
              counts['health said 503'] += status === 503 ? 1 : 0;
            },
          });
          counts['kept before 507'] += before;
          counts['kept in all'] += inAll;
          // it is asked once a second at most
          await vi.waitFor(async () => expect(await health()).toBe(200), { timeout: 20_000 });
          expect((await server.stop()).code).toBe(0);
        } finally {
          await server.stop('SIGKILL');
          disk.remove();
        }
      });
      tellFigures('file system full', counts);
    },
  );
}
