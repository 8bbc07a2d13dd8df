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
import type { Dialect } from './dialect.ts';
import type { Tip } from './ledger.ts';
import { changeFrom, frameColumns, parsed, type ChangeFrame, type ChangeRow } from './rows.ts';
import type { WorkspaceScope } from './scope.ts';
import { select, selectOne, type Work } from './work.ts';

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
  private readonly othersUse;

  constructor({ inTexts, inNumbers, eachOf, join }: Dialect) {
    this.heldRows = select<[number, string], ChangeRow>(
      `SELECT ${frameColumns}, c.value FROM changes c WHERE c.ws = ? AND c.id ${inTexts}`,
    );
    this.heldFrames = select<[number, string], ChangeFrame>(
      `SELECT ${frameColumns} FROM changes c WHERE c.ws = ? AND c.id ${inTexts}`,
    );
    this.anyRefused = selectOne<[number], object>(`SELECT entry FROM refused WHERE ws = ? LIMIT 1`);
    this.refusedRows = select<[number, string], RefusedRow>(
      `SELECT id, kind, key, person, stamp, content_hash FROM refused WHERE ws = ? AND owns_id = 1 AND id ${inTexts}`,
    );
    // The plus keeps SQLite from walking all devices of the workspace instead of looking up each id.
    this.devices = select<[number, string], StampsRow>(
      `SELECT id, person, revoked_at, greatest_n, greatest_moment FROM devices WHERE +ws = ? AND id ${inTexts}`,
    );
    this.acceptedUses = select<[number, DeviceId, string], { n: number; id: ChangeId }>(
      `SELECT n, id FROM changes WHERE ws = ? AND device = ? AND n ${inNumbers}`,
    );
    this.refusedUses = select<[number, DeviceId, string], { n: number; id: ChangeId | null }>(
      `SELECT n, id FROM refused WHERE ws = ? AND device = ? AND owns_n = 1 AND n ${inNumbers}`,
    );
    this.acceptedStamps = select<[number, DeviceId, number], { n: number; stamp: Stamp }>(
      `SELECT n, stamp FROM changes WHERE ws = ? AND device = ? AND n < ?`,
    );
    this.refusedStamps = select<[number, DeviceId, number], { n: number; stamp: Stamp }>(
      `SELECT n, stamp FROM refused WHERE ws = ? AND device = ? AND owns_n = 1 AND n < ? AND stamp IS NOT NULL`,
    );
    this.acceptedSuccessors = select<[number, string], { base: ChangeId; stamp: Stamp }>(
      `SELECT base, min(stamp) AS stamp FROM changes WHERE ws = ? AND base ${inTexts} GROUP BY base`,
    );
    this.refusedSuccessors = select<[number, PersonId, string], { base: ChangeId; stamp: Stamp }>(
      `SELECT base, min(stamp) AS stamp FROM refused WHERE ws = ? AND person = ? AND stamp IS NOT NULL AND base ${inTexts} GROUP BY base`,
    );
    this.winners = select<
      [string, number],
      { kind: string; key: string; id: ChangeId; n: number; stamp: Stamp; seq: number }
    >(
      `SELECT r.kind, r.key, c.id, c.n, c.stamp, c.seq
       FROM ${eachOf} records r ON r.ws = ? AND r.kind = j.value ->> 0 AND r.key = j.value ->> 1
       ${join} changes c ON c.ws = r.ws AND c.seq = r.seq`,
    );
    this.valueAt = selectOne<[number, number], { value: string | null }>(
      `SELECT value FROM changes WHERE ws = ? AND seq = ?`,
    );
    this.grantRows = select<[number, string], { key: PersonId; stamp: Stamp; value: string | null }>(
      `SELECT key, stamp, value FROM changes WHERE ws = ? AND kind = 'grant' AND key ${inTexts} ORDER BY stamp, n`,
    );
    this.othersUse = selectOne<[number, string, string, string, PersonId], object>(
      `SELECT seq FROM changes
       WHERE ws = ? AND (kind IN ('task', 'extra-task') AND key = ? OR kind = 'step' AND key > ? AND key < ?) AND person <> ? LIMIT 1`,
    );
  }

  /** What each of these people was granted, oldest first. */
  *grants(ws: number, people: readonly PersonId[]): Work<ReadonlyMap<PersonId, GrantHistory>> {
    const histories = new Map(people.map((person) => [person, [] as GrantHistory[number][]]));
    for (const { key, stamp, value } of yield* this.grantRows(ws, JSON.stringify(people)))
      histories.get(key)?.push({ stamp, grant: parsed(value) as Grant | null });
    return histories;
  }

  *read(
    tip: Tip,
    scope: WorkspaceScope,
    session: Session,
    request: Pick<SyncRequest, 'line' | 'clientNow'>,
    arrived: Millis,
    changes: readonly ReadChange[],
  ): Work<ReconcileFacts> {
    const readable = changes.flatMap((read) => (read.tag === 'readable' ? [read.change] : []));
    const named = changes.flatMap((read) =>
      read.tag === 'readable' ? [deviceOf(read.change.stamp)] : read.device === null ? [] : [read.device],
    );
    const devices = yield* this.devices(tip.ws, JSON.stringify([...new Set(named)]));
    const ids = JSON.stringify(readable.map(({ id }) => id));
    const held = yield* this.held(tip.ws, readable, ids);
    const hasRefused = (yield* this.anyRefused(tip.ws)) !== null;
    const refused = hasRefused ? yield* this.refused(tip.ws, readable) : new Map<ChangeId, HeldRefused>();
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
      deviceStamps: yield* this.deviceStamps(tip.ws, devices, unstamped),
      held,
      refused,
      uses: yield* this.uses(tip.ws, devices, fresh),
      successors: yield* this.successors(tip.ws, session.person, ids, hasRefused),
      winners: yield* this.winnersOf(tip.ws, readable),
      grants: yield* this.grants(tip.ws, [session.person]),
      usedByOthers: yield* this.usedByOthers(tip.ws, session.person, readable),
      scope,
    };
  }

  private *held(ws: number, readable: readonly Change[], ids: string): Work<ReadonlyMap<ChangeId, HeldChange>> {
    const held = new Map<ChangeId, HeldChange>();
    const alsoNamed = readable.flatMap(({ kind, key, base }) => [
      ...(base === null ? [] : [base]),
      ...(kind === 'conflict' ? [key] : []),
    ]);
    if (alsoNamed.length > 0) {
      for (const row of yield* this.heldFrames(ws, JSON.stringify([...new Set(alsoNamed)])))
        held.set(row.id, heldFrom(row, null));
    }
    for (const row of yield* this.heldRows(ws, ids)) held.set(row.id, heldFrom(row, row.value));
    return held;
  }

  private *refused(ws: number, readable: readonly Change[]): Work<ReadonlyMap<ChangeId, HeldRefused>> {
    const ids = JSON.stringify(readable.flatMap(({ id, base }) => (base === null ? [id] : [id, base])));
    const rows = yield* this.refusedRows(ws, ids);
    return new Map(rows.map(({ content_hash: contentHash, ...row }) => [row.id, { ...row, contentHash }]));
  }

  /** Only looked for where an `n` is not above every one used: a phone that counts on has none. */
  private *uses(
    ws: number,
    devices: readonly StampsRow[],
    changes: readonly ReadChange[],
  ): Work<ReadonlyMap<string, ChangeId | null>> {
    const uses = new Map<string, ChangeId | null>();
    for (const { id: device, greatest_n: greatestN } of devices) {
      const counters = countersOf(changes, device).filter((n) => n <= greatestN);
      if (counters.length === 0) continue;
      const listed = JSON.stringify(counters);
      for (const { n, id } of yield* this.refusedUses(ws, device, listed)) uses.set(useName(device, n), id);
      for (const { n, id } of yield* this.acceptedUses(ws, device, listed)) uses.set(useName(device, n), id);
    }
    return uses;
  }

  private *deviceStamps(
    ws: number,
    devices: readonly StampsRow[],
    changes: readonly ReadChange[],
  ): Work<ReadonlyMap<DeviceId, DeviceStamps>> {
    const stamps = new Map<DeviceId, DeviceStamps>();
    for (const row of devices) stamps.set(row.id, yield* this.stampsOf(ws, row, countersOf(changes, row.id)));
    return stamps;
  }

  private *stampsOf(ws: number, row: StampsRow, counters: readonly number[]): Work<DeviceStamps> {
    const known = { greatestN: row.greatest_n, greatest: row.greatest_moment };
    const late = counters.filter((n) => n <= row.greatest_n);
    if (late.length === 0) return { ...known, each: [] };
    const below = late.reduce((most, n) => Math.max(most, n), 0);
    const rows = [
      ...(yield* this.acceptedStamps(ws, row.id, below)),
      ...(yield* this.refusedStamps(ws, row.id, below)),
    ];
    return { ...known, each: rows.map(({ n, stamp }) => ({ n, moment: momentOf(stamp) })) };
  }

  private *successors(
    ws: number,
    person: PersonId,
    ids: string,
    hasRefused: boolean,
  ): Work<ReadonlyMap<ChangeId, Stamp>> {
    const earliest = new Map<ChangeId, Stamp>();
    for (const { base, stamp } of [
      ...(yield* this.acceptedSuccessors(ws, ids)),
      ...(hasRefused ? yield* this.refusedSuccessors(ws, person, ids) : []),
    ]) {
      const known = earliest.get(base);
      if (known === undefined || stamp < known) earliest.set(base, stamp);
    }
    return earliest;
  }

  private *usedByOthers(ws: number, person: PersonId, readable: readonly Change[]): Work<ReadonlySet<string>> {
    const used = new Set<string>();
    for (const { kind, key } of readable) {
      if (kind !== 'extra-task') continue;
      // every step of the task: "0" is what follows "/"
      if ((yield* this.othersUse(ws, key, `${key}/`, `${key}0`, person)) !== null) used.add(key);
    }
    return used;
  }

  private *winnersOf(ws: number, readable: readonly Change[]): Work<ReadonlyMap<string, Winner>> {
    const names = [...new Map(readable.map(({ kind, key }) => [recordName(kind, key), [kind, key]])).values()];
    const winners = new Map<string, Winner>();
    for (const { kind, key, ...winner } of yield* this.winners(JSON.stringify(names), ws)) {
      const current = needsCurrentValue(kind) ? yield* this.valueAt(ws, winner.seq) : null;
      winners.set(recordName(kind, key), { ...winner, value: parsed(current?.value ?? null) });
    }
    return winners;
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
