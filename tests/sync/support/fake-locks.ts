type Held = { readonly name: string; readonly owner: unknown; readonly steal: () => void };
type Asked = { readonly name: string; readonly owner: unknown; readonly grant: () => void };

/** Web Locks as their specification has them, for exclusive locks: queue, `ifAvailable`, `steal`, `signal`. */
export class FakeLocks {
  #held: Held[] = [];
  #asked: Asked[] = [];

  /** What the code under test is given; `owner` tells its context from others, for `leave`. */
  manager(owner: unknown = null): LockManager {
    return {
      request: (...given: unknown[]) => this.#request(owner, given),
      query: () => Promise.resolve({}),
    } as LockManager;
  }

  /** A context is gone: its locks are free, and what it waits for is forgotten. */
  leave(owner: unknown): void {
    this.#asked = this.#asked.filter((each) => each.owner !== owner);
    const held = this.#held.filter((each) => each.owner === owner);
    this.#held = this.#held.filter((each) => each.owner !== owner);
    for (const { name } of held) this.#next(name);
  }

  isHeld(): boolean {
    return this.#held.length > 0;
  }

  waiting(): number {
    return this.#asked.length;
  }

  #request(owner: unknown, [name, options, callback]: unknown[]): Promise<unknown> {
    const { ifAvailable, steal, signal } = options as LockOptions;
    const work = callback as (lock: Lock | null) => unknown;
    const lockName = String(name);
    return new Promise((resolve, reject) => {
      const grant = () => {
        let stolen = false;
        const held: Held = {
          name: lockName,
          owner,
          steal: () => {
            stolen = true;
            reject(new DOMException('stolen', 'AbortError'));
          },
        };
        this.#held.push(held);
        void Promise.resolve(work({ name: lockName, mode: 'exclusive' }))
          .then(resolve, reject)
          .finally(() => {
            const wasHeld = this.#held.includes(held);
            this.#held = this.#held.filter((each) => each !== held);
            if (!stolen && wasHeld) this.#next(lockName);
          });
      };
      if (signal?.aborted === true) reject(new DOMException('aborted', 'AbortError'));
      else if (steal === true) {
        const before = this.#held.filter((each) => each.name === lockName);
        this.#held = this.#held.filter((each) => each.name !== lockName);
        for (const each of before) each.steal();
        grant();
      } else if (!this.#held.some((each) => each.name === lockName)) grant();
      else if (ifAvailable === true) void Promise.resolve(work(null)).then(resolve, reject);
      else {
        const asked: Asked = { name: lockName, owner, grant };
        this.#asked.push(asked);
        signal?.addEventListener('abort', () => {
          if (!this.#asked.includes(asked)) return;
          this.#asked = this.#asked.filter((each) => each !== asked);
          reject(new DOMException('aborted', 'AbortError'));
        });
      }
    });
  }

  #next(name: string): void {
    if (this.#held.some((each) => each.name === name)) return;
    const next = this.#asked.find((each) => each.name === name);
    this.#asked = this.#asked.filter((each) => each !== next);
    next?.grant();
  }
}
