// Before Dexie: it looks once whether there is an IndexedDB.
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { minute } from '../../src/domain/time.ts';
import { planActions } from './plan-actions.ts';
import { finalFaults } from './final-checks.ts';
import { Run } from './run.ts';
import type { SimDevice } from './support/sim-device.ts';

export type Outcome = {
  readonly seed: number;
  /** What went wrong; none for a good run. */
  readonly faults: readonly string[];
  readonly trace: readonly string[];
  /** Of the trace: the same seed gives the same. */
  readonly hash: string;
  /** Changes that people made in it. */
  readonly changes: number;
};

/** Runs one seed from beginning to end. */
export async function runSeed(seed: number): Promise<Outcome> {
  const run = new Run(seed);
  await inItsWorld(run, () => play(run));
  const hash = createHash('sha256').update(run.trace.join('\n')).digest('hex').slice(0, 16);
  return {
    seed,
    faults: [...run.watch.faults, ...run.faults],
    trace: run.trace,
    hash,
    changes: run.ledger.made.length,
  };
}

/** Alone in the process: a run takes the place of clocks, timers and chance while it lasts. */
export async function inItsWorld(run: Run, playing: () => Promise<void>): Promise<void> {
  const uninstall = run.world.install();
  // Dexie says at length what it does about faults that are meant
  const { warn } = console;
  console.warn = () => undefined;
  const onRejection = (reason: unknown) =>
    run.faults.push(`nobody caught ${reason instanceof Error ? (reason.stack ?? '') : String(reason)}`);
  process.on('unhandledRejection', onRejection);
  try {
    await playing();
  } catch (error) {
    run.faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    for (const device of run.devices) device.die();
    await run.server.end();
    // what is still planned for now belongs to this run, not to the next
    await run.world.until(() => false, 10_000).catch(() => undefined);
    process.off('unhandledRejection', onRejection);
    uninstall();
    console.warn = warn;
  }
}

async function play(run: Run): Promise<void> {
  await run.setUp();
  run.say(`${String(run.devices.length)} devices; ${[...run.scenario.faults].join(' ')}`);
  run.makeWeather();
  planActions(run);
  await run.pass(run.scenario.lasts);
  await run.makePeace();
  if (!(await comeToRest(run)))
    run.faults.push(`no rest: ${run.devices.map((device) => stateOf(run, device)).join('; ')}`);
  // the screens hear of the last commit a moment later
  await run.pass(1_000);
  await run.world.during(run.endPast());
  run.faults.push(...finalFaults(run));
}

/** Everything sent, everything pulled, on every phone: within an hour of peace, or something is stuck. */
async function comeToRest(run: Run): Promise<boolean> {
  for (let round = 0; round < 12; round += 1) {
    await run.admitStrangers();
    await run.approveSilent();
    await run.world.during(run.watch.catchUp());
    for (const device of run.devices) device.tab?.sync.nudge('asked');
    const isResting = () => run.isIdle && run.devices.every((device) => run.isGone(device) || isUpToDate(run, device));
    if (await run.pass(round < 8 ? minute : 10 * minute, isResting)) {
      const { headSeq } = run;
      await run.world.during(run.watch.catchUp());
      if (run.headSeq === headSeq) return true;
    }
  }
  return false;
}

export function isUpToDate(run: Run, device: SimDevice): boolean {
  const { live, sync, outbox, membership } = device;
  if (membership.state !== 'member') return membership.state === 'wiped';
  if (live === undefined || sync?.filling !== null) return false;
  if (run.revoked.has(device)) return false;
  if (outbox.some(({ state }) => state === 'unsent' || state === 'again' || state === 'carried')) return false;
  // a past that was copied back has its old epoch, and may have grown as long as the one that the phone knows
  const isPresent = live.epoch === run.watch.model.epoch && live.head?.hash === run.watch.model.hashAt(run.headSeq);
  return live.complete && live.cursor === run.headSeq && isPresent;
}

function stateOf(run: Run, device: SimDevice): string {
  const { live, sync, outbox, membership, tab } = device;
  const waiting = outbox.filter(({ state }) => state === 'unsent' || state === 'again' || state === 'carried').length;
  return `${device.name} ${membership.state} ${tab?.sync.status.get().connection ?? 'closed'}, ${String(waiting)} unsent, cursor ${String(live?.cursor)} of ${String(run.headSeq)}${sync?.filling === null ? '' : ', filling'}`;
}
