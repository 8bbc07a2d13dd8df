import type { ServerResponse } from 'node:http';

/** As many as share a transaction: more would only wait for each other, held in memory as objects. */
const mostAtOnce = 64;

export type Turn = {
  /** Resolves when it is this call's turn; false if the caller has gone away before. */
  readonly begin: () => Promise<boolean>;
  readonly end: () => void;
};

/**
 * How many calls are worked on at once, whosever they are. When thousands of phones come back in one moment, the others wait as the
 * bytes that they sent, first come first served.
 */
export class Turns {
  /** Each tells whether its caller is still there. */
  readonly #waiting: (() => boolean)[] = [];
  #underWay = 0;

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
    while (this.#underWay < mostAtOnce) {
      const start = this.#waiting.shift();
      if (start === undefined) return;
      if (start()) this.#underWay += 1;
    }
  }
}
