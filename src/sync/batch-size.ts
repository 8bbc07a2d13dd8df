import { limits } from '../domain/sync/limits.ts';

export type Most = { readonly changes: number; readonly bytes: number; readonly records: number };

/**
 * How much one request carries. Starts small enough for a bad line, doubles with each success, halves when an attempt ran out
 * of time or a 413 came (protocol.md, Limits). What a 413 refused is tried again only after `patience` successes.
 */
export interface BatchSize {
  most(): Most;
  worked(): void;
  tooSlow(): void;
  /** False when one single change was too much already. */
  tooLarge(sent: { readonly changes: number; readonly bytes: number }): boolean;
}

const start: Most = { changes: limits.changesPerPush, bytes: 512 * 1024, records: limits.pageRecords };
/** Room for the envelope under the server's 8 MiB, and for characters that JSON writes in more bytes than counted. */
const ceiling: Most = { changes: limits.changesPerPush, bytes: limits.bodyBytes / 2, records: limits.pageRecords };

const patience = 10;

export function createBatchSize(): BatchSize {
  let now = start;
  let top = ceiling;
  let successes = 0;
  return {
    most: () => now,
    worked() {
      successes += 1;
      if (successes % patience === 0) top = lesser(doubled(top), ceiling);
      now = lesser(doubled(now), top);
    },
    tooSlow() {
      successes = 0;
      now = { changes: half(now.changes), bytes: half(now.bytes), records: half(now.records) };
    },
    tooLarge(sent) {
      if (sent.changes <= 1) return false;
      successes = 0;
      top = { ...top, changes: half(sent.changes), bytes: half(Math.min(sent.bytes, now.bytes)) };
      now = lesser(now, top);
      return true;
    },
  };
}

function doubled(size: Most): Most {
  return { changes: size.changes * 2, bytes: size.bytes * 2, records: size.records * 2 };
}

function lesser(a: Most, b: Most): Most {
  return {
    changes: Math.min(a.changes, b.changes),
    bytes: Math.min(a.bytes, b.bytes),
    records: Math.min(a.records, b.records),
  };
}

function half(count: number): number {
  return Math.max(1, Math.floor(count / 2));
}
