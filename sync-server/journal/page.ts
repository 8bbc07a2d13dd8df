import type { Rights } from '../../src/domain/access/access.ts';
import { commands } from '../../src/domain/access/may-write.ts';
import { maySee, valueSeen, type SeenRecord } from '../../src/domain/access/may-see.ts';
import { anyOf } from '../../src/domain/access/plan-part.ts';
import type { Json } from '../../src/domain/json.ts';
import { limits } from '../../src/domain/sync/limits.ts';
import type { SyncedRecord } from '../../src/domain/sync/protocol.ts';
import type { Session } from './journal.ts';
import type { ChangeFrame } from './rows.ts';
import type { WorkspaceScope } from './scope.ts';
import type { Transaction } from './engine.ts';
import { frameBytes, type Winner, type Winners } from './winners.ts';
import type { Work } from './work.ts';

/** Who reads, and what that rests on. */
export type Reader = {
  readonly within: Transaction;
  readonly ws: number;
  readonly session: Session;
  readonly rights: Rights | null;
  readonly scope: WorkspaceScope;
};

/** Records as JSON. */
export type Page = { readonly texts: readonly string[]; readonly cursor: number; readonly more: boolean };

/** What the roles of a reader give today, for the name of its view (protocol.md, "What a device may see changed"). */
export function coversOf(rights: Rights | null, scope: WorkspaceScope): readonly string[] {
  if (rights === null || rights.access === 'coordinator' || rights.access === 'observer') return [];
  const incidents = [...scope.incidents];
  if (rights.access === 'responder') return incidents.flatMap(([id]) => (commands(rights, id, scope) ? [id] : []));
  const own = new Set(rights.roles);
  const worked = incidents.flatMap(([id, { plan }]) => (scope.plan(plan) === null ? [] : [`${id}/${plan}`]));
  return [...worked, ...[...scope.extraTasks].flatMap(([name, roles]) => (anyOf(roles, own) ? [name] : []))];
}

/** How many winners are read at a time: a page is often full earlier, by bytes. */
const portion = 128;

/** Reads winners in `seq` order as far as this reader may see them (protocol.md, `POST /api/sync`, records). */
export class Pages {
  private readonly winners: Winners;

  constructor(winners: Winners) {
    this.winners = winners;
  }

  /** A pull from 0 is preceded by the current plan version, the open incidents and the versions that they name. */
  *read(reader: Reader, cursor: number, limit: number, head: number): Work<Page> {
    const end = { cursor: Math.max(cursor, head), more: false };
    if (reader.rights === null) return { texts: [], ...end };
    const texts = cursor === 0 ? [...(yield* this.beforehand(reader))] : [];
    const most = texts.length + Math.min(limit, limits.pageRecords);
    let bytes = 0;
    let last = cursor;
    for (let passed = cursor; ;) {
      const winners = yield* this.winners.after(
        reader.within,
        reader.ws,
        passed,
        Math.min(portion, most - texts.length + 1),
      );
      for (const winner of winners) {
        const isPaged = winner.kind !== 'plan-version' || reader.scope.pagedPlans.has(winner.key);
        const text = isPaged ? yield* this.seen(reader, winner) : null;
        if (text === null) continue;
        const size = recordBytes(winner);
        const isFull = texts.length >= most || (last > cursor && bytes + size > limits.pageBytes);
        if (isFull) return { texts, cursor: last, more: true };
        texts.push(text);
        bytes += size;
        last = winner.seq;
      }
      const reached = winners.at(-1);
      if (reached === undefined) return { texts, ...end };
      passed = reached.seq;
    }
  }

  *record(reader: Reader, kind: string, key: string): Work<SyncedRecord | 'forbidden' | 'not-found'> {
    const text = yield* this.textOf(reader, kind, key);
    return text === 'forbidden' || text === 'not-found' ? text : (JSON.parse(text) as SyncedRecord);
  }

  /** The record as JSON. */
  private *textOf(reader: Reader, kind: string, key: string): Work<string> {
    const winner = yield* this.winners.find(reader.ws, kind, key);
    if (winner === null) return 'not-found';
    return (yield* this.seen(reader, winner)) ?? 'forbidden';
  }

  private *beforehand(reader: Reader): Work<readonly string[]> {
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
    const texts: string[] = [];
    for (const [kind, key] of named) {
      const found = yield* this.textOf(reader, kind, key);
      if (found !== 'forbidden' && found !== 'not-found') texts.push(found);
    }
    return texts;
  }

  /** The record as these rights show it, as JSON; null where they show nothing. */
  private *seen({ ws, session, rights, scope }: Reader, winner: Winner): Work<string | null> {
    if (rights === null) return null;
    const text = yield* this.winners.text(ws, winner);
    const value = () => (JSON.parse(text) as SyncedRecord).value;
    if (!maySee(rights, session.device, seenFrom(winner, value), scope)) return null;
    if (winner.kind !== 'plan-version' || rights.access !== 'vendor') return text;
    const record = JSON.parse(text) as SyncedRecord;
    return JSON.stringify({ ...record, value: valueSeen(rights, winner.kind, record.value) });
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
function recordBytes({ kind, key, person, size }: Winner): number {
  return frameBytes + kind.length + key.length + (person?.length ?? 0) + size;
}
