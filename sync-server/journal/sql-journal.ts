import type { DeviceId, IncidentId, PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import { err, ok, unreachable, type Result } from '../../src/domain/result.ts';
import { serverNow } from '../../src/domain/sync/effective-stamp.ts';
import {
  type EnrolReply,
  type Head,
  type HistoryChanged,
  type SyncReply,
  type SyncRequest,
} from '../../src/domain/sync/protocol.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import { CommitListeners } from './commit-listeners.ts';
import type { Engine, Transaction } from './engine.ts';
import { JournalWork, type Done } from './journal-work.ts';
import type {
  CodeHash,
  EnrolRequest,
  GapListener,
  InviteId,
  InviteRequest,
  Journal,
  ReadFault,
  Relayed,
  RevocationListener,
  Session,
} from './journal.ts';
import type { RandomBytes, Tip } from './ledger.ts';
import { Nudges } from './nudges.ts';
import type { Heard, OtherNodes } from './other-nodes.ts';
import { preparePush } from './push.ts';
import { PushSubscriptions } from './push-subscriptions.ts';
import type { Reminders } from './reminders.ts';
import type { RevocationsFile } from './revocations-file.ts';
import type { WorkspaceRow } from './rows.ts';
import { SqlReminders } from './sql-reminders.ts';
import type { Work } from './work.ts';

export type SqlJournalParts = {
  readonly engine: Engine;
  readonly random: RandomBytes;
  readonly revocations: RevocationsFile | null;
  /** Servers that work on the same database; null where there can be none. */
  readonly otherNodes: OtherNodes | null;
};

/** Whoever changes no single workspace waits in a turn of its own. */
const ownTurn = '';

/** The journal on a database that speaks SQL: what is kept and in which order. How it is kept is the engine's. */
export class SqlJournal implements Journal {
  readonly reminders: Reminders;
  readonly pushes: PushSubscriptions;
  private readonly engine: Engine;
  private readonly random: RandomBytes;
  private readonly otherNodes: OtherNodes | null;
  private readonly work: JournalWork;
  private readonly listeners = new CommitListeners();
  private readonly nudges: Nudges;

  constructor({ engine, random, revocations, otherNodes }: SqlJournalParts) {
    this.engine = engine;
    this.random = random;
    this.otherNodes = otherNodes;
    this.work = new JournalWork(engine.dialect, random, revocations);
    this.pushes = new PushSubscriptions(engine);
    this.reminders = new SqlReminders(engine, this.work.spaces, this.pushes);
    this.nudges = new Nudges(engine, this.work, this.listeners);
    // What others told is in the database, and is read again: a failure here loses nothing.
    otherNodes?.listen((news) => void this.hear(news).catch(() => undefined));
  }

  /** Brings back what a restored backup has forgotten, and keeps outside the database what other nodes revoked. */
  alignRevocations(): Promise<void> {
    return this.engine.write(ownTurn, () => this.work.devices.alignRevocations());
  }

  createWorkspace(name: string, now: Millis): Promise<WorkspaceId> {
    return this.engine.write(ownTurn, () => this.work.spaces.create(name, now));
  }

  workspaces(): ReturnType<Journal['workspaces']> {
    return this.engine.read(() => this.work.summaries());
  }

  keepSetupCode(workspace: WorkspaceId, code: CodeHash, expiresAt: Millis): Promise<boolean> {
    return this.write(workspace, ({ ws }) => this.work.people.keepSetupCode(ws, code, expiresAt));
  }

  invite(workspace: WorkspaceId, request: InviteRequest, now: Millis): ReturnType<Journal['invite']> {
    return this.change(workspace, now, (tip) => this.work.inviting(tip, request));
  }

  invites(workspace: WorkspaceId, now: Millis): ReturnType<Journal['invites']> {
    return this.readOf(workspace, ({ ws }) => this.work.people.invites.list(ws, now));
  }

  withdraw(workspace: WorkspaceId, id: InviteId, now: Millis): ReturnType<Journal['withdraw']> {
    return this.write(workspace, ({ ws }) => this.work.people.invites.withdraw(ws, id, instant(now)));
  }

  async enrol(request: EnrolRequest, now: Millis): Promise<Result<EnrolReply, 'code-refused'>> {
    const workspace = await this.engine.read(() => this.work.workspaceOf(request));
    if (workspace === null) return err('code-refused');
    return await this.change(workspace, now, (tip) => this.work.enrolling(tip, request));
  }

  device(id: DeviceId): ReturnType<Journal['device']> {
    return this.engine.read(() => this.work.devices.find(id));
  }

  devices(workspace: WorkspaceId): ReturnType<Journal['devices']> {
    return this.readOf(workspace, ({ ws }) => this.work.devices.of(ws));
  }

  async revoke(
    workspace: WorkspaceId,
    device: DeviceId,
    mode: 'lost' | 'leaver',
    now: Millis,
  ): Promise<Result<void, 'not-found'>> {
    const done = await this.write(workspace, ({ ws }) => this.work.devices.revoke(ws, device, mode, instant(now)));
    if (!done.ok) return done;
    for (const each of done.value) {
      this.listeners.tellRevoked(each);
      this.otherNodes?.tell({ tag: 'revocation', device: each });
    }
    return ok(undefined);
  }

  approve(workspace: WorkspaceId, device: DeviceId, now: Millis): ReturnType<Journal['approve']> {
    return this.write(workspace, ({ ws }) => this.work.devices.approve(ws, device, instant(now)));
  }

  quarantined(workspace: WorkspaceId): ReturnType<Journal['quarantined']> {
    return this.readOf(workspace, ({ ws }) => this.work.quarantine.counts(ws));
  }

  quarantine(workspace: WorkspaceId, device: DeviceId, most: number): ReturnType<Journal['quarantine']> {
    return this.readOf(workspace, ({ ws }) => this.work.quarantineOf(ws, device, most));
  }

  async sync(
    session: Session,
    request: SyncRequest,
    arrived: Millis,
    relayed: readonly Relayed[] = [],
  ): Promise<Result<SyncReply, HistoryChanged>> {
    if (request.changes.length === 0 && relayed.length === 0) {
      const pulled = await this.readOf(session.workspace, (row, within) =>
        this.work.pulling(row, within, session, request, arrived),
      );
      if (pulled !== null) return pulled;
    }
    const push = preparePush(request, this.random);
    const bundles = relayed.map((each) => preparePush(each, this.random));
    return await this.change(session.workspace, arrived, (tip, within) =>
      this.work.pushing(tip, within, session, { push, bundles }, arrived),
    );
  }

  record(session: Session, kind: string, key: string): ReturnType<Journal['record']> {
    return this.readOf(session.workspace, (row, within) => this.work.recordOf(row, within, session, kind, key));
  }

  history(session: Session, kind: string, key: string): ReturnType<Journal['history']> {
    return this.readOf(session.workspace, (row, within) => this.work.historyOf(row, within, session, kind, key));
  }

  entries(session: Session, incident: IncidentId | null, after: number, limit: number): ReturnType<Journal['entries']> {
    return this.readOf(session.workspace, (row, within) =>
      this.work.entriesOf(row, within, session, incident, after, limit),
    );
  }

  rights(session: Session): ReturnType<Journal['rights']> {
    return this.readOf(session.workspace, ({ ws }) => this.work.replies.rightsOf(ws, session.person));
  }

  async erasePerson(
    workspace: WorkspaceId,
    person: PersonId,
    by: PersonId,
    now: Millis,
  ): Promise<Result<void, ReadFault>> {
    const erased = await this.change(workspace, now, (tip, within) => this.work.erasing(tip, within, person, by));
    if (erased.ok) await this.engine.forgetErased();
    return erased;
  }

  async head(workspace: WorkspaceId): ReturnType<Journal['head']> {
    const { epoch, seq, hash } = await this.engine.read(() => this.work.spaces.row(workspace));
    return { epoch, head: { seq, hash } };
  }

  onCommit(session: Session, listener: (epoch: string, head: Head) => void): () => void {
    return this.listeners.add(session, listener);
  }

  onGap(listener: GapListener): () => void {
    return this.listeners.addForGaps(listener);
  }

  onRevocation(listener: RevocationListener): () => void {
    return this.listeners.addForRevocations(listener);
  }

  verify(workspace: WorkspaceId): ReturnType<Journal['verify']> {
    return this.readOf(workspace, (row) => this.work.histories.verify(row));
  }

  beginNewEpoch(): Promise<void> {
    return this.engine.write(ownTurn, () => this.work.beginningNewEpoch());
  }

  async healthy(): Promise<Result<void, string>> {
    try {
      await this.engine.tryToWrite();
      return ok(undefined);
    } catch (reason) {
      return err(reason instanceof Error ? reason.message : 'the database can not be written');
    }
  }

  async close(): Promise<void> {
    await this.otherNodes?.close();
    await this.engine.close();
  }

  /** Runs a write on a workspace's locked row and tells the listeners once it is on disk. */
  private async change<T>(
    id: WorkspaceId,
    clock: Millis,
    run: (tip: Tip, within: Transaction) => Work<Done<T>>,
  ): Promise<T> {
    const { ledger } = this.work;
    const {
      value,
      kept,
      gaps = [],
      tip,
    } = await this.write(id, function* (row, within) {
      const locked = ledger.tip(row, serverNow(clock, row.last_stamp));
      const done = yield* run(locked, within);
      yield* ledger.save(row, locked);
      return { ...done, tip: locked };
    });
    if (kept.length > 0) {
      this.otherNodes?.tell({ tag: 'commit', workspace: id, after: tip.seq - kept.length });
      await this.nudges.committed(id, kept);
    }
    if (gaps.length > 0) this.listeners.tellGaps(id, gaps);
    return value;
  }

  private write<T>(id: WorkspaceId, run: (row: WorkspaceRow, within: Transaction) => Work<T>): Promise<T> {
    const { spaces } = this.work;
    return this.engine.write(id, function* (within) {
      const row = yield* spaces.lock(id);
      if (within.committed?.has(row.ws) === false) within.committed.set(row.ws, row.seq);
      return yield* run(row, within);
    });
  }

  /** One state of the database, whatever others commit meanwhile. */
  private readOf<T>(id: WorkspaceId, run: (row: WorkspaceRow, within: Transaction) => Work<T>): Promise<T> {
    const { spaces } = this.work;
    return this.engine.read(function* (within) {
      return yield* run(yield* spaces.row(id), within);
    });
  }

  private async hear(news: Heard): Promise<void> {
    switch (news.tag) {
      case 'commit':
        return await this.nudges.committedElsewhere(news.workspace, news.after);
      case 'revocation':
        this.listeners.tellRevoked(news.device);
        return await this.alignRevocations();
      case 'missed':
        await this.nudges.lookAround();
        return await this.alignRevocations();
      default:
        return unreachable(news);
    }
  }
}
