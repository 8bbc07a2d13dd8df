import type { ServerResponse } from 'node:http';

export type Turn = {
  /** Resolves when it is this call's turn; false if the caller has gone away before. */
  readonly begin: () => Promise<boolean>;
  readonly end: () => void;
};

/** How many calls are worked on at once; the others wait, first come first served. */
export class Turns {
  /** Each tells whether its caller is still there. */
  readonly #waiting: (() => boolean)[] = [];
  readonly #mostAtOnce: number;
  #underWay = 0;

  constructor(mostAtOnce: number) {
    this.#mostAtOnce = mostAtOnce;
  }

  /** Nobody is worked on, so nobody waits. */
  get isIdle(): boolean {
    return this.#underWay === 0;
  }

  /** Ends at the latest when the connection has the whole reply, or is gone. */
  of(response: ServerResponse): Turn {
    let state: 'before' | 'under-way' | 'ended' = 'before';
    const end = () => {
      const before = state;
      state = 'ended';
      if (before !== 'under-way') return;
      this.#underWay -= 1;
      this.#next();
    };
    response.once('close', end);
    return {
      begin: () =>
        new Promise((start) => {
          this.#waiting.push(() => {
            const isThere = state === 'before';
            if (isThere) state = 'under-way';
            start(isThere);
            return isThere;
          });
          this.#next();
        }),
      end,
    };
  }

  #next(): void {
    while (this.#underWay < this.#mostAtOnce) {
      const start = this.#waiting.shift();
      if (start === undefined) return;
      if (start()) this.#underWay += 1;
    }
  }
}
