import type { GrantHistory } from '../../src/domain/access/grant-history.ts';
import type { Grant } from '../../src/domain/access/access.ts';
import type { ChangeId, DeviceId, Instant, PersonId, Stamp } from '../../src/domain/ids.ts';
import type { ReadChange } from '../../src/domain/sync/change.ts';
import { clockOffset } from '../../src/domain/sync/effective-stamp.ts';
import type { Change, SyncRequest } from '../../src/domain/sync/protocol.ts';
import {
  contentOf,
  needsCurrentValue,
  recordName,
  useName,
  type DeviceStamps,
  type HeldChange,
  type HeldRefused,
  type KnownDevice,
  type ReconcileFacts,
  type Winner,
} from '../../src/domain/sync/reconcile-facts.ts';
import { deviceOf, momentOf, type Moment } from '../../src/domain/sync/stamp.ts';
import type { Millis } from '../../src/domain/time.ts';
import type { Session } from './journal.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import type { Tip } from './sqlite-ledger.ts';
import { changeFrom, frameColumns, parsed, type ChangeFrame, type ChangeRow } from './sqlite-rows.ts';
import type { WorkspaceScope } from './sqlite-scope.ts';

type StampsRow = {
  readonly id: DeviceId;
  readonly person: PersonId;
  readonly revoked_at: Instant | null;
  readonly greatest_n: number;
  readonly greatest_moment: Moment | null;
};
type RefusedRow = Omit<HeldRefused, 'contentHash'> & { readonly content_hash: string };

/** Reads, in a handful of statements however long the batch is, everything that judging it needs. */
export class FactsReader {
  private readonly heldRows;
  private readonly heldFrames;
  private readonly anyRefused;
  private readonly refusedRows;
  private readonly devices;
  private readonly acceptedUses;
  private readonly refusedUses;
  private readonly acceptedStamps;
  private readonly refusedStamps;
  private readonly acceptedSuccessors;
  private readonly refusedSuccessors;
  private readonly winners;
  private readonly valueAt;
  private readonly grantRows;

  constructor(db: SqliteDatabase) {
    const listed = 'IN (SELECT value FROM json_each(?))';
    this.heldRows = db.prepare<[number, string], ChangeRow>(
      `SELECT ${frameColumns}, c.value FROM changes c WHERE c.ws = ? AND c.id ${listed}`,
    );
    this.heldFrames = db.prepare<[number, string], ChangeFrame>(
      `SELECT ${frameColumns} FROM changes c WHERE c.ws = ? AND c.id ${listed}`,
    );
    this.anyRefused = db.prepare<[number], number>(`SELECT 1 FROM refused WHERE ws = ? LIMIT 1`).pluck();
    this.refusedRows = db.prepare<[number, string], RefusedRow>(
      `SELECT id, kind, key, person, stamp, content_hash FROM refused WHERE ws = ? AND owns_id = 1 AND id ${listed}`,
    );
    // The plus keeps SQLite from walking all devices of the workspace instead of looking up each id.
    this.devices = db.prepare<[number, string], StampsRow>(
      `SELECT id, person, revoked_at, greatest_n, greatest_moment FROM devices WHERE +ws = ? AND id ${listed}`,
    );
    this.acceptedUses = db.prepare<[number, DeviceId, string], { n: number; id: ChangeId }>(
      `SELECT n, id FROM changes WHERE ws = ? AND device = ? AND n ${listed}`,
    );
    this.refusedUses = db.prepare<[number, DeviceId, string], { n: number; id: ChangeId | null }>(
      `SELECT n, id FROM refused WHERE ws = ? AND device = ? AND owns_n = 1 AND n ${listed}`,
    );
    this.acceptedStamps = db.prepare<[number, DeviceId, number], { n: number; stamp: Stamp }>(
      `SELECT n, stamp FROM changes WHERE ws = ? AND device = ? AND n < ?`,
    );
    this.refusedStamps = db.prepare<[number, DeviceId, number], { n: number; stamp: Stamp }>(
      `SELECT n, stamp FROM refused WHERE ws = ? AND device = ? AND owns_n = 1 AND n < ? AND stamp IS NOT NULL`,
    );
    this.acceptedSuccessors = db.prepare<[number, string], { base: ChangeId; stamp: Stamp }>(
      `SELECT base, min(stamp) AS stamp FROM changes WHERE ws = ? AND base ${listed} GROUP BY base`,
    );
    this.refusedSuccessors = db.prepare<[number, PersonId, string], { base: ChangeId; stamp: Stamp }>(
      `SELECT base, min(stamp) AS stamp FROM refused WHERE ws = ? AND person = ? AND stamp IS NOT NULL AND base ${listed} GROUP BY base`,
    );
    // CROSS JOIN keeps the order of the tables: SQLite can't know how short the list is, and would walk every record instead.
    this.winners = db.prepare<
      [string, number],
      { kind: string; key: string; id: ChangeId; n: number; stamp: Stamp; seq: number }
    >(
      `SELECT r.kind, r.key, c.id, c.n, c.stamp, c.seq
       FROM json_each(?) j
       CROSS JOIN records r ON r.ws = ? AND r.kind = j.value ->> 0 AND r.key = j.value ->> 1
       CROSS JOIN changes c ON c.ws = r.ws AND c.seq = r.seq`,
    );
    this.valueAt = db.prepare<[number, number]>(`SELECT value FROM changes WHERE ws = ? AND seq = ?`).pluck();
    this.grantRows = db.prepare<[number, string], { stamp: Stamp; value: string | null }>(
      `SELECT stamp, value FROM changes WHERE ws = ? AND kind = 'grant' AND key = ? ORDER BY stamp, n`,
    );
  }

  grants(ws: number, person: PersonId): GrantHistory {
    return this.grantRows
      .all(ws, person)
      .map((row) => ({ stamp: row.stamp, grant: parsed(row.value) as Grant | null }));
  }

  read(
    tip: Tip,
    scope: WorkspaceScope,
    session: Session,
    request: Pick<SyncRequest, 'line' | 'clientNow'>,
    arrived: Millis,
    changes: readonly ReadChange[],
  ): ReconcileFacts {
    const readable = changes.flatMap((read) => (read.tag === 'readable' ? [read.change] : []));
    const named = changes.flatMap((read) =>
      read.tag === 'readable' ? [deviceOf(read.change.stamp)] : read.device === null ? [] : [read.device],
    );
    const devices = this.devices.all(tip.ws, JSON.stringify([...new Set(named)]));
    const ids = JSON.stringify(readable.map(({ id }) => id));
    const held = this.held(tip.ws, readable, ids);
    const hasRefused = this.anyRefused.get(tip.ws) !== undefined;
    const refused = hasRefused ? this.refused(tip.ws, readable) : new Map<ChangeId, HeldRefused>();
    // What is only sent again needs no new stamp and no free counter.
    const fresh = changes.filter((read) => read.tag === 'unreadable' || !held.has(read.change.id));
    const unstamped = fresh.filter((read) => read.tag === 'unreadable' || !refused.has(read.change.id));
    return {
      now: tip.now,
      lastStamp: tip.last_stamp,
      seq: tip.seq,
      session,
      request: { line: request.line, offset: clockOffset(arrived, request.clientNow) },
      devices: new Map(
        devices.map((row) => [row.id, { person: row.person, revokedAt: row.revoked_at } satisfies KnownDevice]),
      ),
      deviceStamps: new Map(
        devices.map((row) => [row.id, this.deviceStamps(tip.ws, row, countersOf(unstamped, row.id))]),
      ),
      held,
      refused,
      uses: this.uses(tip.ws, devices, fresh),
      successors: this.successors(tip.ws, session.person, ids, hasRefused),
      winners: this.winnersOf(tip.ws, readable),
      grants: new Map([[session.person, this.grants(tip.ws, session.person)]]),
      scope,
    };
  }

  private held(ws: number, readable: readonly Change[], ids: string): ReadonlyMap<ChangeId, HeldChange> {
    const held = new Map<ChangeId, HeldChange>();
    const alsoNamed = readable.flatMap(({ kind, key, base }) => [
      ...(base === null ? [] : [base]),
      ...(kind === 'conflict' ? [key] : []),
    ]);
    if (alsoNamed.length > 0) {
      for (const row of this.heldFrames.all(ws, JSON.stringify([...new Set(alsoNamed)])))
        held.set(row.id, heldFrom(row, null));
    }
    for (const row of this.heldRows.all(ws, ids)) held.set(row.id, heldFrom(row, row.value));
    return held;
  }

  private refused(ws: number, readable: readonly Change[]): ReadonlyMap<ChangeId, HeldRefused> {
    const ids = JSON.stringify(readable.flatMap(({ id, base }) => (base === null ? [id] : [id, base])));
    return new Map(
      this.refusedRows.all(ws, ids).map(({ content_hash: contentHash, ...row }) => [row.id, { ...row, contentHash }]),
    );
  }

  /** Only looked for where an `n` is not above every one used: a phone that counts on has none. */
  private uses(
    ws: number,
    devices: readonly StampsRow[],
    changes: readonly ReadChange[],
  ): ReadonlyMap<string, ChangeId | null> {
    const uses = new Map<string, ChangeId | null>();
    for (const { id: device, greatest_n: greatestN } of devices) {
      const counters = countersOf(changes, device).filter((n) => n <= greatestN);
      if (counters.length === 0) continue;
      const listed = JSON.stringify(counters);
      for (const { n, id } of this.refusedUses.all(ws, device, listed)) uses.set(useName(device, n), id);
      for (const { n, id } of this.acceptedUses.all(ws, device, listed)) uses.set(useName(device, n), id);
    }
    return uses;
  }

  private deviceStamps(ws: number, row: StampsRow, counters: readonly number[]): DeviceStamps {
    const known = { greatestN: row.greatest_n, greatest: row.greatest_moment };
    const late = counters.filter((n) => n <= row.greatest_n);
    if (late.length === 0) return { ...known, each: [] };
    const below = late.reduce((most, n) => Math.max(most, n), 0);
    const rows = [...this.acceptedStamps.all(ws, row.id, below), ...this.refusedStamps.all(ws, row.id, below)];
    return { ...known, each: rows.map(({ n, stamp }) => ({ n, moment: momentOf(stamp) })) };
  }

  private successors(ws: number, person: PersonId, ids: string, hasRefused: boolean): ReadonlyMap<ChangeId, Stamp> {
    const earliest = new Map<ChangeId, Stamp>();
    for (const { base, stamp } of [
      ...this.acceptedSuccessors.all(ws, ids),
      ...(hasRefused ? this.refusedSuccessors.all(ws, person, ids) : []),
    ]) {
      const known = earliest.get(base);
      if (known === undefined || stamp < known) earliest.set(base, stamp);
    }
    return earliest;
  }

  private winnersOf(ws: number, readable: readonly Change[]): ReadonlyMap<string, Winner> {
    const names = [...new Map(readable.map(({ kind, key }) => [recordName(kind, key), [kind, key]])).values()];
    return new Map(
      this.winners.all(JSON.stringify(names), ws).map(({ kind, key, ...winner }) => [
        recordName(kind, key),
        {
          ...winner,
          value: needsCurrentValue(kind) ? parsed(this.valueAt.get(ws, winner.seq) as string | null) : null,
        },
      ]),
    );
  }
}

function countersOf(changes: readonly ReadChange[], device: DeviceId): readonly number[] {
  return changes.flatMap((read) => {
    if (read.tag === 'readable') return deviceOf(read.change.stamp) === device ? [read.change.n] : [];
    return read.device === device && read.n !== null ? [read.n] : [];
  });
}

function heldFrom(row: ChangeFrame, value: string | null): HeldChange {
  const { id, kind, key, person, stamp, outcome, outcome_seq: outcomeSeq } = row;
  return { id, kind, key, person, stamp, outcome, outcomeSeq, content: contentOf(changeFrom(row, null), value) };
}
