import type { JournalEntry, SentChange } from '../../../src/domain/sync/protocol.ts';
import { isLater, readStamp } from './stamp-rules.ts';

/** An accepted change. */
export type Held = {
  readonly seq: number;
  readonly id: string;
  readonly n: number;
  readonly device: string;
  readonly person: string | null;
  readonly kind: string;
  readonly key: string;
  readonly value: unknown;
  readonly base: string | null;
  readonly stamp: string;
  readonly outcome: 'applied' | 'superseded';
  readonly outcomeSeq: number;
  readonly hash: string;
  readonly content: string;
};

/** An entry as the server's journal shows it, with the `seq` that a verdict on it must name. */
export function heldFrom(entry: JournalEntry, outcomeSeq: number): Held {
  const { seq, change, stamp, outcome, author, hash } = entry;
  const { id, n, kind, key, value, base } = change;
  const content = contentOf(change);
  return {
    seq,
    id,
    n,
    kind,
    key,
    value,
    base,
    stamp,
    outcome,
    outcomeSeq,
    hash,
    content,
    device: author.device,
    person: author.person,
  };
}

export function beats(a: Pick<Held, 'stamp' | 'n'>, b: Pick<Held, 'stamp' | 'n'>): boolean {
  return a.stamp === b.stamp ? a.n > b.n : isLaterStamp(a.stamp, b.stamp);
}

/** The moment decides, then the device. */
export function isLaterStamp(a: string, b: string): boolean {
  const [left, right] = [readStamp(a), readStamp(b)];
  if (isLater(left.at, right.at) || isLater(right.at, left.at)) return isLater(left.at, right.at);
  return left.device > right.device;
}

/** Everything that makes it the same change; `given` is no part of it. */
export function contentOf(change: SentChange): string {
  const { id, n, kind, key, value, base, seen, stamp, wall, line, v } = change;
  return JSON.stringify([id, n, kind, key, sorted(value), base, seen, stamp, wall, line, v]);
}

export function sorted(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
