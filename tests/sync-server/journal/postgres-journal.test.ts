import { expect, it } from 'vitest';
import { journalContract } from '../../contract/journal-contract.ts';
import { join, setUp, TestClock } from '../../support/journal-phone.ts';
import { newDatabase, openNode, runSql } from '../../support/postgres-databases.ts';
import { logEntry } from '../../support/sample-plan.ts';

let url = '';

journalContract({
  name: 'PostgreSQL',
  open: async () => {
    url = await newDatabase();
    return await openNode(url);
  },
  openAgain: () => openNode(url),
  runSql: (sql) => runSql(url, sql),
});

it('[SYNC-13] a page of a database that knows nothing of its tables yet reads the records of the page, not all behind it', async () => {
  const database = await newDatabase();
  const filled = await openNode(database);
  const lead = await setUp(filled, new TestClock());
  const writer = await join(lead, 'responder');
  for (let from = 0; from < 3000; from += 500)
    await writer.send(
      Array.from({ length: 500 }, (_, at) => writer.make('log', `i/l${String(from + at)}`, logEntry('entry'))),
      { limit: 1, epoch: null, head: null },
    );
  await filled.close();
  const before = await rowsRead(database);
  const reading = await openNode(database);
  const page = await reading.sync(writer.session, writer.request([], { cursor: 100, limit: 100 }), writer.clock.now);
  expect(page).toMatchObject({ ok: true, value: { more: true } });
  await reading.close();
  expect((await rowsRead(database)) - before).toBeLessThan(400);
});

/** Of the journal's tables, by all connections that are closed: a connection counts when it ends. */
async function rowsRead(database: string): Promise<number> {
  const read = async () => {
    const [row] = await runSql<{ sessions: number; rows: number }>(
      database,
      `SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()) AS sessions,
         sum(seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_user_tables WHERE relname IN ('changes', 'records')`,
    );
    return row;
  };
  await expect.poll(async () => (await read())?.sessions).toBe(0);
  return (await read())?.rows ?? Number.NaN;
}
