import { expect } from 'vitest';
import type { JournalEntry } from '../../../src/domain/sync/protocol.ts';
import type { ModelJournal } from '../../simulation/model/model-journal.ts';
import { eachRound, tellFigures } from '../../support/rounds.ts';
import { seededNumbers } from '../../support/seeded-random.ts';
import type { Cluster } from '../support/cluster.ts';
import { bodyOf } from '../support/open-server.ts';
import { runServer } from '../support/server-process.ts';
import { pause } from '../support/set-up.ts';
import type { OracleDevice } from './device.ts';
import { fateFaults, holdingFaults } from './final-checks.ts';
import { beginToLoseCommits, takeLostCommits } from './lost-commits.ts';
import { Happenings } from './happenings.ts';
import { Oracle } from './oracle.ts';
import { startTeam, type Team } from './team.ts';

type Work = { readonly reaching: readonly OracleDevice[]; readonly answered: number; readonly cutOff: number };

/**
 * Twenty devices push at random, one server is killed every few batches, and what is left is judged after each kill. Nothing may be lost,
 * doubled or told otherwise than protocol.md says.
 */
export async function judgeKills(on: Cluster, what: string): Promise<void> {
  const team = await startTeam(on);
  const { lead, devices } = team;
  const sum = { answered: 0, 'cut off': 0 };
  let lost = 0;
  await Promise.all(devices.map((device) => device.settle()));
  const oracle = new Oracle(lead.phone.epoch ?? '');
  await judge(oracle, team);
  if (on.database !== undefined) await beginToLoseCommits(on.database);

  const happenings = new Happenings(on, team, oracle);
  await eachRound(what, async (seed, round) => {
    const below = seededNumbers(seed + 1_000_000);
    await happenings.before(round, below);
    const { reaching, answered, cutOff } = await workThroughKill(team, on, seed);
    sum.answered += answered;
    sum['cut off'] += cutOff;
    if (on.database !== undefined) lost += await takeLostCommits(on.database);
    for (const device of reaching) await device.settle();
    await happenings.after(below);
    // those that settled first have not seen what came after
    for (const device of reaching) await device.settle();
    await judge(oracle, team);
    const holding = reaching.flatMap((device) => holdingFaults(oracle.model, device));
    expect([...oracle.faults, ...holding]).toEqual([]);
  });

  for (const device of devices) await device.finish();
  for (const device of devices) await device.settle();
  await judge(oracle, team);
  const { model, faults } = oracle;
  const holding = devices.flatMap((device) => holdingFaults(model, device));
  expect([...faults, ...holding, ...fateFaults(model, devices)]).toEqual([]);

  await on.stop('SIGTERM');
  expect(await runServer(on.envs[0] ?? {}, 'verify')).toMatchObject({
    code: 0,
    out: expect.stringContaining(`${String(model.seq)} entries verify`) as string,
  });
  tellFigures(what, {
    ...sum,
    ...(lost === 0 ? {} : { 'commits lost': lost }),
    ...happenings.counts,
    ...countsOf(team, model),
  });
}

class Answers {
  count = 0;
  #waiting: (() => void) | null = null;
  #until = 0;

  add(): void {
    this.count += 1;
    if (this.count >= this.#until) this.#waiting?.();
  }

  /** Resolves after so many more. */
  further(more: number): Promise<void> {
    this.#until = this.count + more;
    return new Promise((resolve) => (this.#waiting = resolve));
  }
}

/** Devices push until some batches were answered, a server is killed, and those that still reach one go on for a while. */
async function workThroughKill({ devices }: Team, on: Cluster, seed: number): Promise<Work> {
  const below = seededNumbers(seed);
  for (const device of devices) device.goTo(below(2));
  const reaching = devices.filter(
    (device, at) => below(5) > 0 || (device.workAlone(seededNumbers(seed * 64 + at)), false),
  );
  const answers = new Answers();
  let ended = false;
  const working = Promise.all(
    reaching.map((device, at) =>
      device.work(
        seededNumbers(seed * 64 + 32 + at),
        () => ended,
        () => answers.add(),
      ),
    ),
  );
  await Promise.race([working, answers.further(4 + below(9))]);
  await pause(below(30));
  await on.end(below(on.envs.length), 'SIGKILL');
  const cutOff = reaching.filter(({ isWaiting }) => isWaiting).length;
  if (on.living.length > 0) await Promise.race([working, answers.further(4 + below(9))]);
  ended = true;
  await working;
  await on.startAgain();
  return { reaching, answered: answers.count, cutOff };
}

/** Reads on what was written and has it judged with all that was sent meanwhile. */
async function judge(oracle: Oracle, { lead, devices }: Team): Promise<void> {
  const entries: JournalEntry[] = [];
  for (let more = true; more;) {
    const after = oracle.model.seq + entries.length;
    const reply = await lead.call('GET', `/api/journal?after=${String(after)}`);
    const page = bodyOf(reply) as unknown as { readonly entries: readonly JournalEntry[]; readonly more: boolean };
    entries.push(...page.entries);
    more = page.more;
  }
  const known = devices.map(({ phone, revoked }) => [phone.device, { person: phone.person, ...revoked }] as const);
  oracle.model.devices = new Map(known);
  oracle.follow(
    entries,
    devices.flatMap((device) => device.takePushes()),
  );
}

/** What the random choices came to: a run without conflicts and refusals would show little. */
function countsOf({ devices }: Team, model: ModelJournal) {
  const verdicts = devices.flatMap(({ told }) => [...told.values()]);
  const codes = verdicts.flatMap(({ reason }) => (reason === undefined ? [] : [reason.code]));
  const conflicts = new Set(model.entries.flatMap(({ kind, key }) => (kind === 'conflict' ? [key] : [])));
  const counts = { entries: model.seq, conflicts: conflicts.size };
  return codes.reduce<Record<string, number>>((sum, code) => ({ ...sum, [code]: (sum[code] ?? 0) + 1 }), counts);
}
