import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hour, minute, type Millis } from '../../../src/domain/time.ts';
import { DatabaseClock } from '../../../sync-server/journal/postgres-clock.ts';
import { openPostgres } from '../../../sync-server/journal/postgres-database.ts';
import { soon } from '../../storage/support/soon.ts';
import { newDatabase, runSql } from '../../support/postgres-databases.ts';

/** Longer than any answer of a database on this machine, shorter than any wrong clock in here. */
const near: Millis = 5_000;

let url: string;
let pool: pg.Pool;
let clocks: DatabaseClock[] = [];

beforeEach(async () => {
  url = await newDatabase();
  pool = await openPostgres(url);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const clock of clocks) clock.stop();
  clocks = [];
  if (!pool.ended) await pool.end();
});

async function start(monotonic?: () => Millis): Promise<DatabaseClock> {
  const clock = await DatabaseClock.start(pool, monotonic);
  clocks.push(clock);
  return clock;
}

async function databaseTime(): Promise<Millis> {
  const [row] = await runSql<{ now: Date }>(url, 'SELECT clock_timestamp() AS now');
  return row?.now.getTime() ?? 0;
}

const apart = (a: Millis, b: Millis): Millis => Math.abs(a - b);

describe("the database's clock as a node reads it", () => {
  it('[REL-13] is the same on every node, whenever the node was started', async () => {
    const [first, second] = [await start(), await start(() => performance.now() + 7 * hour)];
    expect(apart(first.now(), await databaseTime())).toBeLessThan(near);
    expect(apart(first.now(), second.now())).toBeLessThan(near);
  });

  it("[REL-3] takes no notice of the node's own clock, even when it is set", async () => {
    const clock = await start();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 9 * hour });
    expect(apart(clock.now(), await databaseTime())).toBeLessThan(near);
    expect(apart((await start()).now(), await databaseTime())).toBeLessThan(near);
  });

  it('goes on by the monotonic clock between two readings', async () => {
    let passed = 40;
    const clock = await start(() => passed);
    const before = clock.now();
    passed += 12_345;
    expect(clock.now() - before).toBe(12_345);
  });

  it('goes by the quickest answer of a few', async () => {
    // sent and answered, three times; the second took 2 ms and counts its answer as of 1,000,001
    const readings = [0, 500_000, 1_000_000, 1_000_002, 2_000_000, 2_400_000];
    const clock = await start(() => readings.shift() ?? 1_000_001);
    expect(apart(clock.now(), await databaseTime())).toBeLessThan(near);
  });

  it('reads again every half minute, and so follows a database whose clock runs otherwise', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let drift = 0;
    const clock = await start(() => performance.now() + drift);
    drift = hour;
    expect(apart(clock.now(), await databaseTime())).toBeGreaterThan(near);
    vi.advanceTimersByTime(minute / 2);
    const time = await databaseTime();
    await soon(() => expect(apart(clock.now(), time)).toBeLessThan(2 * near));
  });

  it('[REL-13] keeps its last reading while the database is away', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const clock = await start();
    const time = await databaseTime();
    const asked = vi.spyOn(pool, 'connect');
    await pool.end();
    vi.advanceTimersByTime(minute / 2);
    await expect(asked.mock.results[0]?.value).rejects.toThrow();
    expect(apart(clock.now(), time)).toBeLessThan(2 * near);
  });
});
