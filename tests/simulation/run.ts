import { mustBeApproved } from '../../sync-server/long-silence.ts';
import type { AccessLevel } from '../../src/domain/access/access.ts';
import type { PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import { hour, minute, type Millis } from '../../src/domain/time.ts';
import type { TakenOver } from './hand-overs.ts';
import { Ledger } from './ledger.ts';
import type { Remembered } from './lost-pasts.ts';
import { JournalWatch } from './model/journal-watch.ts';
import type { ModelJournal } from './model/model-journal.ts';
import { scenarioOf, weatherOf, wrongness, type Fault, type Scenario } from './scenario.ts';
import { Chance } from './support/chance.ts';
import { calm, Network } from './support/network.ts';
import { SimDevice, surroundings, type Surroundings } from './support/sim-device.ts';
import { setupCode, SimServer } from './support/sim-server.ts';
import type { SimTab } from './support/sim-tab.ts';
import { VirtualWorld } from './support/virtual-world.ts';

export type Backup = { readonly file: string; readonly model: ModelJournal };

/** One seed, one run: everything in it, from the first phone to the last check. */
export class Run {
  readonly chance: Chance;
  readonly scenario: Scenario;
  readonly world: VirtualWorld;
  readonly server: SimServer;
  readonly network: Network;
  readonly watch = new JournalWatch();
  readonly ledger = new Ledger();
  readonly devices: SimDevice[] = [];
  readonly around: Surroundings;
  readonly trace: string[] = [];
  readonly faults: string[] = [];
  readonly backups: Backup[] = [];
  /** Devices that were reported lost or leaving: what they had not sent may be gone. */
  readonly revoked = new Map<SimDevice, 'lost' | 'leaver'>();
  /** Phones that nobody will ever start again. */
  readonly broken = new Set<SimDevice>();
  readonly handOverFiles: string[] = [];
  readonly takenOver: TakenOver[] = [];
  /** What phones knew when the server last lost its past. */
  remembered: readonly Remembered[] = [];
  /** What waits to be done when nothing else is under way. */
  readonly due: (() => Promise<void> | void)[] = [];
  readonly #under = new Set<Promise<void>>();

  /** `scenario`: a certain one, in place of what the seed draws. */
  constructor(seed: number, scenario?: Scenario) {
    this.chance = new Chance(`seed ${String(seed)}`);
    this.scenario = scenario ?? scenarioOf(this.chance.fork('scenario'));
    this.world = new VirtualWorld(this.chance.fork('hidden'));
    this.server = new SimServer(this.world, this.chance.fork('server'));
    this.server.watch = (journal) => this.watch.wrap(journal);
    if (this.has('pages')) this.watch.pageRecords = this.chance.fork('pages').between(1, 4);
    this.network = new Network(this.world, this.server, this.chance.fork('network'));
    this.network.nudges = this.has('live');
    this.around = surroundings(this.world, this.network, this.chance.fork('keys'), (what) => this.say(what));
  }

  has(fault: Fault): boolean {
    return this.scenario.faults.has(fault);
  }

  say(what: string): void {
    this.trace.push(`${String(Math.round(this.world.passed))} ${what}`);
  }

  /** Does it beside everything else; a throw is a bug. */
  spawn(what: string, work: () => Promise<void>): Promise<void> {
    const done = work().catch((error: unknown) => {
      this.faults.push(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
    this.#under.add(done);
    void done.finally(() => this.#under.delete(done));
    return done;
  }

  /** Lets time pass, and does what falls due, each thing when nothing else is under way. False: `holds` did not come true. */
  async pass(ms: Millis, holds: () => boolean = () => false): Promise<boolean> {
    const end = this.world.lived + ms;
    for (;;) {
      const left = end - this.world.lived;
      await this.world.until(() => this.due.length > 0 || holds(), left);
      const next = this.due.shift();
      if (next === undefined) return holds();
      await next();
    }
  }

  /** Everything that was begun is over. */
  get isIdle(): boolean {
    return this.#under.size === 0;
  }

  /** Opens the server and the first coordinator's phone, then everybody else's. */
  async setUp(): Promise<void> {
    const { devices: count, people } = this.scenario;
    await this.world.during(this.server.setUp());
    const founder = await this.newDevice('a');
    const founded = await this.#join(founder, setupCode, 'Founder');
    if (!founded) throw new Error('the first coordinator could not join');
    const { membership } = founder;
    if (membership.state !== 'member') throw new Error('the first coordinator is no member');
    const { device, person } = membership;
    this.watch.reader = { workspace: membership.workspace.id as WorkspaceId, device, person };
    await this.watch.catchUp();
    const members: PersonId[] = [person];
    for (let at = 1; at < count; at += 1) {
      const known = at >= people ? this.chance.pick(members) : null;
      const access = this.chance.pick<AccessLevel>([
        'coordinator',
        'coordinator',
        'responder',
        'responder',
        'observer',
      ]);
      const newcomer = await this.newDevice(nameOf(at));
      if (this.has('alone')) await newcomer.tab?.storage.device.startAlone(`Person ${String(at)}`);
      // an invite is a grant too, and the founder must go on reading the journal
      await this.admit(newcomer, known, known === person ? 'coordinator' : access);
      if (newcomer.membership.state === 'member') members.push(newcomer.membership.person);
    }
    await this.watch.catchUp();
    for (const each of this.devices) this.#setClock(each);
  }

  async newDevice(name: string): Promise<SimDevice> {
    const device = new SimDevice(name, this.around, this.chance.fork(`device ${name}`));
    this.devices.push(device);
    await device.open();
    return device;
  }

  /** A coordinator invites the device's person; a person whom the server does not know (any more) is invited by name. */
  async admit(device: SimDevice, person: PersonId | null, access: AccessLevel): Promise<boolean> {
    const host = this.#host;
    if (host === null) return false;
    const ask = (who: { readonly id: PersonId } | { readonly name: string }) =>
      host.sync.server.invite({ person: who, access, roles: [], expiresInDays: 7 });
    const name = `Person ${device.name}`;
    let invite = await this.#finished(ask(person === null ? { name } : { id: person }));
    if (invite?.ok === false && person !== null) invite = await this.#finished(ask({ name }));
    return invite?.ok === true && (await this.#join(device, invite.value.code, null));
  }

  get founder(): SimDevice {
    const [first] = this.devices;
    if (first === undefined) throw new Error('nobody is here');
    return first;
  }

  /** A page of the first coordinator's that the server knows: one that was cloned may be a stranger to a past put back. */
  get #host(): SimTab | null {
    const tabs = [this.founder, ...this.founder.twins].map(({ tab }) => tab);
    return tabs.find((tab) => tab !== null && tab.sync.status.get().connection !== 'needs-code') ?? null;
  }

  /** Weather comes and goes while the run lasts. */
  makeWeather(): void {
    if (!this.has('weather')) return;
    const chance = this.chance.fork('weather');
    const change = () => {
      this.network.weather = weatherOf(chance);
      this.say(`weather ${JSON.stringify(this.network.weather)}`);
      this.world.after(chance.between(5_000, minute), () => this.#isOver || change());
    };
    change();
  }

  #isOver = false;

  /** From here on nothing goes wrong any more. */
  async makePeace(): Promise<void> {
    this.#isOver = true;
    this.network.weather = calm;
    this.say('peace');
    await this.world.during(this.server.start());
    for (const device of this.devices) {
      device.hasSignal = true;
      for (const { use } of device.tabs)
        Object.assign(use, { fall: null, full: false, broken: 0, onCommit: () => undefined });
      if (device.tab === null && !this.isGone(device)) await this.world.during(device.open());
    }
    await this.pass(1000 * 24 * hour, () => this.devices.every((device) => !device.isAsleep));
    for (const device of this.devices) for (const tab of device.tabs) tab.page.show(true);
  }

  /** The journal's last `seq`, as the database has it. */
  get headSeq(): number {
    return this.watch.model.seq;
  }

  /** The past that a server is about to lose, or the last one: its chain must hold. */
  async endPast(): Promise<void> {
    if (this.watch.reader === null || !this.server.isUp) return;
    const verified = await this.server.journal.verify(this.watch.reader.workspace);
    if (!verified.ok) this.faults.push(`the hash chain breaks at ${String(verified.error.seq)}`);
  }

  /** Phones that the server does not know (any more) ask a coordinator for a code. */
  async admitStrangers(): Promise<void> {
    for (const device of this.devices) {
      if (device.tab?.sync.status.get().connection !== 'needs-code' || this.revoked.has(device)) continue;
      const { membership } = device;
      this.say(`${device.name} asks for a code`);
      await this.admit(device, 'person' in membership ? membership.person : null, 'coordinator');
    }
  }

  /** Phones that were not heard from for 400 days are let in by one press of a coordinator. */
  async approveSilent(): Promise<void> {
    const { reader } = this.watch;
    if (reader === null || !this.server.isUp) return;
    const { journal } = this.server;
    const now = this.server.now();
    const approving = async () => {
      for (const device of await journal.devices(reader.workspace)) {
        if (!(await mustBeApproved(journal, device, now))) continue;
        this.say(`${device.id} is approved again`);
        await journal.approve(reader.workspace, device.id, now);
      }
    };
    await this.world.during(approving());
  }

  isGone(device: SimDevice): boolean {
    return this.broken.has(device) || this.revoked.get(device) === 'lost' || device.membership.state === 'wiped';
  }

  /** A promise that needs time to pass; null if it is not settled within an hour. */
  async #finished<T>(work: Promise<T>): Promise<T | null> {
    const settled: { value: T | null; done: boolean } = { value: null, done: false };
    void this.spawn('waiting', async () => {
      settled.value = await work;
      settled.done = true;
    });
    await this.pass(hour, () => settled.done);
    return settled.value;
  }

  async #join(device: SimDevice, code: string, personName: string | null): Promise<boolean> {
    const tab: SimTab | null = device.tab;
    if (tab === null) return false;
    const joined = await this.#finished(tab.sync.join(code, personName, device.name));
    if (joined === null || !joined.ok) this.say(`${device.name} not joined: ${JSON.stringify(joined)}`);
    return joined?.ok === true;
  }

  #setClock(device: SimDevice): void {
    if (!this.has('clocks')) return;
    Object.assign(device, wrongness(device.chance.fork('clock')));
    this.say(`${device.name} clock wrong by ${String(device.wrongBy)}, drift ${String(device.drift)}`);
  }
}

function nameOf(at: number): string {
  return at < 26 ? String.fromCharCode(97 + at) : `d${String(at)}`;
}
