import { day, hour, minute } from '../../src/domain/time.ts';
import type { Action } from './actions.ts';
import { remember } from './lost-pasts.ts';
import type { Backup, Run } from './run.ts';
import { jump, type Fault } from './scenario.ts';
import type { Chance } from './support/chance.ts';
import { Disk } from './support/disk.ts';
import { SimDevice } from './support/sim-device.ts';

/** What goes wrong with phones and servers; the network has weather of its own. */
export const failures: readonly { readonly weight: number; readonly needs: Fault; readonly action: Action }[] = [
  { weight: 3, needs: 'jumps', action: jumpClock },
  { weight: 4, needs: 'falls', action: planFall },
  { weight: 2, needs: 'kills', action: killPages },
  { weight: 3, needs: 'power', action: cutPower },
  { weight: 3, needs: 'tabs', action: openOrCloseTab },
  { weight: 3, needs: 'hiding', action: hideOrShow },
  { weight: 2, needs: 'sleep', action: fallAsleep },
  { weight: 1, needs: 'nights', action: sleepAll },
  { weight: 2, needs: 'server-crash', action: crashServer },
  { weight: 4, needs: 'restore', action: backUpOrRestore },
  { weight: 4, needs: 'restore-by-hand', action: backUpOrCopyBack },
  { weight: 1, needs: 'revoke', action: revoke },
  { weight: 2, needs: 'room', action: fillDisk },
  { weight: 3, needs: 'connections', action: dropConnections },
  { weight: 2, needs: 'server-clock', action: setServerClock },
  { weight: 2, needs: 'years', action: letTimePass },
];

function jumpClock(_run: Run, chance: Chance, device: SimDevice): void {
  device.wrongBy = chance.happens(0.3) ? 0 : device.wrongBy + jump(chance);
}

function planFall(_run: Run, chance: Chance, { tab }: SimDevice): void {
  const when = chance.pick(['before', 'after'] as const);
  tab?.use.plan({ transaction: chance.between(1, 6), when, puts: chance.below(4) });
}

function killPages(_run: Run, _chance: Chance, device: SimDevice): void {
  device.die();
}

/**
 * The power goes some transactions after the next strictly durable one: what was only relaxed since then is lost (reliability.md 12, 27).
 */
function cutPower(run: Run, chance: Chance, device: SimDevice): void {
  let left = chance.between(1, 4);
  let kept: ReturnType<SimDevice['disk']['copy']> | null = null;
  for (const { use } of device.tabs) {
    use.onCommit = (durability) => {
      if (durability === 'strict') kept = device.disk.copy();
      else if (kept !== null) left -= 1;
      if (left > 0 || kept === null) return;
      left = Number.POSITIVE_INFINITY;
      run.say(`${device.name} loses power`);
      device.die();
      device.disk.factory = kept;
    };
  }
}

async function openOrCloseTab(run: Run, chance: Chance, device: SimDevice): Promise<void> {
  if (device.tabs.length > 1 && chance.happens(0.5)) chance.pick(device.tabs).die();
  else if (device.tabs.length < 3) await run.world.during(device.open());
}

function hideOrShow(_run: Run, chance: Chance, device: SimDevice): void {
  const tab = chance.pick(device.tabs);
  tab.page.show(!tab.page.visible());
}

function fallAsleep(_run: Run, chance: Chance, device: SimDevice): void {
  device.sleep(chance.pick([5_000, minute, 20 * minute]));
}

/** Everybody sleeps, tokens end, and all wake up in the same moment (reliability.md 37). */
function sleepAll(run: Run, chance: Chance): void {
  const night = chance.pick([hour, 9 * hour, 3 * day, 100 * day]);
  for (const device of run.devices) device.sleep(night);
}

async function crashServer(run: Run, chance: Chance): Promise<void> {
  if (!run.server.isUp) return;
  await run.world.during(run.server.crash());
  const away = chance.pick([0, 2_000, 30_000, 2 * minute]);
  run.world.after(away, () => run.due.push(() => run.world.during(run.server.start())));
}

function backUpOrRestore(run: Run, chance: Chance): Promise<void> {
  return backUpOr(run, chance, true);
}

function backUpOrCopyBack(run: Run, chance: Chance): Promise<void> {
  return backUpOr(run, chance, false);
}

async function backUpOr(run: Run, chance: Chance, withNewEpoch: boolean): Promise<void> {
  if (run.backups.length === 0 || chance.happens(0.5)) await backUp(run);
  else await putBack(run, chance.pick(run.backups), withNewEpoch);
}

export async function backUp(run: Run): Promise<void> {
  if (!run.server.isUp) return;
  await run.world.during(run.watch.catchUp());
  const file = await run.world.during(run.server.backup());
  run.backups.push({ file, model: run.watch.model.copy() });
  run.watch.model.safeSeq = run.watch.model.seq;
}

/** The server loses all that came since. */
export async function putBack(run: Run, backup: Backup, withNewEpoch: boolean): Promise<void> {
  if (!run.server.isUp) return;
  await run.world.during(run.watch.catchUp());
  await run.world.during(run.endPast());
  run.remembered = remember(run);
  await run.world.during(run.server.restore(backup.file, withNewEpoch));
  run.watch.model = backup.model.copy();
  await run.world.during(run.watch.catchUp());
}

async function revoke(run: Run, chance: Chance, device: SimDevice): Promise<void> {
  const { membership } = device;
  if (device === run.founder || membership.state !== 'member' || !run.server.isUp || run.watch.reader === null) return;
  // a clone has the same name, and would be revoked with it
  if (device.twins.size > 0) return;
  const mode = chance.pick(['lost', 'leaver'] as const);
  await run.world.during(
    run.server.journal.revoke(run.watch.reader.workspace, membership.device, mode, run.server.now()),
  );
  run.revoked.set(device, mode);
}

function fillDisk(run: Run, chance: Chance, device: SimDevice): void {
  for (const { use } of device.tabs) use.full = true;
  run.world.after(chance.between(1_000, minute), () => {
    for (const { use } of device.tabs) use.full = false;
  });
}

function dropConnections(_run: Run, chance: Chance, { tab }: SimDevice): void {
  if (tab !== null) tab.use.broken = chance.between(1, 6);
}

function setServerClock(run: Run, chance: Chance): void {
  run.server.wrongBy += jump(chance);
}

/** A system's backup of the phone is put on another one, and both go on under one name. */
export async function clonePhone(run: Run, device: SimDevice): Promise<void> {
  if (device.membership.state !== 'member' || run.revoked.has(device) || run.devices.length > 6) return;
  const name = `${device.name}+${String(device.twins.size)}`;
  const disk = new Disk(name, device.disk.copy(name));
  const twin = new SimDevice(name, run.around, run.chance.fork(`device ${name}`), disk);
  Object.assign(twin, { wrongBy: device.wrongBy, drift: device.drift });
  twin.sleep(device.sleepsFor);
  for (const each of [device, ...device.twins]) {
    each.twins.add(twin);
    twin.twins.add(each);
  }
  run.devices.push(twin);
  await run.world.during(twin.open());
}

/** Long enough for phones to tidy away what they need not keep. */
function letTimePass(run: Run, chance: Chance): void {
  const time = chance.pick([80, 100, 400]) * day;
  for (const device of run.devices) device.sleep(time);
  run.world.leap(time);
}
