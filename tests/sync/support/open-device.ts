import { createSync, type RunningSync } from '../../../src/sync/create-sync.ts';
import type { SyncStore, DeviceKey } from '../../../src/domain/ports/sync-store.ts';
import type { Result } from '../../../src/domain/result.ts';
import { openPhone, type Phone } from '../../storage/support/open-phone.ts';
import { seededRandom, server as origin } from '../../storage/support/phone-parts.ts';
import { deviceOfKey, type ModelNetwork } from './model-network.ts';
import { FakeChannels } from './fake-channel.ts';
import { FakeLocks } from './fake-locks.ts';
import { FakePage } from './fake-page.ts';
import type { VirtualTime } from './virtual-time.ts';

export { origin };

/** What the tabs and the worker of one phone have in common. */
export type Device = {
  readonly phone: Phone;
  readonly store: SyncStore;
  readonly locks: FakeLocks;
  readonly channels: FakeChannels;
};

export type Tab = {
  readonly sync: RunningSync;
  readonly page: FakePage;
  /** As the system freezes a tab in the background: it hears nothing, gets no reply, and keeps its lock. */
  freeze(): void;
  readonly end: AbortController;
  /** Settles when every job of the tab has ended. */
  readonly ended: Promise<void>;
  readonly erased: () => number;
  readonly leftBehind: () => number;
};

export async function openDevice(time: VirtualTime, clockWrongBy = 0): Promise<Device> {
  const clock = time.clock(clockWrongBy);
  const phone = await openPhone({ clock: Object.assign(clock, { wall: 0, awake: 0, advance: () => undefined }) });
  return { phone, store: watched(phone.syncStore, time), locks: new FakeLocks(), channels: new FakeChannels() };
}

let tabs = 0;

export function openTab(device: Device, network: ModelNetwork, time: VirtualTime, withLocks = true): Tab {
  const page = new FakePage();
  const channel = device.channels.open();
  let erased = 0;
  let leftBehind = 0;
  let frozen = false;
  const parts = contextParts(device, network, time, withLocks);
  const sync = createSync({
    ...parts,
    fetch: (input, init) => (frozen ? untilAborted(init?.signal) : parts.fetch(input, init)),
    channel: withLocks ? channel : null,
    membership: device.phone.device.membership,
    plans: device.phone.incidentPlans,
    page,
    eraseApp: () => {
      erased += 1;
      return Promise.resolve();
    },
    onLeftBehind: () => (leftBehind += 1),
  });
  const end = new AbortController();
  const freeze = () => {
    frozen = true;
    channel.freeze();
  };
  const ended = sync.start(end.signal);
  return { sync, page, freeze, end, ended, erased: () => erased, leftBehind: () => leftBehind };
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_resolve, reject) => {
    const leave = () => reject(new DOMException('gone', 'AbortError'));
    if (signal?.aborted === true) leave();
    else signal?.addEventListener('abort', leave);
  });
}

/** What a tab and a service worker of the device both need. */
export function contextParts(device: Device, network: ModelNetwork, time: VirtualTime, withLocks = true) {
  return {
    store: device.store,
    clock: device.phone.clock,
    random: seededRandom((tabs += 1)),
    origin,
    deviceName: () => 'Test phone',
    fetch: network.fetch,
    timer: time,
    locks: withLocks ? device.locks.manager() : null,
    eraseApp: () => Promise.resolve(),
  };
}

/** The store, with every call counted as something that happens, and every key known to the model network. */
function watched(store: SyncStore, time: VirtualTime): SyncStore {
  const keyed = async (made: Promise<Result<DeviceKey | null, never>>) => {
    const result = await time.during(made);
    if (!result.ok || result.value === null) return result;
    const { value: key } = result;
    deviceOfKey.set(key.publicKey.x, key.device);
    return { ...result, value: { ...key, sign: (message: string) => time.during(key.sign(message)) } };
  };
  const keyMakers: ReadonlySet<string> = new Set(['key', 'createKey', 'createNextKey']);
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        const made = (member as (...given: unknown[]) => Promise<never>).apply(target, given);
        return keyMakers.has(String(name)) ? keyed(made) : time.during(made);
      };
    },
  });
}
