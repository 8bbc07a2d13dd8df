import type { Way } from '../../src/domain/ports/hand-over.ts';
import type { HandOver as Text } from '../../src/domain/sync/bundle.ts';
import type { SentChange } from '../../src/domain/sync/protocol.ts';
import { minute } from '../../src/domain/time.ts';
import { reportTask, writeLog, type Action } from './actions.ts';
import type { Run } from './run.ts';
import type { Fault } from './scenario.ts';
import type { Chance } from './support/chance.ts';
import type { SimDevice } from './support/sim-device.ts';
import type { SimTab } from './support/sim-tab.ts';

/** What a phone took over, and answers for from then on. */
export type TakenOver = { readonly by: SimDevice; readonly changes: readonly SentChange[] };

/** Phones without a server in reach, whose people hand over what they did (protocol.md, Bundles). */
export const handOvers: readonly { readonly weight: number; readonly needs: Fault; readonly action: Action }[] = [
  { weight: 9, needs: 'bundles', action: workApart },
  { weight: 3, needs: 'bundles', action: handOver },
  { weight: 2, needs: 'bundles', action: takeFile },
  { weight: 2, needs: 'bundles', action: loseSignal },
  { weight: 1, needs: 'breaks', action: breakForGood },
  { weight: 8, needs: 'late', action: workOnTop },
];

/** What is done where no server can be reached, and handed to whoever comes by; some hand it on. */
function workApart(run: Run, chance: Chance, device: SimDevice): void {
  loseSignal(run, chance, device);
  for (let count = chance.between(1, 3); count > 0; count -= 1)
    chance.pick([reportTask, reportTask, writeLog])(run, chance, device);
  for (let count = chance.between(1, 2); count > 0; count -= 1)
    run.world.after(chance.between(1_000, 20_000), () => run.due.push(() => handOver(run, chance, device)));
}

/** Shown as codes to a phone beside it, or written to a file that somebody takes later, or nobody. */
function handOver(run: Run, chance: Chance, { tab }: SimDevice): void {
  const to = chance.pick(run.devices).tab;
  const isFile = chance.happens(0.3);
  if (tab !== null && to !== null && to.device !== tab.device) pass(run, tab, to, isFile);
}

function pass(run: Run, tab: SimTab, to: SimTab, isFile: boolean): void {
  void run.spawn(`${tab.name} hands over`, async () => {
    const packed = await (await run.world.during(tab.storage.handOver())).pack();
    if (!packed.ok) return run.say(`${tab.name} packed nothing: ${packed.error.tag}`);
    const { text, own, carried } = packed.value;
    run.say(`${tab.name} packed ${String(own)} and ${String(carried)}`);
    run.handOverFiles.push(text);
    if (!isFile) await take(run, to, text, 'camera');
  });
}

function takeFile(run: Run, chance: Chance, { tab }: SimDevice): void {
  if (tab === null || run.handOverFiles.length === 0) return;
  const text = chance.pick(run.handOverFiles);
  void run.spawn(`${tab.name} takes a file`, () => take(run, tab, text, 'file'));
}

async function take(run: Run, tab: SimTab, text: string, way: Way): Promise<void> {
  const taken = await (await run.world.during(tab.storage.handOver())).take(text, way);
  run.say(`${tab.name} took ${taken.ok ? String(taken.value.news) : taken.error.tag}`);
  if (!taken.ok || tab.dead) return;
  const { bundles } = JSON.parse(text) as Text;
  run.takenOver.push({ by: tab.device, changes: bundles.flatMap(({ changes }) => changes) });
  tab.sync.nudge('wrote');
}

function loseSignal(run: Run, chance: Chance, device: SimDevice): void {
  device.hasSignal = false;
  run.world.after(chance.between(10_000, 2 * minute), () => (device.hasSignal = true));
}

/**
 * Work handed to somebody who had begun before and goes on with it, and whose own clock is behind: what it rests on is judged after it,
 * and seems to be later.
 */
function workOnTop(run: Run, chance: Chance, first: SimDevice): void {
  const second = chance.pick(run.devices);
  if (second === first || run.isGone(second)) return;
  Object.assign(first, { wrongBy: 50_000, hasSignal: false });
  Object.assign(second, { wrongBy: -50_000, hasSignal: false });
  reportTask(run, chance, second);
  const then = (ms: number, action: () => void) => run.world.after(ms, () => run.due.push(action));
  then(2_000, () => reportTask(run, chance, first));
  then(4_000, () => {
    if (first.tab !== null && second.tab !== null) pass(run, first.tab, second.tab, false);
  });
  then(6_000, () => reportTask(run, chance, second));
  then(8_000, () => (second.hasSignal = true));
  then(60_000, () => (first.hasSignal = true));
}

/** What it had handed over is all that is left of its work. */
export function breakForGood(run: Run, _chance: Chance, device: SimDevice): void {
  if (device === run.founder) return;
  device.die();
  run.broken.add(device);
}
