import { readLive } from '../domain/ports/read-live.ts';
import type { Clock, Randomness, SyncStore } from '../domain/ports/sync-store.ts';
import { parseInstant } from '../domain/ids.ts';
import type { Head, SyncReply } from '../domain/sync/protocol.ts';
import type { Millis } from '../domain/time.ts';
import { childOf } from './abort.ts';
import { backoff, backoffDelay, fraction } from './backoff.ts';
import type { BatchSize } from './batch-size.ts';
import { connectionAfter, type RoundEnd } from './connectivity.ts';
import type { LiveHead } from './live-stream.ts';
import { runRound } from './round.ts';
import { nextAttemptIn, type Schedule, type Why } from './schedule.ts';
import type { Session } from './session.ts';
import type { SyncState } from './sync-state.ts';
import type { Timer } from './timer.ts';
import type { Transport } from './transport.ts';

export type EngineParts = {
  readonly store: SyncStore;
  readonly transport: Transport;
  readonly session: Session;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly timer: Timer;
  readonly batch: BatchSize;
  readonly state: SyncState;
  readonly renewIdentity: (token: string, signal: AbortSignal) => Promise<RoundEnd | null>;
  readonly wipe: () => Promise<RoundEnd>;
  /** Reads the server's event stream until it ends; true if the server was truly there. Never, in a service worker. */
  readonly listen: (signal: AbortSignal, onHead: (head: LiveHead) => void) => Promise<boolean>;
  /** A round ended with something left to send. */
  readonly onLeftBehind: () => void;
  /** A round ended well. */
  readonly onSettled: () => void;
};

/** Sends and pulls for this device; one runs at a time, but two would do no harm. */
export interface Engine {
  /** Returns at once. */
  nudge(why: Why): void;
  /**
   * Runs rounds as they are asked for, retries what failed, and listens to the server's event stream, until `signal` aborts;
   * `resign` ends it too, after what is due now. Resolves when every job has ended.
   */
  lead(signal: AbortSignal, resign: AbortSignal): Promise<void>;
  /** Rounds until nothing is unsent, or one fails: the service worker's part. */
  once(signal: AbortSignal): Promise<RoundEnd>;
}

/** One commit nudges every phone of a workspace: they come spread over this time. */
const liveSpreadMs: Millis = 250;
/** New writes may come as fast as they are sent; a worker's time is short. */
const mostRoundsAtOnce = 5;

export function createEngine(parts: EngineParts): Engine {
  const engine = new RunningEngine(parts);
  return {
    nudge: (why) => engine.nudge(why),
    lead: (signal, resign) => engine.lead(signal, resign),
    once: (signal) => engine.once(signal),
  };
}

const fresh: Schedule = { last: null, lastEndedAt: 0, heldUntil: 0, plannedAt: null };

class RunningEngine {
  readonly #parts: EngineParts;
  readonly #asked = new Set<Why>();
  #schedule: Schedule = fresh;
  #failures = 0;
  /** As the last reply told it; a live head that isn't beyond it is no news. */
  #known: { readonly epoch: string; readonly head: Head } | null = null;
  #told: LiveHead | null = null;
  #wake = new AbortController();
  #settled = new AbortController();

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  nudge(why: Why): void {
    if (why === 'wrote') this.#parts.state.wrote();
    this.#asked.add(why);
    this.#wake.abort();
  }

  async lead(signal: AbortSignal, resign: AbortSignal): Promise<void> {
    const jobs = childOf(signal);
    const listening = this.#listen(jobs.controller.signal);
    if (this.#schedule.last === 'wiped') this.#schedule = fresh;
    this.#asked.add('opened');
    while (!signal.aborted && this.#schedule.last !== 'wiped') {
      this.#noteTold();
      const wait = nextAttemptIn(this.#schedule, this.#asked, this.#parts.clock.monotonic());
      if (wait === 0) await this.#round(signal);
      else if (resign.aborted) break;
      else await this.#sleep(wait, signal, resign);
    }
    jobs.controller.abort();
    jobs.release();
    await listening;
  }

  async once(signal: AbortSignal): Promise<RoundEnd> {
    for (let rounds = 1; ; rounds += 1) {
      const end = await this.#round(signal);
      if (end.tag !== 'settled' || this.#parts.state.get().unsent === 0 || rounds >= mostRoundsAtOnce) return end;
    }
  }

  async #round(signal: AbortSignal): Promise<RoundEnd> {
    const { state } = this.#parts;
    const before = state.get();
    const byHand = this.#asked.has('asked');
    this.#asked.clear();
    if (before.unsent > 0 && (before.connection === 'online' || byHand)) state.setEngine({ connection: 'sending' });
    const end = await runRound({ ...this.#parts, onReply: (reply, offset) => this.#heard(reply, offset) }, signal);
    await this.#publish(end);
    this.#plan(end);
    return end;
  }

  #heard(reply: SyncReply, offset: Millis | null): void {
    const { state } = this.#parts;
    this.#failures = 0;
    this.#known = { epoch: reply.epoch, head: reply.head };
    const at = parseInstant(reply.serverNow);
    state.setEngine({
      connection: state.get().unsent > 0 ? 'sending' : 'online',
      ...(at.ok ? { lastHeardAt: at.value } : {}),
      ...(offset === null ? {} : { clockOffset: offset }),
    });
  }

  /** Counts are read again before the connection is told, so that "online" never stands beside a count of before the round. */
  async #publish(end: RoundEnd): Promise<void> {
    const { state, store, onLeftBehind } = this.#parts;
    if (end.tag !== 'stopped' && end.tag !== 'wiped') {
      const counts = await readLive(store.unsent);
      if (counts.ok) state.setCounts(counts.value);
    }
    state.setEngine({
      connection: connectionAfter(end, state.get().connection),
      fault: end.tag === 'fault' ? end.fault : null,
    });
    if (end.tag === 'unreached' && state.get().unsent > 0) onLeftBehind();
  }

  #plan(end: RoundEnd): void {
    const { clock, random } = this.#parts;
    const now = clock.monotonic();
    const failed = end.tag === 'unreached' || end.tag === 'fault';
    this.#failures = failed ? this.#failures + 1 : 0;
    const hold = end.tag === 'unreached' ? (end.hold ?? 0) : 0;
    // whatever asks for an attempt waits for some time on top of Retry-After: the server gave everybody the same number
    const heldUntil = hold === 0 ? now : now + hold + fraction(random) * Math.min(hold, backoff.mostMs);
    const plannedAt = failed ? heldUntil + backoffDelay(this.#failures, random) : null;
    this.#schedule = { last: end.tag, lastEndedAt: now, heldUntil, plannedAt };
    if (end.tag === 'settled') {
      this.#settled.abort();
      this.#parts.onSettled();
    } else if (this.#settled.signal.aborted) this.#settled = new AbortController();
  }

  /** Follows the event stream while the server can be reached; a stream that ends makes a round find out why. */
  async #listen(signal: AbortSignal): Promise<void> {
    const { timer, random } = this.#parts;
    let failures = 0;
    while (!signal.aborted) {
      await eitherAborted(signal, this.#settled.signal);
      if (signal.aborted) return;
      if (!this.#settled.signal.aborted) continue;
      const heard = await this.#parts.listen(signal, (head) => {
        void timer.wait(fraction(random) * liveSpreadMs, signal).then(() => {
          this.#told = head;
          this.#wake.abort();
        });
      });
      if (signal.aborted) return;
      failures = heard ? 1 : failures + 1;
      await timer.wait(backoffDelay(failures, random), signal);
      if (!signal.aborted) this.nudge('live');
    }
  }

  #noteTold(): void {
    const told = this.#told;
    this.#told = null;
    if (told === null) return;
    const beyond = this.#known === null || told.epoch !== this.#known.epoch || told.head.seq > this.#known.head.seq;
    if (beyond) this.#asked.add('live');
  }

  async #sleep(wait: Millis | null, signal: AbortSignal, resign: AbortSignal): Promise<void> {
    this.#wake = new AbortController();
    const leaving = childOf(this.#wake.signal);
    const leave = () => leaving.controller.abort();
    signal.addEventListener('abort', leave);
    resign.addEventListener('abort', leave);
    await this.#parts.timer.wait(wait ?? Number.MAX_SAFE_INTEGER, leaving.controller.signal);
    signal.removeEventListener('abort', leave);
    resign.removeEventListener('abort', leave);
  }
}

function eitherAborted(a: AbortSignal, b: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      a.removeEventListener('abort', end);
      b.removeEventListener('abort', end);
      resolve();
    };
    if (a.aborted || b.aborted) {
      resolve();
      return;
    }
    a.addEventListener('abort', end);
    b.addEventListener('abort', end);
  });
}
