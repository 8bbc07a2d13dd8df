import type { Rights } from '../../src/domain/access/access.ts';
import { commands } from '../../src/domain/access/may-write.ts';
import { maySee, valueSeen, type SeenRecord } from '../../src/domain/access/may-see.ts';
import { anyOf } from '../../src/domain/access/plan-part.ts';
import type { Json } from '../../src/domain/json.ts';
import { utf8Length } from '../../src/domain/sync/hash.ts';
import { limits } from '../../src/domain/sync/limits.ts';
import type { SyncedRecord } from '../../src/domain/sync/protocol.ts';
import type { Session } from './journal.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { frameColumns, parsed, recordFrom, type ChangeFrame } from './sqlite-rows.ts';
import type { WorkspaceScope } from './sqlite-scope.ts';

/** Who reads, and what that rests on. */
export type Reader = {
  readonly ws: number;
  readonly session: Session;
  readonly rights: Rights | null;
  readonly scope: WorkspaceScope;
};

export type Page = { readonly records: readonly SyncedRecord[]; readonly cursor: number; readonly more: boolean };

/** What the roles of a reader give today, for the name of its view (protocol.md, "What a device may see changed"). */
export function coversOf(rights: Rights | null, scope: WorkspaceScope): readonly string[] {
  if (rights === null || rights.access === 'coordinator' || rights.access === 'observer') return [];
  const incidents = [...scope.incidents];
  if (rights.access === 'responder') return incidents.flatMap(([id]) => (commands(rights, id, scope) ? [id] : []));
  const own = new Set(rights.roles);
  const worked = incidents.flatMap(([id, { plan }]) => (scope.plan(plan) === null ? [] : [`${id}/${plan}`]));
  return [...worked, ...[...scope.extraTasks].flatMap(([name, roles]) => (anyOf(roles, own) ? [name] : []))];
}

/** Reads winners in `seq` order as far as this reader may see them (protocol.md, `POST /api/sync`, records). */
export class Pages {
  private readonly after;
  private readonly valueAt;
  private readonly one;

  constructor(db: SqliteDatabase) {
    const winners = `SELECT ${frameColumns} FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq`;
    this.after = db.prepare<[number, number], ChangeFrame>(`${winners} WHERE r.ws = ? AND r.seq > ? ORDER BY r.seq`);
    this.valueAt = db
      .prepare<[number, number], string | null>(`SELECT value FROM changes WHERE ws = ? AND seq = ?`)
      .pluck();
    this.one = db.prepare<[number, string, string], ChangeFrame>(
      `${winners} WHERE r.ws = ? AND r.kind = ? AND r.key = ?`,
    );
  }

  /** A pull from 0 is preceded by the current plan version, the open incidents and the versions that they name. */
  read(reader: Reader, cursor: number, limit: number, head: number): Page {
    const records = cursor === 0 ? [...this.beforehand(reader)] : [];
    const most = records.length + Math.min(limit, limits.pageRecords);
    let bytes = 0;
    let last = cursor;
    for (const frame of this.after.iterate(reader.ws, cursor)) {
      const isPaged = frame.kind !== 'plan-version' || reader.scope.pagedPlans.has(frame.key);
      const seen = isPaged ? this.seen(reader, frame) : null;
      if (seen === null) continue;
      const size = recordBytes(seen.record, seen.valueText);
      const isFull = records.length >= most || (last > cursor && bytes + size > limits.pageBytes);
      if (isFull) return { records, cursor: last, more: true };
      records.push(seen.record);
      bytes += size;
      last = frame.seq;
    }
    return { records, cursor: Math.max(cursor, head), more: false };
  }

  record(reader: Reader, kind: string, key: string): SyncedRecord | 'forbidden' | 'not-found' {
    const frame = this.one.get(reader.ws, kind, key);
    if (frame === undefined) return 'not-found';
    return this.seen(reader, frame)?.record ?? 'forbidden';
  }

  private beforehand(reader: Reader): ReadonlySet<SyncedRecord> {
    const { scope } = reader;
    const plans = new Set<string>();
    const incidents: string[] = [];
    if (scope.currentPlan !== null) plans.add(scope.currentPlan);
    for (const [id, { plan, isOpen }] of scope.incidents) {
      if (!isOpen) continue;
      plans.add(plan);
      incidents.push(id);
    }
    const named = [
      ...[...plans].map((key) => ['plan-version', key] as const),
      ...incidents.map((key) => ['incident', key] as const),
    ];
    return new Set(
      named.flatMap(([kind, key]) => {
        const found = this.record(reader, kind, key);
        return typeof found === 'string' ? [] : [found];
      }),
    );
  }

  private seen(
    { ws, session, rights, scope }: Reader,
    frame: ChangeFrame,
  ): { readonly record: SyncedRecord; readonly valueText: string } | null {
    let text: string | undefined;
    const valueText = () => (text ??= this.valueAt.get(ws, frame.seq) ?? 'null');
    if (
      rights === null ||
      !maySee(
        rights,
        session.device,
        seenFrom(frame, () => parsed(valueText())),
        scope,
      )
    )
      return null;
    const value = valueSeen(rights, frame.kind, parsed(valueText()));
    return { record: recordFrom(frame, value), valueText: valueText() };
  }
}

export function seenFrom(
  frame: Pick<ChangeFrame, 'kind' | 'key' | 'person' | 'device' | 'about' | 'incident'>,
  value: () => Json,
): SeenRecord {
  const { kind, key, person, device, about, incident } = frame;
  return { kind, key, value, author: { person, device }, about, incident };
}

/** At most so many bytes as JSON: measured by its value, since the rest is short and of known length. */
function recordBytes({ kind, key, author }: SyncedRecord, valueText: string): number {
  return frameBytes + kind.length + key.length + (author.person?.length ?? 0) + utf8Length(valueText);
}

/** Names, ids, stamps, times and punctuation of a record. */
const frameBytes = 360;
