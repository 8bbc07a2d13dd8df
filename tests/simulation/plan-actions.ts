import type { Millis } from '../../src/domain/time.ts';
import { people, type Weighted } from './actions.ts';
import { failures } from './failures.ts';
import { handOvers } from './hand-overs.ts';
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
}

async function perform(run: Run, chance: Chance, chosen: Weighted | undefined): Promise<void> {
  const device = chance.pick(run.devices);
  if (chosen === undefined || run.isGone(device)) return;
  if (device.tab === null && (chance.happens(0.3) || (await run.world.during(device.open())) === null)) return;
  run.say(`${device.name} ${chosen.action.name}`);
  await chosen.action(run, chance, device);
}
