import type { Millis } from '../../src/domain/time.ts';
import { contradictLog, people, reportTask, writeLog, type Weighted } from './actions.ts';
import { backUp, clonePhone, failures, putBack } from './failures.ts';
import { breakForGood, handOvers } from './hand-overs.ts';
import { quietFaults } from './quiet-checks.ts';
import type { Run } from './run.ts';
import type { Chance } from './support/chance.ts';

/** Plans what happens when, over the time that the run lasts. */
export function planActions(run: Run): void {
  const chance = run.chance.fork('actions');
  const choices = [...people, ...failures, ...handOvers].filter(({ needs }) => needs === undefined || run.has(needs));
  const sum = choices.reduce((total, { weight }) => total + weight, 0);
  for (let at = 0; at < run.scenario.actions; at += 1) {
    let left = chance.next() * sum;
    const chosen = choices.find(({ weight }) => (left -= weight) < 0) ?? choices[0];
    const when: Millis = chance.next() * run.scenario.lasts;
    const own = chance.fork(`action ${String(at)}`);
    run.world.after(when, () => run.due.push(() => perform(run, own, chosen)));
  }
  if (run.has('loss')) planLoss(run, run.chance.fork('loss'));
  if (run.has('twins')) planClone(run, run.chance.fork('clone'));
}

/** A phone is cloned, and both go on under one name, one of them doing more than the other. */
function planClone(run: Run, chance: Chance): void {
  const clonedAt = run.scenario.lasts * (0.1 + 0.5 * chance.next());
  run.world.after(clonedAt, () =>
    run.due.push(async () => {
      const device = chance.pick(run.devices);
      if (device.tab === null || run.isGone(device)) return;
      run.say(`${device.name} is cloned`);
      await clonePhone(run, device);
      for (const each of [device, ...device.twins])
        for (let left = chance.between(1, 4); left > 0; left -= 1)
          run.world.after(chance.next() * 20_000, () => run.due.push(() => writeLog(run, chance, each)));
    }),
  );
}

/** In the midst of the work the server loses what came since its last backup: what was accepted, and what was refused. */
function planLoss(run: Run, chance: Chance): void {
  const { lasts } = run.scenario;
  const withNewEpoch = chance.happens(0.5);
  const backedUpAt = lasts * (0.1 + 0.2 * chance.next());
  const lostAt = lasts * (0.6 + 0.2 * chance.next());
  run.world.after(backedUpAt, () => run.due.push(() => backUp(run)));
  run.world.after(lostAt, () => run.due.push(() => loseSince(run, chance, withNewEpoch)));
  const work = [contradictLog, contradictLog, contradictLog, reportTask, reportTask];
  for (const [at, action] of work.entries()) {
    const own = chance.fork(`action ${String(at)}`);
    run.world.after(backedUpAt + chance.next() * (lostAt - backedUpAt), () =>
      run.due.push(() => perform(run, own, { weight: 1, action })),
    );
  }
}

/** Sometimes with the phone of who made it: then others alone still have it. */
async function loseSince(run: Run, chance: Chance, withNewEpoch: boolean): Promise<void> {
  const backup = run.backups.at(-1);
  if (backup === undefined) return;
  if (chance.happens(0.5)) breakForGood(run, chance, chance.pick(run.devices));
  await putBack(run, backup, withNewEpoch);
}

async function perform(run: Run, chance: Chance, chosen: Weighted | undefined): Promise<void> {
  const device = chance.pick(run.devices);
  if (chosen === undefined || run.isGone(device)) return;
  if (device.tab === null && (chance.happens(0.3) || (await run.world.during(device.open())) === null)) return;
  run.say(`${device.name} ${chosen.action.name}`);
  for (const each of run.devices) run.faults.push(...quietFaults(each));
  await chosen.action(run, chance, device);
}
