import type { Clock, Randomness } from '../../../src/domain/ports/sync-store.ts';
import type { Membership } from '../../../src/domain/ports/device.ts';
import type { Millis } from '../../../src/domain/time.ts';
import type { BundleRow, OutboxRow, OwnRow, ReplicaRow, StoredRecord, SyncRow } from '../../../src/storage/rows.ts';
import { FakeChannels } from '../../sync/support/fake-channel.ts';
import { FakeLocks } from '../../sync/support/fake-locks.ts';
import type { Chance } from './chance.ts';
import { Disk } from './disk.ts';
import { knownCrypto } from './known-keys.ts';
import type { Network } from './network.ts';
import { SimTab } from './sim-tab.ts';
import { beginning, type VirtualWorld } from './virtual-world.ts';

/** What all devices of a run share. */
export type Surroundings = {
  readonly world: VirtualWorld;
  readonly network: Network;
  readonly crypto: Crypto;
  /** Notes what happened, for the trace of the run. */
  readonly say: (what: string) => void;
};

export function surroundings(world: VirtualWorld, network: Network, chance: Chance, say: (what: string) => void) {
  return { world, network, say, crypto: knownCrypto(chance) };
}

/** A phone: one disk, one pair of clocks, any number of pages. */
export class SimDevice {
  readonly name: string;
  readonly around: Surroundings;
  readonly disk: Disk;
  readonly locks = new FakeLocks();
  readonly channels = new FakeChannels();
  readonly chance: Chance;
  /** Its wall clock against true time. */
  wrongBy: Millis = 0;
  /** Ms that its wall clock gains in each second. */
  drift = 0;
  /** The devices whose disk this one began as a copy of, and those that began as a copy of it. */
  readonly twins = new Set<SimDevice>();
  /** False where no server can be reached from. */
  hasSignal = true;
  tabs: SimTab[] = [];
  #asleepUntil: Millis = 0;
  #slept: Millis = 0;
  #opened = 0;

  constructor(name: string, around: Surroundings, chance: Chance, disk = new Disk(name)) {
    this.name = name;
    this.around = around;
    this.chance = chance;
    this.disk = disk;
  }

  /** Opens a page; null where the storage could not be opened. */
  async open(): Promise<SimTab | null> {
    this.#opened += 1;
    const tab = await SimTab.open(this, `${this.name}.${String(this.#opened)}`);
    if (tab !== null) this.tabs.push(tab);
    return tab;
  }

  /** A page that is open and seen. */
  get tab(): SimTab | null {
    return this.tabs.find((tab) => !tab.dead && tab.page.visible()) ?? this.tabs.find((tab) => !tab.dead) ?? null;
  }

  /** Everything that runs on the phone ends at once. */
  die(): void {
    for (const tab of [...this.tabs]) tab.die();
  }

  clock(): Clock {
    const { world } = this.around;
    const bornAt = this.#awake();
    return {
      now: () => Math.floor(beginning + world.passed * (1 + this.drift / 1000) + this.wrongBy),
      monotonic: () => this.#awake() - bornAt,
    };
  }

  randomness(label: string): Randomness {
    const chance = this.chance.fork(label);
    return { bytes: (length) => chance.bytes(length) };
  }

  /** The monotonic clock stands still, timers and replies wait. */
  sleep(ms: Millis): void {
    const { world } = this.around;
    const from = Math.max(this.#asleepUntil, world.passed);
    this.#slept += ms;
    this.#asleepUntil = from + ms;
  }

  get isAsleep(): boolean {
    return this.sleepsFor > 0;
  }

  get sleepsFor(): Millis {
    return Math.max(0, this.#asleepUntil - this.around.world.passed);
  }

  async awake(): Promise<void> {
    while (this.isAsleep) await this.around.world.pause(this.sleepsFor);
  }

  get membership(): Membership {
    const row = this.#own('membership') as { readonly value: Membership } | undefined;
    return row?.value ?? { state: 'new' };
  }

  get sync(): SyncRow | undefined {
    return this.#own('sync') as SyncRow | undefined;
  }

  /** The replica that the screens show. */
  get live(): ReplicaRow | undefined {
    const number = this.sync?.live;
    return (this.disk.rows('replicas') as readonly ReplicaRow[]).find((each) => each.number === number);
  }

  get bundles(): readonly BundleRow[] {
    return this.disk.rows('bundles') as readonly BundleRow[];
  }

  get outbox(): readonly OutboxRow[] {
    return this.disk.rows('outbox') as readonly OutboxRow[];
  }

  get records(): readonly StoredRecord[] {
    const number = this.sync?.live;
    return (this.disk.rows('records') as readonly StoredRecord[]).filter(({ replica }) => replica === number);
  }

  #own(name: string): OwnRow | undefined {
    return (this.disk.rows('own') as readonly OwnRow[]).find((each) => each.name === name);
  }

  #awake(): Millis {
    const { passed } = this.around.world;
    return Math.min(passed, passed - this.#slept + Math.max(0, this.#asleepUntil - passed));
  }
}
