import { dirname, join } from 'node:path';
import type { DeviceId, IncidentId, PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { serverNow } from '../../src/domain/sync/effective-stamp.ts';
import {
  type EnrolReply,
  type Head,
  type HistoryChanged,
  type SyncReply,
  type SyncRequest,
} from '../../src/domain/sync/protocol.ts';
import type { SequenceGap } from '../../src/domain/sync/reconcile-facts.ts';
import { instant, minute, type Millis } from '../../src/domain/time.ts';
import { CommitListeners } from './commit-listeners.ts';
import type {
  CodeHash,
  EnrolRequest,
  GapListener,
  InviteRequest,
  Journal,
  ReadFault,
  Relayed,
  Session,
} from './journal.ts';
import { RevocationsFile } from './revocations-file.ts';
import { openSqlite, type SqliteDatabase } from './sqlite-database.ts';
import { Devices } from './sqlite-devices.ts';
import { FactsReader } from './sqlite-facts.ts';
import { Histories } from './sqlite-history.ts';
import { Ledger, type Kept, type RandomBytes, type Tip } from './sqlite-ledger.ts';
import { Pages } from './sqlite-page.ts';
import { erasePersonal, People } from './sqlite-people.ts';
import { preparePush, Pushes, type PreparedPush } from './sqlite-push.ts';
import { Relays } from './sqlite-relays.ts';
import { Replies } from './sqlite-replies.ts';
import { Scopes } from './sqlite-scope.ts';
import { Winners } from './sqlite-winners.ts';
import { Workspaces } from './sqlite-workspaces.ts';
import { WriteQueue } from './write-queue.ts';

export type SqliteJournalOptions = {
  /** A file, or ':memory:' for tests. */
  readonly path: string;
  readonly random: RandomBytes;
  /** Where revocations are kept outside the backup; beside the database by default, nowhere for ':memory:'. */
  readonly revocations?: string;
};

/** The journal on the embedded database (protocol.md, Starting a server). Opens or creates the file; throws where it can't. */
export function openSqliteJournal({ path, random, revocations }: SqliteJournalOptions): Journal {
  const beside = path === ':memory:' ? null : join(dirname(path), 'revocations.jsonl');
  const file = revocations ?? beside;
  return new SqliteJournal(openSqlite(path), random, file === null ? null : new RevocationsFile(file));
}

/** What a write on a workspace's locked row gives, keeps, and found missing. */
type Done<T> = { readonly value: T; readonly kept: readonly Kept[]; readonly gaps?: readonly SequenceGap[] };

/** How far `lastSeenAt` may lag behind, so that a pull alone seldom writes. */
const lastSeenLag: Millis = 5 * minute;

class SqliteJournal implements Journal {
  private readonly db: SqliteDatabase;
  private readonly random: RandomBytes;
  private readonly queue: WriteQueue;
  private readonly scopes: Scopes;
  private readonly winners: Winners;
  private readonly ledger: Ledger;
  private readonly facts: FactsReader;
  private readonly relays: Relays;
  private readonly pages: Pages;
  private readonly histories: Histories;
  private readonly replies: Replies;
  private readonly people: People;
  private readonly known: Devices;
  private readonly listeners = new CommitListeners();
  private readonly spaces: Workspaces;

  constructor(db: SqliteDatabase, random: RandomBytes, revocations: RevocationsFile | null) {
    this.db = db;
    this.random = random;
    this.scopes = new Scopes(db);
    this.winners = new Winners(db);
    this.queue = new WriteQueue(db, () => {
      this.scopes.forget();
      this.winners.forget();
    });
    this.ledger = new Ledger(db, random);
    this.facts = new FactsReader(db);
    this.pages = new Pages(this.winners);
    this.histories = new Histories(db);
    this.people = new People(db, this.ledger, random);
    this.known = new Devices(db, revocations);
    const pushes = new Pushes(db, this.ledger, this.facts, random);
    this.relays = new Relays(pushes, this.scopes, this.known);
    this.replies = new Replies(this.facts, this.pages, this.histories, this.scopes, this.known);
    this.spaces = new Workspaces(db, random);
  }

  createWorkspace(name: string, now: Millis): Promise<WorkspaceId> {
    return this.queue.write(() => this.spaces.create(name, now));
  }

  async workspaces(): ReturnType<Journal['workspaces']> {
    return this.read(() =>
      this.spaces.all().map(({ ws, id, name }) => ({ id, name, hasCoordinator: this.people.hasCoordinator(ws) })),
    );
  }

  keepSetupCode(workspace: WorkspaceId, code: CodeHash, expiresAt: Millis): Promise<void> {
    return this.queue.write(() => this.people.keepSetupCode(this.spaces.row(workspace).ws, code, expiresAt));
  }

  invite(
    workspace: WorkspaceId,
    request: InviteRequest,
    now: Millis,
  ): Promise<Result<{ readonly person: PersonId }, ReadFault>> {
    return this.change<Result<{ readonly person: PersonId }, ReadFault>>(workspace, now, (tip) => {
      if (this.replies.rightsOf(tip.ws, request.by)?.access !== 'coordinator')
        return { value: err('forbidden'), kept: [] };
      const invited = this.people.invite(tip, request);
      return invited === null
        ? { value: err('not-found'), kept: [] }
        : { value: ok({ person: invited.person }), kept: invited.kept };
    });
  }

  async enrol(request: EnrolRequest, now: Millis): Promise<Result<EnrolReply, 'code-refused'>> {
    const ws = this.read(() => this.people.workspaceOf(request));
    const workspace = ws === null ? null : this.spaces.idOf(ws);
    if (workspace === null) return err('code-refused');
    return await this.change<Result<EnrolReply, 'code-refused'>>(workspace, now, (tip) => {
      const done = this.people.enrol(tip, request);
      return done.ok ? { value: ok(done.value.reply), kept: done.value.kept } : { value: done, kept: [] };
    });
  }

  async device(id: DeviceId): ReturnType<Journal['device']> {
    return this.known.find(id);
  }

  async devices(workspace: WorkspaceId): ReturnType<Journal['devices']> {
    return this.read(() => this.known.of(this.spaces.row(workspace).ws));
  }

  revoke(
    workspace: WorkspaceId,
    device: DeviceId,
    mode: 'lost' | 'leaver',
    now: Millis,
  ): Promise<Result<void, 'not-found'>> {
    return this.queue.write(() => this.known.revoke(this.spaces.row(workspace).ws, device, mode, instant(now)));
  }

  async sync(
    session: Session,
    request: SyncRequest,
    arrived: Millis,
    relayed: readonly Relayed[] = [],
  ): Promise<Result<SyncReply, HistoryChanged>> {
    const isPull = request.changes.length === 0 && relayed.length === 0;
    if (isPull && !this.known.isOverdue(session.device, arrived - lastSeenLag)) {
      return this.read(() => {
        const workspace = this.spaces.row(session.workspace);
        return (
          this.replies.otherPast(workspace, request) ?? ok(this.replies.sync(workspace, session, request, arrived, []))
        );
      });
    }
    const push = preparePush(request, this.random);
    const bundles = relayed.map((each) => preparePush(each, this.random));
    return await this.change(session.workspace, arrived, (tip) => this.push(tip, session, push, bundles, arrived));
  }

  async record(session: Session, kind: string, key: string): ReturnType<Journal['record']> {
    return this.read(() => {
      const found = this.pages.record(this.replies.reader(this.spaces.row(session.workspace), session), kind, key);
      return typeof found === 'string' ? err(found) : ok(found);
    });
  }

  async history(session: Session, kind: string, key: string): ReturnType<Journal['history']> {
    return this.read(() => {
      const reader = this.replies.reader(this.spaces.row(session.workspace), session);
      const found = this.pages.record(reader, kind, key);
      return typeof found === 'string' ? err(found) : ok(this.histories.record(reader, kind, key));
    });
  }

  async entries(
    session: Session,
    incident: IncidentId | null,
    after: number,
    limit: number,
  ): ReturnType<Journal['entries']> {
    return this.read(() =>
      this.histories.page(this.replies.reader(this.spaces.row(session.workspace), session), incident, after, limit),
    );
  }

  async rights(session: Session): ReturnType<Journal['rights']> {
    return this.read(() => this.replies.rightsOf(this.spaces.row(session.workspace).ws, session.person));
  }

  async erasePerson(
    workspace: WorkspaceId,
    person: PersonId,
    by: PersonId,
    now: Millis,
  ): Promise<Result<void, ReadFault>> {
    const erased = await this.change<Result<void, ReadFault>>(workspace, now, (tip) => {
      if (this.replies.rightsOf(tip.ws, by)?.access !== 'coordinator') return { value: err('forbidden'), kept: [] };
      if (!this.known.hasPerson(tip.ws, person)) return { value: err('not-found'), kept: [] };
      const kept = erasePersonal(this.db, this.ledger, tip, person);
      this.winners.forget();
      return { value: ok(undefined), kept };
    });
    // The write-ahead log still holds what was erased until it is emptied.
    if (erased.ok) this.db.pragma('wal_checkpoint(TRUNCATE)');
    return erased;
  }

  async head(workspace: WorkspaceId): ReturnType<Journal['head']> {
    const { epoch, seq, hash } = this.spaces.row(workspace);
    return { epoch, head: { seq, hash } };
  }

  onCommit(session: Session, listener: (epoch: string, head: Head) => void): () => void {
    return this.listeners.add(session, listener);
  }

  onGap(listener: GapListener): () => void {
    return this.listeners.addForGaps(listener);
  }

  async verify(workspace: WorkspaceId): ReturnType<Journal['verify']> {
    return this.read(() => this.histories.verify(this.spaces.row(workspace)));
  }

  async beginNewEpoch(): Promise<void> {
    await this.queue.write(() => {
      this.spaces.beginNewEpochs();
      this.db.prepare(`DELETE FROM codes WHERE burnt_by IS NULL`).run();
    });
  }

  async healthy(): Promise<Result<void, string>> {
    try {
      // Takes the write lock and writes a page, so a full disk and a read-only one are noticed. A row set to what it is would not do:
      // SQLite sees that nothing changes and writes nothing.
      await this.queue.write(() => {
        this.db.pragma(`user_version = ${String(this.db.pragma('user_version', { simple: true }))}`);
      });
      return ok(undefined);
    } catch (reason) {
      return err(reason instanceof Error ? reason.message : 'the database can not be written');
    }
  }

  async close(): Promise<void> {
    await this.queue.drained();
    this.db.close();
  }

  private push(
    tip: Tip,
    session: Session,
    push: PreparedPush<SyncRequest>,
    bundles: readonly PreparedPush<Relayed>[],
    arrived: Millis,
  ): Done<Result<SyncReply, HistoryChanged>> {
    const otherPast = this.replies.otherPast(tip, push.request);
    if (otherPast !== null) return { value: otherPast, kept: [] };
    this.known.touch(session.device, instant(arrived));
    const { own, relayed, kept, gaps } = this.relays.keep(tip, session, { push, bundles }, arrived);
    const outcomes = [...own, ...this.replies.asTold(tip, session, bundles, relayed)];
    return { value: ok(this.replies.sync(tip, session, push.request, arrived, outcomes)), kept, gaps };
  }

  /** Runs a write on a workspace's locked row and tells the listeners once it is on disk. */
  private async change<T>(id: WorkspaceId, clock: Millis, run: (tip: Tip) => Done<T>): Promise<T> {
    const {
      value,
      kept,
      gaps = [],
      tip,
    } = await this.queue.write(() => {
      const row = this.spaces.row(id);
      const locked: Tip = { ...row, now: serverNow(clock, row.last_stamp) };
      const done = run(locked);
      this.ledger.save(row, locked);
      return { ...done, tip: locked };
    });
    if (kept.length > 0 && this.listeners.isHeard(id)) this.tell(tip, kept);
    if (gaps.length > 0) this.listeners.tellGaps(id, gaps);
    return value;
  }

  private tell(tip: Tip, kept: readonly Kept[]): void {
    const scope = this.scopes.of(this.spaces.row(tip.id));
    const commit = { epoch: tip.epoch, head: { seq: tip.seq, hash: tip.hash }, kept };
    this.listeners.tell(tip.id, commit, scope, (person) => this.replies.rightsOf(tip.ws, person));
  }

  /** One state of the database, whatever other processes commit meanwhile. */
  private read<T>(run: () => T): T {
    return this.db.transaction(run).deferred();
  }
}
