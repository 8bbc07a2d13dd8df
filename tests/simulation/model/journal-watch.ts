import type {
  HistoryChanged,
  JournalEntry,
  Outcome,
  SyncReply,
  SyncRequest,
} from '../../../src/domain/sync/protocol.ts';
import type { Result } from '../../../src/domain/result.ts';
import type { Journal, Relayed, Session } from '../../../sync-server/journal/journal.ts';
import { conflictFaults } from './conflict-rules.ts';
import { takeIn, verdictFaults, winnerFaults } from './entry-rules.ts';
import { ModelJournal, serverDevice, type Foretold } from './model-journal.ts';
import { pageFaults, visible } from './page-rules.ts';
import { batchesOf, inTurn, type Batch } from './relay-rules.ts';
import { readStamp } from './stamp-rules.ts';

type Answer = Result<SyncReply, HistoryChanged>;
type Push = {
  readonly session: Session;
  readonly request: SyncRequest;
  readonly arrived: number;
  readonly relayed: readonly Relayed[];
};

/** Stands between the routes and the journal, lets the model judge every request too, and notes where the two differ. */
export class JournalWatch {
  model = new ModelJournal();
  readonly faults: string[] = [];
  /** Of a coordinator, who may read all: known once the first one joined. */
  reader: Session | null = null;
  /** A page never has more, so that few records fill many: phones on bad lines ask for small ones. */
  pageRecords = 500;
  #tail: Promise<void> = Promise.resolve();
  #journal: Journal | null = null;

  wrap(journal: Journal): Journal {
    this.#journal = journal;
    const sync: Journal['sync'] = async (session, asked, arrived, relayed = []): Promise<Answer> => {
      const request = { ...asked, limit: Math.min(asked.limit, this.pageRecords) };
      const answer = await journal.sync(session, request, arrived, relayed);
      this.#tail = this.#tail.then(() => this.#follow(journal, { session, request, arrived, relayed }, answer));
      return answer;
    };
    return new Proxy(journal, {
      get: (target, name) => {
        if (name === 'sync') return sync;
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  }

  /** Takes in what the server wrote by itself since, such as the grant of an invite. */
  async catchUp(): Promise<void> {
    this.#tail = this.#tail.then(() => this.#readOn());
    await this.#tail;
  }

  async #readOn(): Promise<void> {
    if (this.#journal === null || this.reader === null) return;
    const { epoch, head } = await this.#journal.head(this.reader.workspace);
    this.model.epoch = epoch;
    for (const entry of await this.#entries(this.#journal, head.seq)) this.#take(entry);
    await this.learnDevices();
  }

  async learnDevices(): Promise<void> {
    if (this.#journal === null || this.reader === null) return;
    const devices = await this.#journal.devices(this.reader.workspace);
    this.model.devices = new Map(
      devices.map(({ id, person, revoked }) => [
        id,
        { person, revokedAt: revoked === null ? null : Date.parse(revoked.at), isLost: revoked?.mode === 'lost' },
      ]),
    );
  }

  async #follow(journal: Journal, push: Push, answer: Answer): Promise<void> {
    if (this.reader === null || journal !== this.#journal) return;
    await this.learnDevices();
    const { request } = push;
    const isKnownPast = this.#isKnownPast(request);
    if (!answer.ok) {
      if (isKnownPast) this.faults.push(`the server denies a past it has: seq ${String(request.head?.seq)}`);
      return;
    }
    if (!isKnownPast) this.faults.push(`the server goes on with a past it does not have: ${String(request.epoch)}`);
    const reply = answer.value;
    const entries = [...(await this.#entries(journal, reply.head.seq))];
    const touched = this.#judgeAll(push, reply.outcomes, entries);
    for (const entry of entries) this.#take(entry);
    if (this.model.seq !== reply.head.seq) return;
    if (reply.safeSeq !== this.model.safeSeq)
      this.faults.push(`safeSeq ${String(reply.safeSeq)}, a backup reaches ${String(this.model.safeSeq)}`);
    const seen = new Set(visible(this.model, push.session).map(({ kind, key }) => `${kind} ${key}`));
    reply.outcomes.forEach((outcome, at) => {
      const isRelayed = at >= request.changes.length;
      this.faults.push(...winnerFaults(this.model, outcome, isRelayed ? seen : null));
    });
    this.faults.push(...conflictFaults(this.model, touched), ...pageFaults(this.model, push.session, request, reply));
  }

  /** A device's epoch and head are those of this journal, or it knows none yet. */
  #isKnownPast({ epoch, head }: SyncRequest): boolean {
    if (epoch === null) return true;
    if (epoch !== this.model.epoch) return false;
    return head === null || head.seq === 0 || this.model.hashAt(head.seq) === head.hash;
  }

  /** Gives the records that took in a change. */
  #judgeAll({ session, request, arrived, relayed }: Push, outcomes: readonly Outcome[], entries: JournalEntry[]) {
    const touched = new Set<string>();
    const foretold: Foretold[] = [];
    const judge = (batch: Batch): boolean => {
      while (entries[0]?.author.device === serverDevice) this.#take(entries.shift() as JournalEntry);
      const verdicts = this.#judgeBatch(batch, arrived, entries, touched);
      verdicts.forEach((verdict, at) => (foretold[batch.at + at] = verdict));
      return verdicts.some(({ code }) => code === 'forbidden');
    };
    const unallowed = inTurn(batchesOf({ session, request, relayed }, this.model.devices)).filter(judge);
    if (touched.size > 0) unallowed.forEach(judge);
    const changes = [request, ...relayed].flatMap((each) => each.changes);
    changes.forEach((change, at) => {
      const [outcome, verdict] = [outcomes[at], foretold[at]];
      const what = `${change.kind} ${change.key} by ${session.device}`;
      if (outcome === undefined || verdict === undefined) this.faults.push(`no verdict on ${change.id}`);
      else this.faults.push(...verdictFaults(verdict, outcome, what));
    });
    return touched;
  }

  #judgeBatch(batch: Batch, arrived: number, entries: JournalEntry[], touched: Set<string>): readonly Foretold[] {
    const cloned = new Set<string>();
    return batch.request.changes.map((change): Foretold => {
      const { id, kind, key } = change;
      if (batch.sender === null) return { id, outcome: 'refused', stamp: null, seq: null, code: 'forbidden' };
      const isNew = !this.model.held.has(id);
      if (!batch.isRelayed && this.model.isLate(change, batch.sender.device))
        this.faults.push(`${id} (n ${String(change.n)}) is sent after a newer change of its device`);
      const foretold = this.model.judge(change, batch.request, batch.sender, arrived, cloned);
      if (!batch.isRelayed) this.model.sentByItself(change, foretold.code);
      const [entry] = entries;
      if (isNew && entry?.change.id === id) {
        this.#take(entry);
        entries.shift();
        touched.add(`${kind} ${key}`);
        return { ...foretold, seq: this.model.held.get(id)?.outcomeSeq ?? null };
      }
      if (foretold.outcome === 'unknown') {
        this.model.refuse(change, readStamp(change.stamp).device, foretold.stamp, batch.sender.person);
        return { ...foretold, code: 'forbidden' };
      }
      if (isNew && foretold.outcome !== 'refused') this.faults.push(`${id} is not in the journal after its verdict`);
      return foretold;
    });
  }

  #take(entry: JournalEntry): void {
    this.faults.push(...takeIn(this.model, entry));
  }

  async #entries(journal: Journal, upTo: number): Promise<readonly JournalEntry[]> {
    if (this.reader === null || upTo <= this.model.seq) return [];
    const { entries } = await journal.entries(this.reader, null, this.model.seq, upTo - this.model.seq);
    return entries.filter(({ seq }) => seq <= upTo);
  }
}
