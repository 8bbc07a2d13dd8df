import type { AccessLevel } from '../../src/domain/access/access.ts';
import type { ChangeId, DeviceId, Instant, PersonId, RoleId, Stamp, WorkspaceId } from '../../src/domain/ids.ts';
import type { Json } from '../../src/domain/json.ts';
import { deviceId } from '../../src/domain/sync/device-id.ts';
import {
  newClock,
  newRun,
  receive,
  tick,
  type HybridClock,
  type ClockRun,
} from '../../src/domain/sync/hybrid-clock.ts';
import type {
  EnrolReply,
  Head,
  HistoryChanged,
  SentChange,
  SyncedRecord,
  SyncReply,
  SyncRequest,
} from '../../src/domain/sync/protocol.ts';
import type { Result } from '../../src/domain/result.ts';
import { uuid7 } from '../../src/domain/sync/uuid7.ts';
import { day, instant, type Millis } from '../../src/domain/time.ts';
import type { Journal, PublicKey, Session } from '../../sync-server/journal/journal.ts';
import { seededBytes } from './seeded-random.ts';

/** The server's clock in these tests: it only moves when a test moves it. */
export class TestClock {
  now: Millis = Date.UTC(2026, 10, 23, 12, 0, 0);
  pass(ms: Millis): void {
    this.now += ms;
  }
}

let people = 0;

/** A phone without a screen: makes changes and speaks with a journal as an enrolled device does. */
export class JournalPhone {
  readonly journal: Journal;
  readonly clock: TestClock;
  readonly key: PublicKey;
  readonly device: DeviceId;
  session: Session;
  roles: readonly RoleId[] = [];
  /** Phone minus server. */
  skew: Millis = 0;
  n = 0;
  epoch: string | null = null;
  head: Head | null = null;
  view: string | null = null;
  cursor = 0;
  readonly records = new Map<string, SyncedRecord>();
  private readonly random;
  private hybrid: HybridClock = newClock;
  private run: ClockRun = newRun;

  constructor(journal: Journal, clock: TestClock, seed: number, key: PublicKey = unusedKey(seed)) {
    this.journal = journal;
    this.clock = clock;
    this.random = seededBytes(seed);
    this.key = key;
    this.device = deviceId(this.key);
    this.session = { workspace: '' as WorkspaceId, device: this.device, person: '' as PersonId };
  }

  get person(): PersonId {
    return this.session.person;
  }

  async enrol(
    code: string,
    person: { readonly id: PersonId } | { readonly name: string } | null = null,
  ): Promise<Result<EnrolReply, string>> {
    const { key: publicKey, device } = this;
    const done = await this.journal.enrol(
      { code, device, publicKey, name: 'phone', weakKey: false, person, previous: null },
      this.clock.now,
    );
    if (done.ok)
      this.session = { workspace: done.value.workspace.id as WorkspaceId, device, person: done.value.person };
    return done;
  }

  /** Makes a change as the phone would: counter, clock and id move on whether it is ever sent or not. */
  make(kind: string, key: string, value: Json, more: Partial<SentChange> = {}): SentChange {
    const wall = this.clock.now + this.skew;
    const ticked = tick(this.hybrid, this.run, { wall, monotonic: this.clock.now }, this.device);
    this.hybrid = ticked.clock;
    this.run = ticked.run;
    this.n += 1;
    return {
      id: uuid7(wall, this.random(10)),
      n: this.n,
      kind,
      key,
      value,
      base: null,
      seen: null,
      stamp: ticked.stamp,
      wall: ticked.wall,
      line: ticked.line,
      v: 1,
      ...more,
    };
  }

  /** A change on top of what this phone last pulled of the record. */
  edit(kind: string, key: string, value: Json, more: Partial<SentChange> = {}): SentChange {
    const shown = this.records.get(`${kind}/${key}`);
    return this.make(kind, key, value, { base: shown?.change ?? null, seen: shown?.stamp ?? null, ...more });
  }

  request(changes: readonly unknown[] = [], more: Partial<SyncRequest> = {}): SyncRequest {
    return {
      protocol: 1,
      clientNow: instant(this.clock.now + this.skew),
      line: this.hybrid.line,
      epoch: this.epoch,
      head: this.head,
      view: this.view,
      cursor: this.cursor,
      limit: 500,
      last: false,
      changes: changes as readonly SentChange[],
      ...more,
    };
  }

  async send(changes: readonly unknown[] = [], more: Partial<SyncRequest> = {}): Promise<SyncReply> {
    const done = await this.trySend(changes, more);
    if (!done.ok) throw new Error(done.error.code);
    return done.value;
  }

  trySend(
    changes: readonly unknown[] = [],
    more: Partial<SyncRequest> = {},
  ): Promise<Result<SyncReply, HistoryChanged>> {
    return this.journal.sync(this.session, this.request(changes, more), this.clock.now);
  }

  /** Sends, stores the page and everything after it. */
  async sync(changes: readonly unknown[] = [], limit = 500): Promise<SyncReply> {
    const first = await this.send(changes, { limit });
    this.store(first);
    for (let reply = first; reply.more; this.store(reply)) reply = await this.send([], { limit });
    return first;
  }

  store(reply: SyncReply): void {
    if (reply.reset) this.records.clear();
    for (const record of reply.records) {
      this.records.set(`${record.kind}/${record.key}`, record);
      this.hybrid = receive(this.hybrid, record.stamp);
    }
    this.epoch = reply.epoch;
    this.head = reply.head;
    this.view = reply.view;
    this.cursor = reply.cursor;
  }

  shown(kind: string, key: string): Json | undefined {
    return this.records.get(`${kind}/${key}`)?.value;
  }

  has(id: ChangeId): boolean {
    return [...this.records.values()].some(({ change }) => change === id);
  }
}

/** In the form of a key; a journal verifies no signatures. */
function unusedKey(seed: number): PublicKey {
  return {
    kty: 'EC',
    crv: 'P-256',
    x: `x${String(seed)}`.padEnd(43, 'A'),
    y: `y${String(seed)}`.padEnd(43, 'A'),
  };
}

/** A workspace with its first coordinator, set up by code as on a server's console. */
export async function setUp(journal: Journal, clock: TestClock, seed = 1): Promise<JournalPhone> {
  const workspace = await journal.createWorkspace('Recovery team', clock.now);
  const code = `setup-${String(seed)}-${workspace}`;
  await journal.keepSetupCode(workspace, code, clock.now + day);
  const phone = new JournalPhone(journal, clock, seed);
  const done = await phone.enrol(code, { name: 'Coordinator' });
  if (!done.ok) throw new Error('the setup code was refused');
  return phone;
}

/** Invites somebody new and enrols their phone. */
export async function join(
  coordinator: JournalPhone,
  access: AccessLevel,
  roles: readonly string[] = [],
  seed = 1000 + (people += 1),
  person?: PersonId,
): Promise<JournalPhone> {
  const { journal, clock, session } = coordinator;
  const code = `invite-${String(seed)}-${session.workspace}`;
  const invited = await journal.invite(
    session.workspace,
    {
      person: person === undefined ? { name: `Person ${String(seed)}` } : { id: person },
      access,
      roles: roles as readonly RoleId[],
      expiresAt: clock.now + day,
      code,
      by: coordinator.person,
      device: coordinator.device,
    },
    clock.now,
  );
  if (!invited.ok) throw new Error(`invite: ${invited.error}`);
  const phone = new JournalPhone(journal, clock, seed);
  phone.roles = roles as readonly RoleId[];
  const done = await phone.enrol(code);
  if (!done.ok) throw new Error('the invite was refused');
  return phone;
}

export function timeOf(stamp: Stamp | null): Instant {
  if (stamp === null) throw new Error('there is no stamp');
  return stamp.slice(0, 24) as Instant;
}
