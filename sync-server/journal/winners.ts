import type { DeviceId, IncidentId, PersonId } from '../../src/domain/ids.ts';
import type { Dialect } from './dialect.ts';
import type { Transaction } from './engine.ts';
import { select, selectOne, type Work } from './work.ts';

/** The winner of a record, as a page carries it. */
export type Winner = {
  readonly seq: number;
  readonly kind: string;
  readonly key: string;
  readonly person: PersonId | null;
  readonly device: DeviceId;
  readonly about: PersonId | null;
  readonly incident: IncidentId | null;
  /** Bytes of the value. */
  readonly size: number;
  /** JSON of the record. Null for a plan version, which is large and seldom paged: see `text`. */
  readonly text: string | null;
};

/** Up to here texts are kept in memory, in the younger and in the older half each. */
const halfBytes = 16 * 1024 * 1024;

/**
 * Reads winners as the JSON that is sent. What is kept under a `seq` only ever changes by erasing, so winners are remembered, where the
 * database can say that nobody else erased: phones that come back pull the same ones, each after the other.
 */
export class Winners {
  private readonly seqs;
  private readonly between;
  private readonly next;
  private readonly one;
  private readonly textAt;
  private readonly version;
  private young = new Map<number, Map<number, Winner>>();
  private old = new Map<number, Map<number, Winner>>();
  private youngBytes = 0;
  /** No winner behind it is in memory, by workspace. */
  private readonly lastKept = new Map<number, number>();
  private versionKept = '';

  constructor({ version }: Dialect) {
    const text = jsonOfRecord('c');
    const from = `FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq WHERE r.ws = ?`;
    const columns = (record: string) =>
      `SELECT c.seq, c.kind, c.key, c.person, c.device, c.about, c.incident, coalesce(octet_length(c.value), 4) AS size, ${record} AS text`;
    const pagedText = `CASE WHEN c.kind = 'plan-version' THEN NULL ELSE ${text} END`;
    // In one row: of this many, making an object of each would be most of the work. Only asked where winners are remembered.
    this.seqs = selectOne<[number, number, number], { seqs: string }>(
      `SELECT json_group_array(seq) AS seqs FROM (SELECT seq FROM records WHERE ws = ? AND seq > ? ORDER BY seq LIMIT ?)`,
    );
    this.between = select<[number, number, number], Winner>(
      `${columns(pagedText)} ${from} AND r.seq BETWEEN ? AND ? ORDER BY r.seq`,
    );
    // The limit stands inside: a database that does not know yet how long its tables are would join all that follows, and then cut it off.
    this.next = select<[number, number, number], Winner>(
      `${columns(pagedText)} FROM (SELECT ws, seq FROM records WHERE ws = ? AND seq > ? ORDER BY seq LIMIT ?) r
       JOIN changes c ON c.ws = r.ws AND c.seq = r.seq ORDER BY r.seq`,
    );
    this.one = selectOne<[number, string, string], Winner>(`${columns(text)} ${from} AND r.kind = ? AND r.key = ?`);
    this.textAt = selectOne<[number, number], { text: string }>(
      `SELECT ${text} AS text FROM changes c WHERE ws = ? AND seq = ?`,
    );
    this.version = version === null ? null : selectOne<[], object>(version);
  }

  /** The next winners in `seq` order, at most `most`. */
  *after(within: Transaction, ws: number, seq: number, most: number): Work<readonly Winner[]> {
    if (this.version === null) return yield* this.next(ws, seq, most);
    this.noticeOthers(JSON.stringify(yield* this.version()));
    const committed = within.committed?.get(ws) ?? Infinity;
    if (seq >= (this.lastKept.get(ws) ?? 0)) {
      const read = yield* this.next(ws, seq, most);
      for (const winner of read) this.keepCommitted(ws, winner, committed);
      return read;
    }
    const seqs = JSON.parse((yield* this.seqs(ws, seq, most))?.seqs ?? '[]') as readonly number[];
    const found = seqs.map((each) => this.kept(ws, each));
    for (let at = 0; at < found.length; at += 1) {
      if (found[at] !== undefined) continue;
      const from = at;
      while (at + 1 < found.length && found[at + 1] === undefined) at += 1;
      const read = yield* this.between(ws, seqs[from] ?? 0, seqs[at] ?? 0);
      for (const [place, winner] of read.entries()) {
        found[from + place] = winner;
        this.keepCommitted(ws, winner, committed);
      }
    }
    return found.filter((winner) => winner !== undefined);
  }

  /** With its text, whatever it is. */
  find(ws: number, kind: string, key: string): Work<Winner | null> {
    return this.one(ws, kind, key);
  }

  *text(ws: number, winner: Winner): Work<string> {
    return winner.text ?? (yield* this.textAt(ws, winner.seq))?.text ?? 'null';
  }

  /** What was read before an erasure may not be any more; what this transaction reads after it, may yet be. */
  erased(within: Transaction, ws: number): void {
    this.forget();
    within.committed?.set(ws, 0);
  }

  private forget(): void {
    this.young = new Map();
    this.old = new Map();
    this.youngBytes = 0;
    this.lastKept.clear();
  }

  /** Another process may have erased something. */
  private noticeOthers(version: string): void {
    if (version !== this.versionKept) this.forget();
    this.versionKept = version;
  }

  private kept(ws: number, seq: number): Winner | undefined {
    const young = this.young.get(ws)?.get(seq);
    if (young !== undefined) return young;
    const old = this.old.get(ws)?.get(seq);
    return old === undefined ? undefined : this.keep(ws, old);
  }

  /** What this transaction wrote itself may never come to be. */
  private keepCommitted(ws: number, winner: Winner, committed: number): void {
    if (winner.seq > committed) return;
    this.keep(ws, winner);
    this.lastKept.set(ws, Math.max(winner.seq, this.lastKept.get(ws) ?? 0));
  }

  private keep(ws: number, winner: Winner): Winner {
    const ofWorkspace = this.young.get(ws) ?? new Map<number, Winner>();
    this.young.set(ws, ofWorkspace.set(winner.seq, winner));
    this.youngBytes += winner.size + frameBytes;
    if (this.youngBytes < halfBytes) return winner;
    this.old = this.young;
    this.young = new Map();
    this.youngBytes = 0;
    return winner;
  }
}

/** Names, ids, stamps, times and punctuation of a record. */
export const frameBytes = 360;

/** Written by the database: nothing but the value holds anything that JSON would escape (protocol.md, Records), and the value is JSON. */
function jsonOfRecord(row: string): string {
  const text = (column: string) => `'"', ${row}.${column}, '"'`;
  const orNull = (column: string) => `coalesce('"' || ${row}.${column} || '"', 'null')`;
  const members: readonly (readonly [string, string])[] = [
    ['kind', text('kind')],
    ['key', text('key')],
    ['value', `coalesce(${row}.value, 'null')`],
    ['v', `${row}.v`],
    ['change', text('id')],
    ['base', orNull('base')],
    ['stamp', text('stamp')],
    ['author', `'{"person":', ${orNull('person')}, ',"device":', ${text('device')}, '}'`],
    ['at', text('at')],
    ['seq', `${row}.seq`],
  ];
  // One call: an operator between any two of them would copy what is there already thirty times.
  return `concat('{', ${members.map(([name, value]) => `'"${name}":', ${value}`).join(`, ',', `)}, '}')`;
}
