import type {
  Author,
  Change,
  HistoryChanged,
  Outcome,
  Refusal,
  SentChange,
  SyncedRecord,
  SyncReply,
} from '../../../src/domain/sync/protocol.ts';
import type { DeviceId, PersonId, Stamp } from '../../../src/domain/ids.ts';
import type { PreparedRequest } from '../../../src/domain/ports/sync-store.ts';
import { deviceOf, formatStamp, momentOf, stampAt, successor } from '../../../src/domain/sync/stamp.ts';
import { instant, millis } from '../../../src/domain/time.ts';
import { noon } from './phone-parts.ts';

type Accepted = {
  readonly seq: number;
  readonly change: Change;
  readonly stamp: Stamp;
  readonly author: Author;
  readonly at: number;
};

/**
 * A server as small as the phone's storage needs to be tried against: it judges, orders, pages, remembers and forgets as
 * protocol.md says, without rights and without believing clocks finely (a change's wall, at most now).
 */
export class ModelServer {
  now = noon + 3_600_000;
  epoch = 'e_1';
  view = 'coordinator';
  safeSeq = 0;
  pageSize = 500;
  refuses: (change: Change) => Refusal | null = () => null;
  readonly people = new Map<DeviceId, PersonId>();
  private journal: Accepted[] = [];

  handle({ body }: PreparedRequest): SyncReply | HistoryChanged {
    this.now += 1;
    const wrongPast =
      body.epoch !== null &&
      (body.epoch !== this.epoch || (body.head !== null && body.head.hash !== this.hashAt(body.head.seq)));
    if (wrongPast) return { code: 'history-changed', epoch: this.epoch, head: this.head() };
    const relayed = (body.relayed ?? []).flatMap(({ changes }) => changes);
    const outcomes = [...this.judgeAll(body.changes), ...this.judgeAll(relayed)];
    const reset = body.view !== this.view;
    const cursor = reset ? 0 : body.cursor;
    const rows = this.winners().filter(({ seq }) => seq > cursor);
    const page = rows.slice(0, this.pageSize);
    const more = rows.length > page.length;
    return {
      protocol: 1,
      epoch: this.epoch,
      serverNow: instant(this.now),
      head: this.head(),
      view: this.view,
      reset,
      outcomes,
      records: page,
      cursor: more ? (page.at(-1)?.seq ?? cursor) : this.journal.length,
      more,
      safeSeq: this.safeSeq,
    };
  }

  /** Everything accepted, as change ids in the order of `seq`. */
  accepted(): readonly string[] {
    return this.journal.map(({ change }) => change.id);
  }

  winners(): readonly SyncedRecord[] {
    const names = new Map(this.journal.map(({ change }) => [`${change.kind} ${change.key}`, change] as const));
    return [...names.values()].map(({ kind, key }) => this.winner(kind, key)).sort((a, b) => a.seq - b.seq);
  }

  /** Adds what another person's phone sent. */
  plant(change: Change, person: string): void {
    this.people.set(deviceOf(change.stamp), person as PersonId);
    this.judgeAll([change]);
  }

  backup(): readonly Accepted[] {
    return [...this.journal];
  }

  /** The server as it was; `epoch` null is a file put back by hand, without the `restore` command. */
  restore(backup: readonly Accepted[], epoch: string | null): void {
    this.journal = [...backup];
    if (epoch !== null) this.epoch = epoch;
  }

  private head() {
    return { seq: this.journal.length, hash: this.hashAt(this.journal.length) };
  }

  private hashAt(seq: number): string {
    if (seq > this.journal.length) return 'missing';
    const entries = this.journal.slice(0, seq).map(({ change, at }) => `${change.id.slice(-6)}@${String(at)}`);
    return `${this.epoch}|${entries.join()}`;
  }

  private judgeAll(changes: readonly SentChange[]): readonly Outcome[] {
    const reused = new Set<string>();
    return changes.map((change) => {
      const device = deviceOf(change.stamp);
      const refusal = reused.has(device) ? sequenceReused : this.refusal(change);
      if (refusal?.code === 'sequence-reused') reused.add(device);
      if (refusal !== null)
        return {
          id: change.id,
          outcome: 'refused',
          stamp: this.stampOf(change),
          winner: null,
          seq: null,
          reason: refusal,
        };
      if (!this.journal.some((each) => each.change.id === change.id)) this.accept(change);
      return this.outcomeOf(change);
    });
  }

  private refusal(change: Change): Refusal | null {
    const device = deviceOf(change.stamp);
    const known = this.journal.find((each) => each.change.id === change.id);
    if (known !== undefined)
      return known.change.n === change.n && deviceOf(known.change.stamp) === device
        ? null
        : { code: 'id-reused', message: 'id' };
    if (this.journal.some((each) => each.change.n === change.n && deviceOf(each.change.stamp) === device))
      return sequenceReused;
    return this.refuses(change);
  }

  private accept(sent: SentChange): void {
    const { given: _, ...change } = sent;
    const person = this.people.get(deviceOf(change.stamp)) ?? null;
    const author = { person, device: deviceOf(change.stamp) };
    const stamp = this.stampOf(sent);
    this.journal.push({ seq: this.journal.length + 1, change, stamp, author, at: this.now });
  }

  private stampOf(change: SentChange): Stamp {
    const device = deviceOf(change.stamp);
    const believed = change.given ?? formatStamp({ time: Math.min(millis(change.wall), this.now), counter: 0, device });
    const bounds = this.journal
      .filter(
        (each) =>
          each.change.id === change.base || (deviceOf(each.change.stamp) === device && each.change.n < change.n),
      )
      .map(({ stamp }) => momentOf(stamp))
      .sort();
    const bound = bounds.at(-1);
    return bound === undefined || momentOf(believed) > bound ? believed : stampAt(successor(bound), device);
  }

  private outcomeOf({ id, kind, key }: Change): Outcome {
    const winner = this.winner(kind, key);
    const stamp = this.journal.find(({ change }) => change.id === id)?.stamp ?? null;
    return {
      id,
      outcome: winner.change === id ? 'applied' : 'superseded',
      stamp,
      winner: winner.change,
      seq: winner.seq,
    };
  }

  private winner(kind: string, key: string): SyncedRecord {
    const all = this.journal.filter(({ change }) => change.kind === kind && change.key === key);
    const best = all.reduce((a, b) => (b.stamp > a.stamp || (b.stamp === a.stamp && b.change.n > a.change.n) ? b : a));
    const { change, stamp, author, at, seq } = best;
    return {
      kind,
      key,
      value: change.value,
      v: change.v,
      change: change.id,
      base: change.base,
      stamp,
      author,
      at: instant(at),
      seq,
    };
  }
}

const sequenceReused: Refusal = { code: 'sequence-reused', message: 'another change has this n' };
