import type { PersonId } from '../../../src/domain/ids.ts';
import type { HistoryChanged, Outcome, SentChange, SyncReply } from '../../../src/domain/sync/protocol.ts';
import { minute, type Millis } from '../../../src/domain/time.ts';
import { TestClock } from '../../support/journal-phone.ts';
import { HttpPhone } from '../support/http-phone.ts';
import { bodyOf, type Reply, type TestServer } from '../support/open-server.ts';
import type { Cluster } from '../support/cluster.ts';
import type { Attempt, Push } from './push.ts';
import { RandomChanges } from './random-changes.ts';

type Below = (n: number) => number;

/**
 * A device with a real key that works at random with whichever server it reaches, and notes all that it sent and was told. What
 * has no verdict it sends again under the same ids, as every device does.
 */
export class OracleDevice {
  readonly phone: HttpPhone;
  /** In the order of `n`. */
  made: SentChange[] = [];
  /** The last verdict on each change that it made. */
  readonly told = new Map<SentChange, Outcome>();
  revoked: { readonly revokedAt: Millis | null; readonly isLost: boolean } = { revokedAt: null, isLost: false };
  readonly #cluster: Cluster;
  #node = 0;
  #changes: RandomChanges | null = null;
  #unsent: SentChange[] = [];
  /** What another past has to judge again, before anything newer. */
  #again: SentChange[] = [];
  #standing: 'member' | 'stranger' | 'gone' = 'member';
  #waiting: Push | null = null;
  #pushes: Push[] = [];

  constructor(cluster: Cluster, origin: string) {
    this.#cluster = cluster;
    const clock = new TestClock();
    const call: TestServer['call'] = (options) => {
      clock.now = Date.now();
      const { living } = this.#cluster;
      const node = living[this.#node % living.length];
      return node === undefined ? Promise.reject(new TypeError('no server')) : node.asServer().call(options);
    };
    this.phone = new HttpPhone({ origin, clock, call } as unknown as TestServer);
  }

  /** `skew`: by how much its clock is wrong; `others`: whose access it may try to change. */
  begin(skew: Millis, others: readonly PersonId[]): void {
    this.phone.skew = skew;
    this.#changes = new RandomChanges(this.phone, others);
  }

  /** Which server it goes to from now on, as a load balancer says. */
  goTo(node: number): void {
    this.#node = node;
  }

  /** Pushes until `ended` says so or no server is left. */
  async work(below: Below, ended: () => boolean, onAnswer: () => void): Promise<void> {
    let failed = 0;
    while (!ended() && this.isMember) {
      this.#waiting ??= this.#next(below);
      if (await this.#send(this.#waiting, below(4) === 0 ? 100 : 500)) {
        this.#waiting = null;
        failed = 0;
        onAnswer();
        if (below(3) === 0) await this.#pull();
      } else if (this.#cluster.living.length === 0) return;
      else if ((failed += 1) > 20) throw new Error('no server answers');
    }
  }

  /** Makes changes where there is no signal. */
  workAlone(below: Below): void {
    this.#make(below, 2 + below(8));
  }

  /** Sends what has no verdict, and pulls to the end. */
  async settle(): Promise<void> {
    await patiently(async () => {
      if (!this.isMember) return true;
      if (this.#waiting === null && this.#again.length > 0) this.#waiting = this.#nextAgain();
      if (this.#waiting !== null && !(await this.#send(this.#waiting, 500))) return false;
      this.#waiting = null;
      return this.#again.length === 0 && (await this.#pull());
    });
  }

  /** Sends the rest as well. */
  async finish(): Promise<void> {
    await this.settle();
    if (this.#unsent.length > 0 && this.isMember) this.#waiting = this.#push(this.#unsent.splice(0));
    await this.settle();
  }

  /** False: it was reported lost, or the server does not know it. */
  get isMember(): boolean {
    return this.#standing === 'member';
  }

  get isStranger(): boolean {
    return this.#standing === 'stranger';
  }

  get isGone(): boolean {
    return this.#standing === 'gone';
  }

  /** To the past of a backup that did not know it. */
  wasAdmitted(): void {
    this.#standing = 'member';
  }

  /** A leaver's, after its last push. */
  wipe(): void {
    this.#standing = 'gone';
  }

  /** A push was cut off: whether a server took it in, this device does not know. */
  get isWaiting(): boolean {
    return this.#waiting !== null;
  }

  /** What it sent since it was last asked, in that order. */
  takePushes(): readonly Push[] {
    return this.#pushes.splice(0);
  }

  /** Any other call, signed in anew where a server forgot the token. */
  async call(method: 'GET' | 'DELETE', url: string): Promise<Reply> {
    const replies: Reply[] = [];
    await patiently(async () => {
      const reply = await unlessCutOff(this.phone.call(method, url));
      if (reply?.statusCode === 401) await this.#signIn();
      else if (reply !== null && reply.statusCode !== 503) replies.push(reply);
      return replies.length > 0;
    });
    return replies[0] as Reply;
  }

  async #pull(): Promise<boolean> {
    for (;;) {
      const pull = this.#push([]);
      if (!(await this.#send(pull, 500))) return !this.isMember;
      if (pull.attempts.at(-1)?.reply?.more !== true) return true;
    }
  }

  /** False: it was cut off. */
  async #send(push: Push, limit: number): Promise<boolean> {
    const { phone } = this;
    phone.clock.now = Date.now();
    const attempt: Attempt = {
      request: phone.request(push.changes, { limit }),
      sentAt: Date.now(),
      endedAt: Infinity,
      reply: null,
    };
    const reply = await unlessCutOff(phone.call('POST', '/api/sync', { payload: attempt.request }));
    if (reply?.statusCode === 401) {
      // nothing of it was read
      await this.#signIn();
      return false;
    }
    if (reply?.statusCode === 409) {
      this.#beginAnew(bodyOf(reply) as HistoryChanged);
      return false;
    }
    attempt.endedAt = Date.now();
    push.attempts.push(attempt);
    // 503: the server does not know what became of it either
    if (reply === null || reply.statusCode === 503) return false;
    if (reply.statusCode !== 200) throw new Error(`sync: ${String(reply.statusCode)} ${reply.payload}`);
    attempt.reply = bodyOf(reply) as SyncReply;
    this.#store(push, attempt.reply);
    return true;
  }

  async #signIn(): Promise<void> {
    const reply = await unlessCutOff(this.phone.trySignIn());
    if (reply === null || reply.statusCode === 503) return;
    const { code, token } = bodyOf(reply) as { readonly code?: string; readonly token?: string };
    if (token !== undefined) this.phone.token = token;
    else if (code === 'revoked') this.#standing = 'gone';
    else if (code === 'unknown-device') this.#standing = 'stranger';
    else if (code !== 'challenge-refused') throw new Error(`sign-in: ${reply.payload}`);
  }

  /** protocol.md, A server with another past: all that was ever sent goes again, with the stamp it had, and it pulls from 0. */
  #beginAnew({ epoch, head }: HistoryChanged): void {
    if (epoch === this.phone.epoch) throw new Error(`${this.phone.device} is denied the past it has`);
    Object.assign(this.phone, { epoch, head, cursor: 0 });
    this.phone.records.clear();
    const unsent = new Set(this.#unsent);
    this.made = this.made.map((change) => (unsent.has(change) ? change : this.#sentAgain(change)));
    this.#again = this.made.filter((change) => !unsent.has(change));
    this.#waiting = null;
    this.told.clear();
  }

  #sentAgain(change: SentChange): SentChange {
    const given = this.told.get(change)?.stamp ?? change.given;
    return given === undefined ? change : { ...change, given };
  }

  #nextAgain(): Push {
    return this.#push(this.#again.splice(0, 200));
  }

  #store(push: Push, reply: SyncReply): void {
    push.changes.forEach((change, at) => {
      const outcome = reply.outcomes[at];
      if (outcome !== undefined) this.told.set(change, outcome);
    });
    this.phone.store(reply);
    this.#changes?.pulled();
  }

  #push(changes: readonly SentChange[]): Push {
    const push = { session: this.phone.session, changes, attempts: [] };
    this.#pushes.push(push);
    return push;
  }

  /** What is unsent and some new changes; now and then some with a verdict too, as after a lost reply, in the order made. */
  #next(below: Below): Push {
    if (this.#again.length > 0) return this.#nextAgain();
    if (below(30) === 0) this.phone.skew += (below(3) - 1) * 10 * minute;
    this.#make(below, 1 + below(5));
    const fresh = this.#unsent.splice(0);
    const before = this.made.slice(-40, -fresh.length);
    const again = below(6) === 0 ? before.filter((change) => this.told.has(change) && below(2) === 0) : [];
    const reused = below(40) === 0 ? before.slice(0, 1).map((change) => this.#reused(change)) : [];
    return this.#push([...again, ...fresh, ...reused]);
  }

  #make(below: Below, atLeast: number): void {
    const { phone } = this;
    phone.clock.now = Date.now();
    for (let made = 0; made < atLeast; made += 1) {
      const changes = this.#changes?.next(below) ?? [];
      this.made.push(...changes);
      this.#unsent.push(...changes);
    }
  }

  /** Another change under an id that is used. */
  #reused({ id, kind, key, value }: SentChange): SentChange {
    const change = this.phone.make(kind, key, value, { id });
    this.made.push(change);
    return change;
  }
}

/** Null for a call that met no server, or lost it; what a server itself refused is no such thing. */
async function unlessCutOff<T>(called: Promise<T>): Promise<T | null> {
  try {
    return await called;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A connection kept from before a kill fails once more. */
async function patiently(run: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + minute / 2;
  while (!(await run())) if (Date.now() > until) throw new Error('no server answers');
}
