import { select, type Work } from './work.ts';
import type { Dialect } from './dialect.ts';

/** Rows are read in portions: a page needs a few hundred, and the first 4 MiB of values at most. */
export const portionRows = 200;
const portionBytes = 4 * 1024 * 1024;

type Sized = { readonly seq: number; readonly size: number | null };

/** Reads the values of many rows at once: over a network each statement costs a way there and back. */
export class ValueReader {
  private readonly values;

  constructor({ inNumbers }: Dialect) {
    this.values = select<[number, string], { seq: number; value: string | null }>(
      `SELECT seq, value FROM changes WHERE ws = ? AND seq ${inNumbers}`,
    );
  }

  *of(ws: number, rows: readonly Sized[]): Work<ReadonlyMap<number, string | null>> {
    if (rows.length === 0) return new Map();
    const found = yield* this.values(ws, JSON.stringify(rows.map(({ seq }) => seq)));
    return new Map(found.map(({ seq, value }) => [seq, value]));
  }
}

/** As many of the first rows as their values are worth reading at once: one at least. */
export function portionOf<R extends Sized>(rows: readonly R[]): readonly R[] {
  let bytes = 0;
  const end = rows.findIndex(({ size }, at) => {
    bytes += size ?? 0;
    return at > 0 && bytes > portionBytes;
  });
  return end < 0 ? rows : rows.slice(0, end);
}
