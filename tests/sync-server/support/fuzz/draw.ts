import { seededNumbers } from '../../../support/seeded-random.ts';

/** Repeatable draws: the same seed gives the same run. */
export class Draw {
  readonly #below: (below: number) => number;

  constructor(seed: number) {
    this.#below = seededNumbers(seed);
  }

  /** From 0 to `most` - 1. */
  below(most: number): number {
    return this.#below(most);
  }

  /** True in so many of a hundred. */
  percent(often: number): boolean {
    return this.#below(100) < often;
  }

  of<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error('there is nothing to choose from');
    return choices[this.#below(choices.length)] as T;
  }

  text(length: number, letters: string): string {
    return Array.from({ length }, () => letters[this.#below(letters.length)]).join('');
  }
}
