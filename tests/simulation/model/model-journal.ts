import type { SentChange, SyncRequest } from '../../../src/domain/sync/protocol.ts';
import { beats, contentOf, isLaterStamp, sorted, type Held } from './held.ts';
import { levelOf, mayWrite, type Level } from './rights.ts';
import {
  believed,
  effective,
  isLater,
  latest,
  never,
  offsetOf,
  readStamp,
  writeStamp,
  type At,
} from './stamp-rules.ts';

/*
 * What a server must hold and answer, told from protocol.md alone. It follows the shipped journal entry by entry, foretells each verdict,
 * and complains where they differ.
 */

export const serverDevice = '0000000000000000';

export type Known = { readonly person: string; readonly revokedAt: number | null; readonly isLost: boolean };
/** Whose changes a request brings, and whether by that device itself: nothing is taken over from a lost one. */
export type Sender = {
  readonly device: string;
  readonly person: string;
  readonly isLost: boolean;
  /** Ms since its clock said `clientNow`, when the request arrived. */
  readonly age: number;
};
type Refused = {
  readonly content: string;
  readonly stamp: string | null;
  readonly base: string | null;
  readonly person: string;
};
type Use = { readonly id: string | null; readonly at: At | null };

/** A verdict as it must come; `code` null where the text leaves it to what stands. */
export type Foretold = {
  readonly id: string;
  readonly outcome: 'applied' | 'superseded' | 'refused' | 'unknown';
  readonly stamp: string | null;
  readonly seq: number | null;
  readonly code: string | null;
};

export class ModelJournal {
  readonly held = new Map<string, Held>();
  readonly entries: Held[] = [];
  readonly winners = new Map<string, Held>();
  /** By record, in the journal's order. */
  readonly histories = new Map<string, Held[]>();
  devices: ReadonlyMap<string, Known> = new Map();
  epoch = '';
  readonly #refused = new Map<string, Refused>();
  readonly #uses = new Map<string, Map<number, Use>>();
  #lastGiven: At = never;
  /** Up to here a verified backup holds it. */
  safeSeq = 0;
  /** The greatest `n` that each device sent itself. */
  readonly #sent = new Map<string, number>();

  get seq(): number {
    return this.entries.length;
  }

  /** As it was, for the day when a backup of it is put back. */
  copy(): ModelJournal {
    const copy = new ModelJournal();
    for (const entry of this.entries) copy.follow(entry);
    for (const [id, kept] of this.#refused) copy.#refused.set(id, kept);
    for (const [device, uses] of this.#uses) copy.#uses.set(device, new Map(uses));
    copy.#lastGiven = this.#lastGiven;
    copy.devices = this.devices;
    copy.epoch = this.epoch;
    copy.safeSeq = this.safeSeq;
    for (const [device, n] of this.#sent) copy.#sent.set(device, n);
    return copy;
  }

  hashAt(seq: number): string | undefined {
    return this.entries[seq - 1]?.hash;
  }

  /** The greatest stamp decides, then the device (a part of the stamp), then `n`. */
  follow(entry: Held): void {
    this.entries.push(entry);
    this.held.set(entry.id, entry);
    const name = `${entry.kind} ${entry.key}`;
    const history = this.histories.get(name);
    if (history === undefined) this.histories.set(name, [entry]);
    else history.push(entry);
    const stands = this.winners.get(name);
    if (stands === undefined || beats(entry, stands)) this.winners.set(name, entry);
    const { at } = readStamp(entry.stamp);
    this.#lastGiven = latest(this.#lastGiven, at);
    this.#use(entry.device, entry.n, entry.id, at);
  }

  levelNow(person: string): Level | null {
    return levelOf(this.winners.get(`grant ${person}`)?.value);
  }

  /** By the whole stamp, as records are ordered: of one moment, the greater device counts as the later. */
  levelAt(person: string, stamp: string): Level | null {
    let last: Held | null = null;
    for (const entry of this.histories.get(`grant ${person}`) ?? []) {
      if (isLaterStamp(entry.stamp, stamp)) continue;
      if (last === null || beats(entry, last)) last = entry;
    }
    return levelOf(last?.value);
  }

  /**
   * Judges one change of a request as the text says. What is accepted is followed by the caller, with the entry that the
   * server wrote; what is refused is remembered here.
   */
  judge(
    change: SentChange,
    request: Pick<SyncRequest, 'line' | 'clientNow'>,
    session: Sender,
    arrived: number,
    cloned: Set<string>,
  ): Foretold {
    const { id, n } = change;
    const content = contentOf(change);
    const held = this.held.get(id);
    const { device } = readStamp(change.stamp);
    const known = this.devices.get(device);
    const isOwn = known !== undefined && known.person === session.person;
    if (held !== undefined) {
      if (held.content === content)
        return { id, outcome: held.outcome, stamp: held.stamp, seq: held.outcomeSeq, code: null };
      if (isOwn && this.#useOf(device, n) === undefined) this.#use(device, n, id, null);
      return refused(id, null, 'id-reused');
    }
    const before = this.#refused.get(id);
    if (before !== undefined && before.content !== content) return refused(id, null, 'id-reused');
    const use = this.#useOf(device, n);
    const isClone = (use !== undefined && use.id !== id) || cloned.has(device);
    if (isClone) cloned.add(device);
    const at = isOwn ? this.#stampFor(change, request, session, device, arrived, before?.stamp ?? null) : null;
    const stamp = at === null ? null : writeStamp(at, device);
    const verdict = this.#reasonAgainst(change, { device, known, isOwn, isClone, at, session });
    if (verdict === 'unknown') return { id, outcome: 'unknown', stamp, seq: null, code: null };
    if (verdict !== null) {
      this.refuse(change, device, stamp, isOwn ? session.person : null);
      return refused(id, stamp, verdict);
    }
    return { id, outcome: this.#wins(change, stamp ?? '') ? 'applied' : 'superseded', stamp, seq: null, code: null };
  }

  /** The effective stamp that a change has, or would get; null where it gets none. */
  stampOf(
    change: SentChange,
    request: Pick<SyncRequest, 'line' | 'clientNow'>,
    session: Sender,
    arrived: number,
  ): string | null {
    const { device } = readStamp(change.stamp);
    const held = this.held.get(change.id);
    if (held !== undefined) return held.stamp;
    if (this.devices.get(device)?.person !== session.person) return null;
    const kept = this.#refused.get(change.id)?.stamp ?? null;
    return writeStamp(this.#stampFor(change, request, session, device, arrived, kept), device);
  }

  /** A refused change uses up its `n`, unless its device is another person's, and keeps its effective stamp. */
  refuse(change: SentChange, device: string, stamp: string | null, person: string | null): void {
    if (person === null) return;
    const at = stamp === null ? null : readStamp(stamp).at;
    if (this.#useOf(device, change.n) === undefined) this.#use(device, change.n, change.id, at);
    this.#refused.set(change.id, { content: contentOf(change), stamp, base: change.base, person });
    if (at !== null) this.#lastGiven = latest(this.#lastGiven, at);
  }

  /** A device sends what it made in `n` order, also once more after another past: what is not here yet is newer than all that is. */
  isLate({ n, stamp }: SentChange, sender: string): boolean {
    const { device } = readStamp(stamp);
    return device === sender && this.#useOf(device, n) === undefined && n < (this.#sent.get(device) ?? 0);
  }

  sentByItself({ n, stamp }: SentChange, code: string | null): void {
    const { device } = readStamp(stamp);
    // the counter of a clone says nothing about the device whose name it has
    if (code !== 'sequence-reused') this.#sent.set(device, Math.max(n, this.#sent.get(device) ?? 0));
  }

  /** Was it once refused, and never accepted. */
  isRefused(id: string): boolean {
    return this.#refused.has(id) && !this.held.has(id);
  }

  refusedBase(id: string): string | null {
    return this.#refused.get(id)?.base ?? null;
  }

  /** Now never runs back: the greater of the server's clock and the last effective stamp given. */
  now(clock: number): number {
    return Math.max(clock, this.#lastGiven[0]);
  }

  #wins(change: SentChange, stamp: string): boolean {
    const stands = this.winners.get(`${change.kind} ${change.key}`);
    return stands === undefined || beats({ stamp, n: change.n }, stands);
  }

  #stampFor(
    change: SentChange,
    request: Pick<SyncRequest, 'line' | 'clientNow'>,
    session: Sender,
    device: string,
    arrived: number,
    kept: string | null,
  ): At {
    if (kept !== null) return readStamp(kept).at;
    const now = this.now(arrived);
    const byClock: At = [Date.parse(change.wall) + offsetOf(arrived - session.age, request.clientNow), 0];
    const isBelieved = device === session.device && change.line === request.line;
    const believedAt =
      change.given !== undefined && change.given !== null
        ? believed(readStamp(change.given).at, now)
        : isBelieved
          ? believed(byClock, now)
          : null;
    const base =
      change.base === null
        ? null
        : (this.held.get(change.base)?.stamp ?? this.#refused.get(change.base)?.stamp ?? null);
    const seen = change.seen === null ? never : readStamp(change.seen).at;
    const onBase = base !== null ? readStamp(base).at : seen[0] > now ? ([now, 0] as const) : seen;
    const earlier = [...(this.#uses.get(device) ?? [])].flatMap(([n, { at }]) =>
      n < change.n && at !== null ? [at] : [],
    );
    return effective(believedAt, latest(onBase, ...earlier), this.#earliestSuccessor(change.id, session.person));
  }

  /** Of refused changes only one's own count: nobody can make another's work earlier by what he may not write. */
  #earliestSuccessor(id: string, person: string): At | null {
    const stamps = [
      ...this.entries.filter(({ base }) => base === id).map(({ stamp }) => stamp),
      ...[...this.#refused.values()].flatMap((each) =>
        each.base === id && each.stamp !== null && each.person === person ? [each.stamp] : [],
      ),
    ].map((stamp) => readStamp(stamp).at);
    return stamps.length === 0 ? null : stamps.reduce((a, b) => (isLater(a, b) ? b : a));
  }

  #reasonAgainst(
    change: SentChange,
    of: {
      readonly device: string;
      readonly known: Known | undefined;
      readonly isOwn: boolean;
      readonly isClone: boolean;
      readonly at: At | null;
      readonly session: Sender;
    },
  ): string | null {
    const { kind, key } = change;
    if (of.isClone) return 'sequence-reused';
    if (!of.isOwn || of.at === null) return 'forbidden';
    const revokedAt = of.known?.revokedAt ?? null;
    if (of.session.isLost || (revokedAt !== null && of.at[0] > revokedAt)) return 'forbidden';
    const attempt = { person: of.session.person, device: of.device, kind, key };
    // A grant rests on today's rights alone (docs/decisions/0007).
    const levels = [
      this.levelNow(of.session.person),
      ...(kind === 'grant' ? [] : [this.levelAt(of.session.person, writeStamp(of.at, of.device))]),
    ];
    const verdicts = levels.map((level) => mayWrite(level, attempt));
    if (verdicts.includes(null)) return 'unknown';
    if (!verdicts.includes(true)) return 'forbidden';
    const stands = this.winners.get(`${kind} ${key}`);
    if (kind === 'log' && stands !== undefined && sorted(stands.value) !== sorted(change.value)) return 'immutable';
    if (kind === 'grant' && change.base !== (stands?.id ?? null)) return 'stale';
    return null;
  }

  #useOf(device: string, n: number): Use | undefined {
    return this.#uses.get(device)?.get(n);
  }

  #use(device: string, n: number, id: string | null, at: At | null): void {
    const uses = this.#uses.get(device) ?? new Map<number, Use>();
    this.#uses.set(device, uses.set(n, { id, at }));
  }
}

function refused(id: string, stamp: string | null, code: string): Foretold {
  return { id, outcome: 'refused', stamp, seq: null, code };
}
