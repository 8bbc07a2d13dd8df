// Before Dexie: it looks once whether there is an IndexedDB.
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { minute, type Millis } from '../../src/domain/time.ts';
import { reportTask, writeLog } from './actions.ts';
import { finalFaults } from './final-checks.ts';
import { Run } from './run.ts';
import { inItsWorld, isUpToDate } from './run-seed.ts';

const second: Millis = 1_000;
const phones = 24;
const mostASecond = 5;
const retryAfter: Millis = 20 * second;

type Crowd = {
  /** When phones came back that had been told to wait. */
  readonly back: readonly Millis[];
  /** Who did not wait. */
  readonly early: readonly string[];
};

/** Lets through what a small machine can do in a second; the rest is told when to come again. */
function crowd({ world, server }: Run): Crowd {
  const back: Millis[] = [];
  const early: string[] = [];
  const notBefore = new Map<string, Millis>();
  const answer = server.answer.bind(server);
  let taken: Millis[] = [];
  server.answer = async (asked) => {
    const now = world.passed;
    const who = asked.headers['authorization'] ?? Buffer.from(asked.body ?? []).toString();
    const from = notBefore.get(who);
    if (from !== undefined) (now < from ? early : []).push(`${asked.path} of ${who}`);
    if (notBefore.delete(who)) back.push(now);
    taken = taken.filter((each) => each > now - second);
    if (taken.length < mostASecond) {
      taken.push(now);
      return await answer(asked);
    }
    notBefore.set(who, now + retryAfter);
    const problem = { type: 'about:blank', title: 'busy', status: 503, code: 'unavailable' };
    const headers = { 'content-type': 'application/problem+json', 'retry-after': String(retryAfter / second) };
    return { status: 503, headers, body: JSON.stringify(problem) };
  };
  return { back, early };
}

/** How many at most fell into any one second. */
function peak(times: readonly Millis[]): number {
  return Math.max(...times.map((from) => times.filter((each) => each >= from && each < from + second).length));
}

it(
  '[REL-37] ten minutes of outage, then everybody returns: never all at once, nobody before they may, all synced within five minutes',
  { timeout: 600_000 },
  async () => {
    const faults = new Set(['live'] as const);
    const run = new Run(37, { devices: phones, people: phones, actions: 0, lasts: 0, tasks: 3, faults });
    await inItsWorld(run, async () => {
      const chance = run.chance.fork('outage');
      const isSynced = () => run.devices.every((device) => isUpToDate(run, device));
      await run.setUp();
      expect(await run.pass(minute, isSynced)).toBe(true);
      await run.world.during(run.server.crash());
      for (const device of run.devices)
        for (const action of [reportTask, writeLog, reportTask, writeLog])
          run.world.after(chance.next() * 10 * minute, () => run.due.push(() => action(run, chance, device)));
      await run.pass(10 * minute);
      expect(run.devices.filter(({ outbox }) => outbox.some(({ state }) => state === 'unsent'))).toHaveLength(phones);

      await run.world.during(run.server.start());
      const { back, early } = crowd(run);
      expect(await run.pass(5 * minute, isSynced)).toBe(true);
      expect(early).toEqual([]);
      // told the same number in the same moment, they would all be there in the same second again
      expect(back.length).toBeGreaterThan(phones);
      expect(peak(back)).toBeLessThan(phones / 4);
      await run.pass(second);
      run.faults.push(...finalFaults(run));
    });
    expect([...run.watch.faults, ...run.faults], run.trace.join('\n')).toEqual([]);
  },
);
