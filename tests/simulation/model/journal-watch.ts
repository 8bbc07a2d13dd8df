import type {
  HistoryChanged,
  JournalEntry,
  Outcome,
  SyncReply,
  SyncRequest,
} from '../../../src/domain/sync/protocol.ts';
import type { Result } from '../../../src/domain/result.ts';
import type { Journal, Session } from '../../../sync-server/journal/journal.ts';
import { conflictFaults } from './conflict-rules.ts';
import { heldFrom, ModelJournal, serverDevice, type Foretold } from './model-journal.ts';
import { pageFaults } from './page-rules.ts';
import { readStamp } from './stamp-rules.ts';

type Answer = Result<SyncReply, HistoryChanged>;
type Push = { readonly session: Session; readonly request: SyncRequest; readonly arrived: number };

/** Stands between the routes and the journal, lets the model judge every request too, and notes where the two differ. */
export class JournalWatch {
  model = new ModelJournal();
  readonly faults: string[] = [];
  /** Of a coordinator, who may read all: known once the first one joined. */
  reader: Session | null = null;
  #tail: Promise<void> = Promise.resolve();
  #journal: Journal | null = null;

  wrap(journal: Journal): Journal {
    this.#journal = journal;
    const sync = async (session: Session, request: SyncRequest, arrived: number): Promise<Answer> => {
      const answer = await journal.sync(session, request, arrived);
      this.#tail = this.#tail.then(() => this.#follow(journal, { session, request, arrived }, answer));
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
        { person, revokedAt: revoked === null ? null : Date.parse(revoked.at) },
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
    while (entries[0]?.author.device === serverDevice) this.#take(entries.shift() as JournalEntry);
    const touched = this.#judgeAll(push, reply.outcomes, entries);
    for (const entry of entries) this.#take(entry);
    if (this.model.seq !== reply.head.seq) return;
    for (const outcome of reply.outcomes) this.#checkWinner(outcome);
    this.faults.push(...conflictFaults(this.model, touched), ...pageFaults(this.model, push.session, request, reply));
  }

  /** A device's epoch and head are those of this journal, or it knows none yet. */
  #isKnownPast({ epoch, head }: SyncRequest): boolean {
    if (epoch === null) return true;
    if (epoch !== this.model.epoch) return false;
    return head === null || head.seq === 0 || this.model.hashAt(head.seq) === head.hash;
  }

  /** Gives the records that took in a change. */
  #judgeAll(push: Push, outcomes: readonly Outcome[], entries: JournalEntry[]): ReadonlySet<string> {
    const { session, request, arrived } = push;
    const cloned = new Set<string>();
    const touched = new Set<string>();
    request.changes.forEach((change, at) => {
      const outcome = outcomes[at];
      const isNew = !this.model.held.has(change.id);
      const foretold = this.model.judge(change, request, session, arrived, cloned);
      if (outcome === undefined) return this.faults.push(`no verdict on ${change.id}`);
      this.#compare(foretold, outcome, `${change.kind} ${change.key} by ${session.device}`);
      if (outcome.outcome === 'refused') {
        const { device } = readStamp(change.stamp);
        if (foretold.outcome === 'unknown') this.model.refuse(change, device, outcome.stamp, session.person);
        return undefined;
      }
      if (!isNew) return undefined;
      const entry = entries.shift();
      if (entry?.change.id !== change.id)
        return this.faults.push(`${change.id} is not in the journal after its verdict`);
      this.#take(entry);
      touched.add(`${change.kind} ${change.key}`);
      const seq = this.model.held.get(change.id)?.outcomeSeq ?? null;
      if (outcome.seq !== seq) this.faults.push(`seq ${String(outcome.seq)} of ${change.id}, not ${String(seq)}`);
      return undefined;
    });
    return touched;
  }

  #compare(foretold: Foretold, { id, outcome, stamp, seq, reason }: Outcome, what: string): void {
    const told = `${what}: ${outcome} ${reason?.code ?? ''} ${String(stamp)}`;
    if (id !== foretold.id) this.faults.push(`a verdict out of order: ${told}`);
    if (foretold.stamp !== stamp) this.faults.push(`${told}, where the stamp must be ${String(foretold.stamp)}`);
    if (foretold.outcome === 'unknown') return;
    if (foretold.outcome !== outcome || (foretold.code ?? undefined) !== reason?.code)
      this.faults.push(`${told}, where protocol.md says ${foretold.outcome} ${foretold.code ?? ''}`);
    if (foretold.seq !== null && foretold.seq !== seq)
      this.faults.push(`${told}: seq ${String(seq)} the second time, ${String(foretold.seq)} the first`);
  }

  #checkWinner({ id, outcome, winner }: Outcome): void {
    const held = id === null ? undefined : this.model.held.get(id);
    if (outcome === 'refused' || held === undefined) return;
    const stands = this.model.winners.get(`${held.kind} ${held.key}`);
    if (stands?.id !== winner) this.faults.push(`winner ${String(winner)} told, ${String(stands?.id)} won`);
  }

  #take(entry: JournalEntry): void {
    if (entry.seq !== this.model.seq + 1)
      this.faults.push(`entry ${String(entry.seq)} after ${String(this.model.seq)}`);
    const stands = this.model.winners.get(`${entry.change.kind} ${entry.change.key}`);
    this.model.follow(heldFrom(entry, entry.outcome === 'applied' ? entry.seq : (stands?.seq ?? entry.seq)));
    const winner = this.model.winners.get(`${entry.change.kind} ${entry.change.key}`);
    if ((winner?.seq === entry.seq) !== (entry.outcome === 'applied'))
      this.faults.push(`entry ${String(entry.seq)} is ${entry.outcome} in the journal`);
  }

  async #entries(journal: Journal, upTo: number): Promise<readonly JournalEntry[]> {
    if (this.reader === null || upTo <= this.model.seq) return [];
    const { entries } = await journal.entries(this.reader, null, this.model.seq, upTo - this.model.seq);
    return entries.filter(({ seq }) => seq <= upTo);
  }
}
