import type { Millis } from '../../../src/domain/time.ts';
import type { Chance } from './chance.ts';

/** True time at the beginning of every run. */
export const beginning: Millis = Date.parse('2026-11-23T12:00:00.000Z');

type Waiting = { due: Millis; readonly order: number; readonly fire: () => void };

const realImmediate = globalThis.setImmediate;
/** A run that turns so often without time passing is caught in a loop. */
const mostTurns = 200_000;

/**
 * Time, timers and chance of one run. Time stands still while anything has still to happen without it: promises, `setImmediate`
 * (which fake-indexeddb and the journal's queue use, first in first out) and work counted by `during`. Only then the next timer fires, one
 * at a time. So a seed decides everything, however fast the machine is.
 */
export class VirtualWorld {
  #passed: Millis = 0;
  #leapt: Millis = 0;
  #timers: Waiting[] = [];
  #order = 0;
  #immediates = 0;
  #busy = 0;
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** True time since the beginning; no device and no server knows it. */
  get passed(): Millis {
    return this.#passed;
  }

  /** The same without leaps. */
  get lived(): Millis {
    return this.#passed - this.#leapt;
  }

  /** Calls `fire` after `ms`; gives what cancels it. */
  after(ms: Millis, fire: () => void): () => void {
    this.#order += 1;
    // whole milliseconds, as timers have them: a fraction could be lost in rounding, and time would stand still
    const wait = ms > 0 && Number.isFinite(ms) ? Math.max(1, Math.trunc(ms)) : 0;
    const waiting: Waiting = { due: this.#passed + wait, order: this.#order, fire };
    let at = this.#timers.length;
    while (at > 0 && (this.#timers[at - 1]?.due ?? 0) > waiting.due) at -= 1;
    this.#timers.splice(at, 0, waiting);
    return () => {
      const place = this.#timers.indexOf(waiting);
      if (place !== -1) this.#timers.splice(place, 1);
    };
  }

  /** Nothing at all happens for so long; whatever was due then is due as much later. */
  leap(ms: Millis): void {
    this.#passed += ms;
    this.#leapt += ms;
    for (const waiting of this.#timers) waiting.due += ms;
  }

  pause(ms: Millis): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Counts as something that needs no time, until it is over. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work;
    } finally {
      this.#busy -= 1;
    }
  }

  /** Lets everything happen that needs no time. */
  async drain(): Promise<void> {
    let quiet = 0;
    for (let turns = 0; quiet < 2; turns += 1) {
      if (turns > mostTurns) throw new Error('caught in a loop: something happens for ever while no time passes');
      await new Promise<void>((resolve) => realImmediate(resolve));
      quiet = this.#immediates === 0 && this.#busy === 0 ? quiet + 1 : 0;
    }
  }

  /** Lets time pass until `holds`; false if it does not within `ms`. */
  async until(holds: () => boolean, ms: Millis): Promise<boolean> {
    const end = this.#passed + ms;
    for (;;) {
      await this.drain();
      if (holds()) return true;
      const next = this.#timers[0];
      if (next === undefined || next.due > end) {
        this.#passed = Math.max(this.#passed, end);
        return false;
      }
      this.#timers.shift();
      this.#passed = Math.max(this.#passed, next.due);
      next.fire();
    }
  }

  /** Takes the place of every hidden input of the process; gives what puts them back. */
  install(): () => void {
    const world = globalThis as unknown as Record<string, unknown>;
    const replaced: Record<string, unknown> = {
      setTimeout: (fire: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
        this.#handle(this.after(ms, () => fire(...given))),
      setInterval: (fire: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => this.#repeat(fire, ms, given),
      clearTimeout: cancel,
      clearInterval: cancel,
      setImmediate: (run: (...given: unknown[]) => void, ...given: unknown[]) => {
        this.#immediates += 1;
        return realImmediate(() => {
          this.#immediates -= 1;
          run(...given);
        });
      },
      structuredClone: cloned,
      // their work is done on other threads, whose speed is nobody's seed; old phones have neither
      CompressionStream: undefined,
      BroadcastChannel: undefined,
    };
    const before = Object.fromEntries(Object.keys(replaced).map((name) => [name, world[name]]));
    const [now, monotonic, random] = [Date.now, performance.now, Math.random];
    Object.assign(world, replaced);
    Date.now = () => beginning + this.#passed;
    performance.now = () => this.#passed;
    Math.random = () => this.#chance.next();
    return () => {
      Object.assign(world, before);
      Date.now = now;
      performance.now = monotonic;
      Math.random = random;
    };
  }

  #repeat(fire: (...given: unknown[]) => void, ms: Millis, given: readonly unknown[]): Handle {
    let stop = (): void => undefined;
    const again = () => {
      stop = this.after(Math.max(ms, 1), () => {
        again();
        fire(...given);
      });
    };
    again();
    return this.#handle(() => stop());
  }

  #handle(stop: () => void): Handle {
    const handle: Handle = { stop, ref: () => handle, unref: () => handle, hasRef: () => true, refresh: () => handle };
    return handle;
  }
}

type Handle = {
  readonly stop: () => void;
  ref(): Handle;
  unref(): Handle;
  hasRef(): boolean;
  refresh(): Handle;
};

function cancel(handle: Handle | undefined | null): void {
  handle?.stop();
}

const nativeClone = globalThis.structuredClone;

/** Rows are JSON, and the native clone of small JSON is ten times slower; whatever else comes goes the native way. */
function cloned<T>(value: T, options?: StructuredSerializeOptions): T {
  if (options === undefined && isPlain(value, 0)) return copyOf(value);
  return nativeClone(value, options);
}

function isPlain(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol';
  if (depth > 32) return false;
  if (Array.isArray(value)) return value.every((each) => isPlain(each, depth + 1));
  return (
    Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every((each) => isPlain(each, depth + 1))
  );
}

function copyOf<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((each: unknown) => copyOf(each)) as T;
  const copy: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) copy[name] = copyOf(each);
  return copy as T;
}
