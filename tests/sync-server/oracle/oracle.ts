import type { Stamp } from '../../../src/domain/ids.ts';
import type { JournalEntry, Outcome, SentChange, SyncReply } from '../../../src/domain/sync/protocol.ts';
import { firstHash, nextHash } from '../../simulation/model/chain-rules.ts';
import { conflictFaults } from '../../simulation/model/conflict-rules.ts';
import { takeIn, verdictFaults, winnerFaults } from '../../simulation/model/entry-rules.ts';
import { ModelJournal, serverDevice, type Foretold } from '../../simulation/model/model-journal.ts';
import { pageFaults } from '../../simulation/model/page-rules.ts';
import { mayDecide } from './deciding.ts';
import { momentOf } from './moments.ts';
import type { Attempt, Push } from './push.ts';

type Heard = {
  readonly push: Push;
  readonly attempt: Attempt;
  /** This one and those before it. */
  readonly attempts: readonly Attempt[];
  readonly reply: SyncReply;
};

/**
 * Judges by the simulation's model, and so by protocol.md, what servers that it does not see into wrote and answered: it is given the
 * journal and all that devices sent and heard, puts both into one order, and notes where they differ from the text.
 */
export class Oracle {
  model = new ModelJournal();
  readonly faults: string[] = [];
  #hash: string;
  #entries: JournalEntry[] = [];

  constructor(epoch: string) {
    this.model.epoch = epoch;
    this.#hash = firstHash(epoch);
  }

  /** A backup of that time was put back, and begins a new epoch. */
  goBack(to: ModelJournal, epoch: string): void {
    this.model = to.copy();
    this.model.epoch = epoch;
    this.#hash = this.model.hashAt(this.model.seq) ?? firstHash(epoch);
  }

  /** What was written since and what was sent meanwhile; nobody may still wait for an answer. */
  follow(entries: readonly JournalEntry[], pushes: readonly Push[]): void {
    this.#entries = [...entries];
    for (const entry of entries) this.#chain(entry);
    for (const heard of this.#inOrder(pushes)) {
      const upTo = heard.reply.head.seq;
      while (this.#isAhead(upTo) && !this.#isOfLast(heard.push, upTo)) this.#followUnheard(pushes);
      this.#followHeard(heard);
    }
    while (this.#entries.length > 0) this.#followUnheard(pushes);
  }

  #chain(entry: JournalEntry): void {
    this.#hash = nextHash(this.#hash, entry);
    if (this.#hash !== entry.hash) this.faults.push(`the hash chain breaks at entry ${String(entry.seq)}`);
    this.#hash = entry.hash;
  }

  /**
   * Answers in the order in which servers came to them: each names the end of the journal that it saw. Where nothing was written the
   * stamps of what was refused tell, for a server's now never runs back.
   */
  #inOrder(pushes: readonly Push[]): readonly Heard[] {
    const wrote = (push: Push, upTo: number) => {
      const last = this.#entries.findLast(({ seq, author }) => seq <= upTo && author.device !== serverDevice);
      return last !== undefined && has(push, last.change);
    };
    return pushes
      .flatMap((push) =>
        push.attempts.flatMap((attempt, at) => {
          const { reply } = attempt;
          if (reply === null) return [];
          const attempts = push.attempts.slice(0, at + 1);
          return [{ push, attempt, attempts, reply, isFirst: wrote(push, reply.head.seq) }];
        }),
      )
      .sort(
        (a, b) =>
          a.reply.head.seq - b.reply.head.seq ||
          Number(b.isFirst) - Number(a.isFirst) ||
          compare(latestStamp(a.reply), latestStamp(b.reply)) ||
          a.attempt.endedAt - b.attempt.endedAt,
      );
  }

  #isAhead(upTo: number): boolean {
    const [next] = this.#entries;
    return next !== undefined && next.seq <= upTo;
  }

  /** All that is left up to there was written for this push. */
  #isOfLast(push: Push, upTo: number): boolean {
    const left = this.#entries.filter(({ seq }) => seq <= upTo);
    const [first] = left;
    const isOf = ({ change, author }: JournalEntry) => author.device === serverDevice || has(push, change);
    return first !== undefined && has(push, first.change) && left.every(isOf);
  }

  /** A push that was cut off after a server had written it, or what a server wrote by itself. */
  #followUnheard(pushes: readonly Push[]): void {
    const [next] = this.#entries;
    const isByServer = next?.author.device === serverDevice;
    const push = pushes.find((each) => next !== undefined && !isByServer && isCutOff(each) && has(each, next.change));
    if (next === undefined || push === undefined) {
      if (next !== undefined && !isByServer)
        this.faults.push(`${next.change.id} is in the journal, and nobody sent it`);
      this.#take();
      return;
    }
    const unheard = push.attempts.filter(({ reply }) => reply === null);
    const touched = this.#judge(push, unheard, null);
    while (this.#entries[0]?.author.device === serverDevice) this.#take();
    this.faults.push(...conflictFaults(this.model, touched));
  }

  #followHeard({ push, attempts, attempt, reply }: Heard): void {
    const { outcomes, head, epoch } = reply;
    if (epoch !== this.model.epoch) this.faults.push(`another epoch, ${epoch}`);
    const touched = this.#judge(push, attempts, outcomes);
    while (this.#isAhead(head.seq)) this.#take();
    if (this.model.seq !== head.seq || (head.seq > 0 && this.model.hashAt(head.seq) !== head.hash))
      this.faults.push(`head ${String(head.seq)} told, where the journal is at ${String(this.model.seq)}`);
    const winners = outcomes.flatMap((outcome) => winnerFaults(this.model, outcome, null));
    const page = pageFaults(this.model, push.session, attempt.request, reply);
    this.faults.push(...winners, ...conflictFaults(this.model, touched), ...page);
  }

  /** Gives the records that took in a change. `outcomes` null: nobody heard them. */
  #judge(push: Push, attempts: readonly Attempt[], outcomes: readonly Outcome[] | null): ReadonlySet<string> {
    const touched = new Set<string>();
    const cloned = new Set<string>();
    const later = push.attempts.at(-1)?.reply?.outcomes ?? [];
    push.changes.forEach((change, at) => {
      const { id, kind, key } = change;
      const isNew = !this.model.held.has(id);
      const entry = isNew && this.#entries[0]?.change.id === id ? this.#entries[0] : null;
      const foretold = this.#foretell(push, change, attempts, entry, later[at]?.stamp ?? null, cloned);
      if (entry !== null) {
        this.#take();
        touched.add(`${kind} ${key}`);
      } else if (isNew && foretold.outcome !== 'refused')
        this.faults.push(`${id} is not in the journal after its verdict`);
      const seq = foretold.outcome === 'refused' ? null : (this.model.held.get(id)?.outcomeSeq ?? null);
      const told = outcomes === null ? entry && { id, outcome: entry.outcome, stamp: entry.stamp, seq } : outcomes[at];
      if (told === undefined) this.faults.push(`no verdict on ${id}`);
      else if (told !== null)
        this.faults.push(...verdictFaults({ ...foretold, seq }, told, `${kind} ${key} by ${push.session.device}`));
    });
    return touched;
  }

  #foretell(
    push: Push,
    change: SentChange,
    attempts: readonly Attempt[],
    entry: JournalEntry | null,
    later: Stamp | null,
    cloned: Set<string>,
  ): Foretold {
    const { model } = this;
    const { device, person } = push.session;
    const sender = { device, person, isLost: false, age: 0 };
    const { request, arrived } = momentOf(model, change, sender, attempts, entry?.stamp ?? later);
    const foretold = model.judge(change, request, sender, arrived, cloned);
    if (foretold.outcome !== 'unknown') return foretold;
    const may = mayDecide(model, change, person, foretold.stamp);
    if (may !== null && may !== (entry !== null))
      this.faults.push(`${person} ${may ? 'may' : 'may not'} decide ${change.key}, the server says otherwise`);
    if (entry !== null) return { ...foretold, outcome: entry.outcome };
    model.refuse(change, device, foretold.stamp, person);
    return { ...foretold, outcome: 'refused', code: 'forbidden' };
  }

  #take(): void {
    const entry = this.#entries.shift();
    if (entry !== undefined) this.faults.push(...takeIn(this.model, entry));
  }
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Time and counter. */
function latestStamp({ outcomes }: SyncReply): string {
  return outcomes.reduce((latest, { stamp }) => (stamp !== null && stamp > latest ? stamp : latest), '').slice(0, 29);
}

function has({ changes }: Push, { id }: Pick<SentChange, 'id'>): boolean {
  return changes.some((change) => change.id === id);
}

function isCutOff({ attempts }: Push): boolean {
  return attempts.some(({ reply }) => reply === null);
}
