import type { Rights } from '../../src/domain/access/access.ts';
import type { DeviceId, IncidentId, PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import type { EnrolReply, HistoryChanged, SyncReply, SyncRequest } from '../../src/domain/sync/protocol.ts';
import type { SequenceGap } from '../../src/domain/sync/reconcile-facts.ts';
import { instant, minute, type Millis } from '../../src/domain/time.ts';
import type { Commit } from './commit-listeners.ts';
import { Devices } from './devices.ts';
import type { Dialect } from './dialect.ts';
import type { Transaction } from './engine.ts';
import { Erasure } from './erasure.ts';
import { FactsReader } from './facts.ts';
import { Histories } from './history.ts';
import type { EnrolRequest, InviteRequest, Journal, ReadFault, Session } from './journal.ts';
import { Ledger, type Kept, type RandomBytes, type Tip } from './ledger.ts';
import { Pages } from './page.ts';
import { People } from './people.ts';
import { Pushes } from './push.ts';
import { Quarantine } from './quarantine.ts';
import { Relays, type Brought } from './relays.ts';
import { Replies } from './replies.ts';
import type { RevocationsFile } from './revocations-file.ts';
import { changeFrom, parsed, type WorkspaceRow } from './rows.ts';
import { Scopes, type WorkspaceScope } from './scope.ts';
import { Winners } from './winners.ts';
import type { Work } from './work.ts';
import { Workspaces } from './workspaces.ts';

/** What a write on a workspace's locked row gives, keeps, and found missing. */
export type Done<T> = { readonly value: T; readonly kept: readonly Kept[]; readonly gaps?: readonly SequenceGap[] };

type News = {
  readonly commit: Commit;
  readonly scope: WorkspaceScope;
  readonly rights: ReadonlyMap<PersonId, Rights | null>;
};

/** How far `lastSeenAt` may lag behind, so that a pull alone seldom writes. */
const lastSeenLag: Millis = 5 * minute;

/** What each call of the journal does within its transaction. */
export class JournalWork {
  readonly ledger: Ledger;
  readonly spaces: Workspaces;
  readonly people: People;
  readonly devices: Devices;
  readonly histories: Histories;
  readonly replies: Replies;
  readonly quarantine = new Quarantine();
  private readonly scopes = new Scopes();
  private readonly relays: Relays;
  private readonly winners: Winners;
  private readonly pages: Pages;
  private readonly erasure: Erasure;

  constructor(dialect: Dialect, random: RandomBytes, revocations: RevocationsFile | null) {
    const facts = new FactsReader(dialect);
    this.ledger = new Ledger(random);
    this.spaces = new Workspaces(dialect, random);
    this.devices = new Devices(revocations);
    this.people = new People(this.ledger, this.devices, random);
    this.histories = new Histories(dialect);
    this.relays = new Relays(new Pushes(dialect, this.ledger, facts, random), this.scopes, this.devices);
    this.winners = new Winners(dialect);
    this.pages = new Pages(this.winners);
    this.erasure = new Erasure(dialect, this.ledger);
    this.replies = new Replies(facts, this.pages, this.histories, this.scopes, this.devices);
  }

  *summaries(): Work<Awaited<ReturnType<Journal['workspaces']>>> {
    const summaries = [];
    for (const { ws, id, name } of yield* this.spaces.all())
      summaries.push({ id, name, hasCoordinator: yield* this.people.hasCoordinator(ws) });
    return summaries;
  }

  *inviting(tip: Tip, request: InviteRequest): Work<Done<Awaited<ReturnType<Journal['invite']>>>> {
    if ((yield* this.replies.rightsOf(tip.ws, request.by))?.access !== 'coordinator')
      return { value: err('forbidden'), kept: [] };
    const done = yield* this.people.invite(tip, request);
    if (done === null) return { value: err('not-found'), kept: [] };
    const { kept, ...invited } = done;
    return { value: ok(invited), kept };
  }

  *workspaceOf(request: EnrolRequest): Work<WorkspaceId | null> {
    const ws = yield* this.people.workspaceOf(request);
    return ws === null ? null : yield* this.spaces.idOf(ws);
  }

  *enrolling(tip: Tip, request: EnrolRequest): Work<Done<Result<EnrolReply, 'code-refused'>>> {
    const done = yield* this.people.enrol(tip, request);
    return done.ok ? { value: ok(done.value.reply), kept: done.value.kept } : { value: done, kept: [] };
  }

  /** Null where the device was not seen for so long that it must be noted. */
  *pulling(
    row: WorkspaceRow,
    within: Transaction,
    session: Session,
    request: SyncRequest,
    arrived: Millis,
  ): Work<Result<SyncReply, HistoryChanged> | null> {
    if (yield* this.devices.isOverdue(session.device, arrived - lastSeenLag)) return null;
    const otherPast = yield* this.replies.otherPast(row, request);
    return otherPast ?? ok(yield* this.replies.sync(within, row, session, request, arrived, []));
  }

  *pushing(
    tip: Tip,
    within: Transaction,
    session: Session,
    brought: Brought,
    arrived: Millis,
  ): Work<Done<Result<SyncReply, HistoryChanged>>> {
    const otherPast = yield* this.replies.otherPast(tip, brought.push.request);
    if (otherPast !== null) return { value: otherPast, kept: [] };
    yield* this.devices.touch(session.device, instant(arrived));
    const { own, relayed, kept, gaps } = yield* this.relays.keep(within, tip, session, brought, arrived);
    const outcomes = [...own, ...(yield* this.replies.asTold(within, tip, session, brought.bundles, relayed))];
    return {
      value: ok(yield* this.replies.sync(within, tip, session, brought.push.request, arrived, outcomes)),
      kept,
      gaps,
    };
  }

  *recordOf(
    row: WorkspaceRow,
    within: Transaction,
    session: Session,
    kind: string,
    key: string,
  ): Work<Awaited<ReturnType<Journal['record']>>> {
    const found = yield* this.pages.record(yield* this.replies.reader(within, row, session), kind, key);
    return typeof found === 'string' ? err(found) : ok(found);
  }

  *historyOf(
    row: WorkspaceRow,
    within: Transaction,
    session: Session,
    kind: string,
    key: string,
  ): Work<Awaited<ReturnType<Journal['history']>>> {
    const reader = yield* this.replies.reader(within, row, session);
    const found = yield* this.pages.record(reader, kind, key);
    return typeof found === 'string' ? err(found) : ok(yield* this.histories.record(reader, kind, key));
  }

  *entriesOf(
    row: WorkspaceRow,
    within: Transaction,
    session: Session,
    incident: IncidentId | null,
    after: number,
    limit: number,
  ): Work<Awaited<ReturnType<Journal['entries']>>> {
    return yield* this.histories.page(yield* this.replies.reader(within, row, session), incident, after, limit);
  }

  *erasing(tip: Tip, within: Transaction, person: PersonId, by: PersonId): Work<Done<Result<void, ReadFault>>> {
    if ((yield* this.replies.rightsOf(tip.ws, by))?.access !== 'coordinator')
      return { value: err('forbidden'), kept: [] };
    if (!(yield* this.devices.hasPerson(tip.ws, person))) return { value: err('not-found'), kept: [] };
    const kept = yield* this.erasure.of(tip, person);
    yield* this.people.invites.withdrawOf(tip.ws, person, instant(tip.now));
    this.winners.erased(within, tip.ws);
    return { value: ok(undefined), kept };
  }

  *quarantineOf(ws: number, id: DeviceId, most: number): Work<Awaited<ReturnType<Journal['quarantine']>>> {
    const device = yield* this.devices.in(ws, id);
    return device === null ? err('not-found') : ok(yield* this.quarantine.of(ws, id, most));
  }

  *beginningNewEpoch(): Work<void> {
    yield* this.spaces.beginNewEpochs();
    yield* this.people.voidOpenCodes();
  }

  /** What was kept after `seq`; null where that is too much to look at. */
  *keptAfter(ws: number, seq: number): Work<readonly Kept[] | null> {
    const { rows, more } = yield* this.histories.portion(ws, null, seq);
    if (more) return null;
    return rows.map((row) => {
      const { outcome, person, incident, about } = row;
      return { change: changeFrom(row, parsed(row.value)), outcome, person, incident, about };
    });
  }

  /** What is needed to know which of these people a commit concerns. */
  *newsFor(
    within: Transaction,
    id: WorkspaceId,
    people: readonly PersonId[],
    keptOf: (ws: number, seq: number) => Work<readonly Kept[] | null>,
  ): Work<News> {
    const row = yield* this.spaces.row(id);
    return {
      commit: {
        epoch: row.epoch,
        head: { seq: row.seq, hash: row.hash },
        kept: yield* keptOf(row.ws, row.seq),
      },
      scope: yield* this.scopes.of(within, row),
      rights: yield* this.replies.rightsOfEach(row.ws, people),
    };
  }
}
