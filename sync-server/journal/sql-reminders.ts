import type { Instant, PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import { mailAddressOf } from '../../src/domain/communication/contact-link.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { day, instant, millis, type Millis } from '../../src/domain/time.ts';
import type { Dialect } from './dialect.ts';
import type { Engine } from './engine.ts';
import type { PushSubscriptions, PushTarget } from './push-subscriptions.ts';
import {
  remindAgainAfter,
  remindAtMostEvery,
  remindersADay,
  remindersKeptFor,
  sendingEndsWithin,
  type KeptReminder,
  type Noted,
  type Reachable,
  type RemindRequest,
  type Reminders,
  type ReminderResult,
  type ReminderWay,
  type ToRemind,
} from './reminders.ts';
import { parsed } from './rows.ts';
import { select, selectOne, statement, statementForEach, type Work } from './work.ts';
import type { Workspaces } from './workspaces.ts';

type ReminderRow = {
  readonly person: PersonId;
  readonly way: ReminderWay;
  readonly at: Instant;
  readonly by_person: PersonId;
  readonly result: 'sent' | 'refused' | 'failed' | null;
};
type PersonRow = { readonly person: PersonId; readonly value: string | null };

const columns = 'm.person, m.way, m.at, m.by_person, m.result';

/** Reminders in the journal's database; each is written down before it is sent. */
export class SqlReminders implements Reminders {
  private readonly engine: Engine;
  private readonly spaces: Workspaces;
  private readonly pushes: PushSubscriptions;
  private readonly ofRequest;
  private readonly latestOfEach;
  private readonly remindedSince;
  private readonly sinceThen;
  private readonly peopleOf;
  private readonly everybody;
  private readonly insert;
  private readonly setResult;
  private readonly dropOld;

  constructor(engine: Engine, spaces: Workspaces, pushes: PushSubscriptions) {
    this.engine = engine;
    this.spaces = spaces;
    this.pushes = pushes;
    const { inTexts }: Dialect = engine.dialect;
    this.ofRequest = select<[number, string], ReminderRow>(
      `SELECT ${columns} FROM reminders m WHERE m.ws = ? AND m.request = ? ORDER BY m.person, m.way`,
    );
    this.latestOfEach = select<[number, number], ReminderRow>(
      `SELECT ${columns} FROM (SELECT person, max(at) AS at FROM reminders WHERE ws = ? GROUP BY person) l
       JOIN reminders m ON m.person = l.person AND m.at = l.at WHERE m.ws = ? ORDER BY m.person, m.way`,
    );
    this.remindedSince = select<[number, Instant, Instant, string], { person: PersonId }>(
      `SELECT DISTINCT person FROM reminders
       WHERE ws = ? AND at > ? AND (result = 'sent' OR (result IS NULL AND at > ?)) AND person ${inTexts}`,
    );
    this.sinceThen = selectOne<[number, Instant], { count: number; first: Instant | null }>(
      `SELECT count(*) AS count, min(at) AS first FROM reminders WHERE ws = ? AND at > ?`,
    );
    const people = `SELECT r.key AS person, c.value FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
       WHERE r.ws = ? AND r.kind = 'person'`;
    this.peopleOf = select<[number, string], PersonRow>(`${people} AND r.key ${inTexts}`);
    this.everybody = select<[number], PersonRow>(`${people} ORDER BY r.key`);
    this.insert = statementForEach(
      `INSERT INTO reminders (ws, request, person, way, at, by_person) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.setResult = statement<[string, number, string, ReminderWay, string]>(
      `UPDATE reminders SET result = ? WHERE ws = ? AND request = ? AND way = ? AND result IS NULL AND person ${inTexts}`,
    );
    this.dropOld = statement<[number, Instant]>(`DELETE FROM reminders WHERE ws = ? AND at < ?`);
  }

  note(workspace: WorkspaceId, request: RemindRequest, now: Millis): Promise<Result<Noted, number>> {
    const { spaces } = this;
    const noting = (ws: number) => this.noting(ws, request, now);
    // the row is held, so that the same request at the same moment, on another node too, finds what this one wrote
    return this.engine.write(workspace, function* () {
      return yield* noting((yield* spaces.lock(workspace)).ws);
    });
  }

  settle(
    workspace: WorkspaceId,
    request: string,
    way: ReminderWay,
    people: readonly PersonId[],
    result: 'sent' | 'refused' | 'failed',
  ): Promise<void> {
    const { spaces, setResult } = this;
    // a turn of its own, and no lock: pushes wait for nothing of this
    return this.engine.write(`reminders ${workspace}`, function* () {
      yield* setResult(result, (yield* spaces.row(workspace)).ws, request, way, JSON.stringify(people));
    });
  }

  of(workspace: WorkspaceId, request: string, now: Millis): Promise<readonly KeptReminder[]> {
    return this.read(workspace, (ws) => this.ofRequest(ws, request), now);
  }

  latest(workspace: WorkspaceId, now: Millis): Promise<readonly KeptReminder[]> {
    return this.read(workspace, (ws) => this.latestOfEach(ws, ws), now);
  }

  async reachable(workspace: WorkspaceId, ways: ReadonlySet<ReminderWay>): Promise<readonly Reachable[]> {
    const { spaces, everybody } = this;
    const waysOf = (ws: number, rows: readonly PersonRow[]) => this.waysOf(ws, rows, ways);
    const all = await this.engine.read(function* () {
      const { ws } = yield* spaces.row(workspace);
      return yield* waysOf(ws, yield* everybody(ws));
    });
    const byPerson = new Map<PersonId, ReminderWay[]>();
    for (const { person, way } of all) byPerson.set(person, [...(byPerson.get(person) ?? []), way]);
    return [...byPerson].map(([person, found]) => ({ person, ways: found }));
  }

  /** Every way to each of them. */
  private *waysOf(ws: number, rows: readonly PersonRow[], ways: ReadonlySet<ReminderWay>): Work<readonly ToRemind[]> {
    const targets = ways.has('push') ? yield* this.pushes.byPerson(ws) : null;
    return rows.flatMap((row) => [
      ...(ways.has('mail') ? mailTo(row) : []),
      ...pushTo(row, targets?.get(row.person) ?? []),
    ]);
  }

  private *noting(ws: number, request: RemindRequest, now: Millis): Work<Result<Noted, number>> {
    const { people, ways, by } = request;
    const found = yield* this.peopleOf(ws, JSON.stringify(people));
    const all = yield* this.waysOf(ws, found, ways);
    const reached = new Set(all.map(({ person }) => person));
    const noWay = people.filter((person) => !reached.has(person));
    const without = (left: ReadonlySet<PersonId>) => [...reached].filter((person) => !left.has(person));
    const before = yield* this.ofRequest(ws, request.request);
    if (before.length > 0)
      return ok({ send: [], tooSoon: without(new Set(before.map(({ person }) => person))), noWay });
    const lately = yield* this.lately(ws, people, now - (request.again ? remindAtMostEvery : remindAgainAfter), now);
    const send = all.filter(({ person }) => !lately.has(person));
    const wait = yield* this.waitFor(ws, send.length, now);
    if (wait > 0) return err(wait);
    yield* this.dropOld(ws, instant(now - remindersKeptFor));
    yield* this.insert(send.map(({ person, way }) => [ws, request.request, person, way, instant(now), by]));
    return ok({ send, tooSoon: without(new Set(send.map(({ person }) => person))), noWay });
  }

  private *lately(ws: number, people: readonly PersonId[], since: Millis, now: Millis): Work<ReadonlySet<PersonId>> {
    const started = instant(now - sendingEndsWithin);
    const rows = yield* this.remindedSince(ws, instant(since), started, JSON.stringify(people));
    return new Set(rows.map(({ person }) => person));
  }

  /** Seconds until so many more may be sent; 0 = now. */
  private *waitFor(ws: number, more: number, now: Millis): Work<number> {
    const held = yield* this.sinceThen(ws, instant(now - day));
    if (held === null || held.first === null || held.count + more <= remindersADay) return 0;
    return Math.max(1, Math.ceil((millis(held.first) + day - now) / 1000));
  }

  private async read(
    workspace: WorkspaceId,
    run: (ws: number) => Work<readonly ReminderRow[]>,
    now: Millis,
  ): Promise<readonly KeptReminder[]> {
    const { spaces } = this;
    const rows = await this.engine.read(function* () {
      return yield* run((yield* spaces.row(workspace)).ws);
    });
    return rows.map(({ person, way, at, by_person: by, result }) => ({
      person,
      way,
      at,
      by,
      result: asKnown(result, at, now),
    }));
  }
}

function mailTo({ person, value }: PersonRow): readonly ToRemind[] {
  const address = addressIn(parsed(value));
  return address === null ? [] : [{ person, way: 'mail', address }];
}

/** Whoever was erased has no name any more, and is told nothing. */
function pushTo({ person, value }: PersonRow, targets: readonly PushTarget[]): readonly ToRemind[] {
  return targets.length === 0 || parsed(value) === null ? [] : [{ person, way: 'push', targets }];
}

/** What is kept was checked by the rules of its time; it is read with care all the same. */
function addressIn(value: unknown): string | null {
  const contacts = typeof value === 'object' && value !== null && 'contacts' in value ? value.contacts : null;
  return Array.isArray(contacts) ? mailAddressOf(contacts as Parameters<typeof mailAddressOf>[0]) : null;
}

function asKnown(result: ReminderRow['result'], at: Instant, now: Millis): ReminderResult {
  return result ?? (now - millis(at) < sendingEndsWithin ? 'waiting' : 'unknown');
}
