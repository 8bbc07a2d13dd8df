import type { Clock } from '../../../src/domain/ports/sync-store.ts';
import type { Millis } from '../../../src/domain/time.ts';
import type { Timer } from '../../../src/sync/timer.ts';

/** Beginning of every test, by the virtual clock. */
export const start = Date.parse('2026-11-23T12:00:00.000Z');
const quietMs = 25;
const patienceMs = 20_000;

type Waiting = { readonly due: Millis; readonly resolve: () => void };

/**
 * Time that passes only when nothing else happens: `until` lets real work (IndexedDB, cryptography) go on, and jumps to the
 * next wait that is due once all is quiet.
 */
export class VirtualTime implements Timer {
  #passed: Millis = 0;
  #waiting: Waiting[] = [];
  #busy = 0;
  #lastBusy = 0;

  get passed(): Millis {
    return this.#passed;
  }

  /** Waits that nobody has ended: none may be left when everything was aborted. */
  get pending(): number {
    return this.#waiting.length;
  }

  clock(wrongBy: Millis = 0): Clock {
    return { now: () => start + this.#passed + wrongBy, monotonic: () => this.#passed };
  }

  wait(ms: Millis, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const end = () => {
        this.#waiting = this.#waiting.filter((each) => each !== waiting);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const waiting: Waiting = { due: this.#passed + ms, resolve: end };
      this.#waiting.push(waiting);
      signal.addEventListener('abort', end);
    });
  }

  /** Counts as something that happens, until it is over. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work;
    } finally {
      this.#busy -= 1;
      this.#lastBusy = performance.now();
    }
  }

  /** Lets everything happen until `holds`; time jumps where nothing else is left to do. */
  async until(holds: () => boolean, what = 'the expected state'): Promise<void> {
    const began = performance.now();
    this.#lastBusy = began;
    while (!holds()) {
      if (performance.now() - began > patienceMs)
        throw new Error(`never came to ${what}, after ${String(this.#passed)} virtual ms`);
      await breath();
      if (this.#busy === 0 && performance.now() - this.#lastBusy > quietMs && !holds()) this.#jump();
    }
  }

  /** Lets a stretch of time pass, and all that happens in it. */
  async pass(ms: Millis): Promise<void> {
    const end = this.#passed + ms;
    let over = false;
    void this.wait(ms, new AbortController().signal).then(() => (over = true));
    await this.until(() => over && this.#passed >= end, `${String(ms)} ms later`);
  }

  /** Lets everything happen that needs no time. */
  async quiet(): Promise<void> {
    this.#lastBusy = performance.now();
    while (this.#busy > 0 || performance.now() - this.#lastBusy <= quietMs * 2) await breath();
  }

  #jump(): void {
    const due = Math.min(...this.#waiting.map((each) => each.due));
    if (!Number.isFinite(due) || due > Number.MAX_SAFE_INTEGER / 2) return;
    this.#passed = Math.max(this.#passed, due);
    this.#lastBusy = performance.now();
    for (const each of this.#waiting.filter((waiting) => waiting.due <= this.#passed)) each.resolve();
  }
}

function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}
