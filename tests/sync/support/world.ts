import { afterEach } from 'vitest';
import type { DeviceId } from '../../../src/domain/ids.ts';
import { taskDraft } from '../../storage/support/drafts.ts';
import { valueOf } from '../../storage/support/phone-parts.ts';
import { ModelNetwork } from './model-network.ts';
import { openDevice, openTab, type Device, type Tab } from './open-device.ts';
import { VirtualTime } from './virtual-time.ts';

let opened: { readonly tab: Tab; readonly device: Device }[] = [];

afterEach(async () => {
  for (const { tab } of opened) tab.end.abort();
  await Promise.all(opened.map(({ tab }) => tab.ended));
  for (const { device } of opened) device.phone.close();
  opened = [];
});

/** One server, one network and one time, for all phones of a test. */
export type World = { readonly time: VirtualTime; readonly network: ModelNetwork };

export function newWorld(): World {
  const time = new VirtualTime();
  return { time, network: new ModelNetwork(time) };
}

/** Opens a tab that the end of the test closes. */
export function tabOf(device: Device, { network, time }: World, withLocks = true): Tab {
  const tab = openTab(device, network, time, withLocks);
  opened.push({ tab, device });
  return tab;
}

/** A phone with one open tab that joined the workspace. */
export async function member(world: World, person = 'ana') {
  const device = await openDevice(world.time);
  const tab = tabOf(device, world);
  const invite = joinCodeFor(person);
  world.network.codes.set(invite, { person, device: null });
  valueOf(await tab.sync.join(invite, null, 'Phone'));
  await world.time.until(() => tab.sync.status.get().connection === 'online', 'online');
  return { device, tab, records: device.phone.records };
}

export const isSent = (tab: Tab) => () => {
  const { unsent, connection } = tab.sync.status.get();
  return unsent === 0 && connection === 'online';
};

/** Starts tasks on a phone, as a screen does: on disk first, then the engine is told. */
export async function tick(device: Device, tab: Tab, ...codes: string[]): Promise<readonly string[]> {
  const saved = valueOf(await device.phone.records.write(codes.map((each) => taskDraft(each, 'in-progress'))));
  tab.sync.nudge('wrote');
  return saved.map(({ change }) => change);
}

export function deviceIdOf({ network }: World, person: string): DeviceId {
  const found = [...network.server.people].find(([, each]) => each === person);
  if (found === undefined) throw new Error(`${person} has no device`);
  return found[0];
}

/** A code of its own for each person, in the letters of codes. */
function joinCodeFor(person: string): string {
  return `7K3MQ0RSTVWX${person.toUpperCase().replace(/[ILOU]/g, 'X')}`;
}
