import type { PersonId } from '../../../src/domain/ids.ts';
import type { Outcome, SentChange, SyncReply } from '../../../src/domain/sync/protocol.ts';
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
  readonly made: SentChange[] = [];
  /** The last verdict on each change that it made. */
  readonly told = new Map<SentChange, Outcome>();
  readonly #cluster: Cluster;
  #node = 0;
  #changes: RandomChanges | null = null;
  #unsent: SentChange[] = [];
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
    while (!ended()) {
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
      if (this.#waiting !== null && !(await this.#send(this.#waiting, 500))) return false;
      this.#waiting = null;
      return await this.#pull();
    });
  }

  /** Sends the rest as well. */
  async finish(): Promise<void> {
    await this.settle();
    if (this.#unsent.length > 0) this.#waiting = this.#push(this.#unsent.splice(0));
    await this.settle();
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
  async call(method: 'GET', url: string): Promise<Reply> {
    const replies: Reply[] = [];
    await patiently(async () => {
      const reply = await unlessCutOff(this.phone.call(method, url));
      if (reply?.statusCode === 401) await unlessCutOff(this.phone.signIn());
      else if (reply !== null && reply.statusCode !== 503) replies.push(reply);
      return replies.length > 0;
    });
    return replies[0] as Reply;
  }

  async #pull(): Promise<boolean> {
    for (;;) {
      const pull = this.#push([]);
      if (!(await this.#send(pull, 500))) return false;
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
      await unlessCutOff(phone.signIn());
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
