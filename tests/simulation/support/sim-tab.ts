import type { Shown } from '../../../src/domain/ports/records.ts';
import { openStorage, type Storage } from '../../support/open-storage.ts';
import { createSync, type RunningSync } from '../../../src/sync/create-sync.ts';
import type { Timer } from '../../../src/sync/timer.ts';
import { FakePage } from '../../sync/support/fake-page.ts';
import { DiskUse } from './disk.ts';
import type { SimDevice } from './sim-device.ts';
import { origin } from './sim-server.ts';
// Loaded before a run begins: virtual time does not wait for a module.
import '../../../src/storage/adopt-membership.ts';
import '../../../src/storage/sync-store.ts';

/** A page of a phone: the shipped storage and the shipped engine, given ports that can be cut off. */
export class SimTab {
  readonly name: string;
  readonly device: SimDevice;
  readonly use: DiskUse;
  readonly storage: Storage;
  readonly sync: RunningSync;
  readonly page: FakePage;
  /** What its screens show of tasks and log, as the live reads told it. */
  readonly seen = new Map<string, readonly Shown<'task' | 'log'>[]>();
  readonly #life = new AbortController();
  readonly #channel: { freeze(): void };

  /** Null where the storage could not be opened, or the page was gone before. */
  static async open(device: SimDevice, name: string): Promise<SimTab | null> {
    const use = new DiskUse();
    const clock = device.clock();
    const storage = await openStorage({
      name: device.disk.name,
      clock,
      random: device.randomness(`${name} storage`),
      crypto: device.around.crypto,
      indexedDb: use.indexedDb(device.disk),
    });
    if (!storage.ok) {
      device.around.say(`${name} not opened: ${storage.error.tag}`);
      return null;
    }
    return new SimTab(device, name, use, storage.value, clock);
  }

  private constructor(
    device: SimDevice,
    name: string,
    use: DiskUse,
    storage: Storage,
    clock: ReturnType<SimDevice['clock']>,
  ) {
    const { around } = device;
    this.device = device;
    this.name = name;
    this.use = use;
    this.storage = storage;
    this.page = new FakePage();
    const channel = device.channels.open();
    this.#channel = channel;
    use.onFall = () => {
      around.say(`${name} falls`);
      this.die();
    };
    const { network } = around;
    const never = new Promise<void>(() => undefined);
    this.sync = createSync({
      store: storage.syncStore,
      membership: storage.device.membership,
      plans: storage.incidentPlans,
      clock,
      random: device.randomness(`${name} engine`),
      origin,
      deviceName: () => device.name,
      fetch: network.fetchFor({
        isDeaf: () => this.dead || device.isAsleep,
        hears: () => (this.dead ? never : device.awake().then(() => (this.dead ? never : undefined))),
        hasSignal: () => device.hasSignal,
        say: (what) => around.say(`${name} ${what}`),
      }),
      timer: this.#timer(),
      locks: device.locks.manager(this),
      channel,
      page: this.page,
      eraseApp: () => Promise.resolve(),
    });
    void this.sync.start(this.#life.signal);
    for (const kind of ['task', 'log'] as const) {
      storage.records.watchPrefix(kind, '').subscribe(
        (rows) => this.seen.set(kind, rows),
        () => this.seen.delete(kind),
      );
    }
  }

  get dead(): boolean {
    return this.use.dead;
  }

  /** The page is gone from one moment to the next: killed, crashed, its phone without power. */
  die(): void {
    if (this.dead) return;
    this.use.die();
    this.device.tabs = this.device.tabs.filter((tab) => tab !== this);
    this.#channel.freeze();
    this.device.locks.leave(this);
    this.#life.abort();
    this.storage.close();
  }

  #timer(): Timer {
    const { device } = this;
    const { world } = device.around;
    return {
      wait: (ms, signal) =>
        new Promise((resolve) => {
          if (signal.aborted) return resolve();
          const end = () => {
            cancel();
            signal.removeEventListener('abort', end);
            resolve();
          };
          const cancel = world.after(ms, () => {
            if (!device.isAsleep) return end();
            void device.awake().then(end);
          });
          signal.addEventListener('abort', end);
        }),
    };
  }
}
