import type { Rights } from '../../src/domain/access/access.ts';
import { rightsNow } from '../../src/domain/access/grant-history.ts';
import type { PersonId } from '../../src/domain/ids.ts';
import { err, type Result } from '../../src/domain/result.ts';
import { serverNow } from '../../src/domain/sync/effective-stamp.ts';
import {
  protocolVersion,
  type HistoryChanged,
  type Outcome,
  type SyncReply,
  type SyncRequest,
} from '../../src/domain/sync/protocol.ts';
import { viewName } from '../../src/domain/sync/view.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import type { Session } from './journal.ts';
import type { Devices } from './devices.ts';
import type { FactsReader } from './facts.ts';
import type { Histories } from './history.ts';
import { coversOf, type Pages, type Reader } from './page.ts';
import { replyOf } from './reply-text.ts';
import type { WorkspaceRow } from './rows.ts';
import type { PreparedPush } from './push.ts';
import type { Scopes } from './scope.ts';
import type { Transaction } from './engine.ts';
import type { Work } from './work.ts';

/** What a device is answered, by its rights as they stand now. */
export class Replies {
  private readonly facts: FactsReader;
  private readonly pages: Pages;
  private readonly histories: Histories;
  private readonly scopes: Scopes;
  private readonly devices: Devices;

  constructor(facts: FactsReader, pages: Pages, histories: Histories, scopes: Scopes, devices: Devices) {
    this.facts = facts;
    this.pages = pages;
    this.histories = histories;
    this.scopes = scopes;
    this.devices = devices;
  }

  *rightsOf(ws: number, person: PersonId): Work<Rights | null> {
    return (yield* this.rightsOfEach(ws, [person])).get(person) ?? null;
  }

  *rightsOfEach(ws: number, people: readonly PersonId[]): Work<ReadonlyMap<PersonId, Rights | null>> {
    const grants = yield* this.facts.grants(ws, people);
    return new Map(people.map((person) => [person, rightsNow(person, grants.get(person) ?? [])]));
  }

  *reader(within: Transaction, workspace: WorkspaceRow, session: Session): Work<Reader> {
    return {
      within,
      ws: workspace.ws,
      session,
      rights: yield* this.rightsOf(workspace.ws, session.person),
      scope: yield* this.scopes.of(within, workspace),
    };
  }

  /** A revoked device gets its verdicts and nothing to read. */
  *sync(
    within: Transaction,
    workspace: WorkspaceRow,
    session: Session,
    request: SyncRequest,
    arrived: Millis,
    outcomes: readonly Outcome[],
  ): Work<SyncReply> {
    const reader = yield* this.reader(within, workspace, session);
    const view = viewName(reader.rights, coversOf(reader.rights, reader.scope));
    const mayPull = (yield* this.devices.find(session.device))?.revoked === null;
    // A first pull names no view: it starts from 0 anyway.
    const reset = mayPull && request.view !== view && (request.view !== null || request.cursor > 0);
    const page = mayPull
      ? yield* this.pages.read(reader, reset ? 0 : request.cursor, request.limit, workspace.seq)
      : { texts: [], cursor: request.cursor, more: false };
    const { texts, cursor, more } = page;
    const frame: Omit<SyncReply, 'records'> = {
      protocol: protocolVersion,
      epoch: workspace.epoch,
      serverNow: instant(serverNow(arrived, workspace.last_stamp)),
      head: { seq: workspace.seq, hash: workspace.hash },
      view,
      reset,
      outcomes,
      cursor,
      more,
      safeSeq: workspace.safe_seq,
    };
    return replyOf(frame, texts);
  }

  /**
   * Verdicts on what a device relayed, as it may be told them: of a record that it may not see it does not learn which change
   * stands.
   */
  *asTold(
    within: Transaction,
    workspace: WorkspaceRow,
    session: Session,
    bundles: readonly PreparedPush[],
    outcomes: readonly Outcome[],
  ): Work<readonly Outcome[]> {
    if (outcomes.length === 0) return outcomes;
    const reader = yield* this.reader(within, workspace, session);
    const reads = bundles.flatMap(({ changes }) => changes);
    const told: Outcome[] = [];
    for (const [at, outcome] of outcomes.entries()) {
      const read = reads[at];
      const isSeen = read?.tag === 'readable' && (yield* this.maySee(reader, read.change.kind, read.change.key));
      told.push(isSeen || outcome.winner === null ? outcome : { ...outcome, winner: null });
    }
    return told;
  }

  private *maySee(reader: Reader, kind: string, key: string): Work<boolean> {
    return typeof (yield* this.pages.record(reader, kind, key)) !== 'string';
  }

  /** Another epoch, or another hash where the phone last heard of the journal: then nothing may be processed. */
  *otherPast(workspace: WorkspaceRow, { epoch, head }: SyncRequest): Work<Result<never, HistoryChanged> | null> {
    const isOther =
      (epoch !== null && epoch !== workspace.epoch) ||
      (head !== null && (yield* this.histories.hashOf(workspace, head.seq)) !== head.hash);
    if (!isOther) return null;
    return err({
      code: 'history-changed',
      epoch: workspace.epoch,
      head: { seq: workspace.seq, hash: workspace.hash },
    });
  }
}
