import { incidentOf } from '../../src/domain/access/access-scope.ts';
import type { ChangeId } from '../../src/domain/ids.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { HistoryLink } from '../../src/domain/sync/ancestry.ts';
import {
  conflictValueOf,
  conflictWrites,
  type ConflictSide,
  type ConflictWrite,
  type StandingConflict,
} from '../../src/domain/sync/conflict-changes.ts';
import type { Outcome } from '../../src/domain/sync/protocol.ts';
import { recordName, type AcceptedChange } from '../../src/domain/sync/reconcile-facts.ts';
import type { Dialect } from './dialect.ts';
import type { Kept, Ledger, StandingWinner, Tip } from './ledger.ts';
import { parsed, type ChangeRow } from './rows.ts';
import { select, type Work } from './work.ts';

type LinkRow = Omit<HistoryLink, 'accepted'> & { readonly kind: string; readonly key: string };
type SideRow = Pick<ChangeRow, 'id' | 'stamp' | 'person' | 'device' | 'at' | 'value'>;
type StandingRow = StandingWinner & { readonly key: ChangeId; readonly value: string | null };

/** A write of the conflict records, and the record that it is about. */
type PlannedWrite = ConflictWrite & { readonly kind: string; readonly key: string };

/** Writes and deletes the conflict records of what a batch touched, in the batch's transaction. */
export class ConflictKeeper {
  private readonly ledger: Ledger;
  private readonly acceptedLinks;
  private readonly refusedLinks;
  private readonly standing;
  private readonly sides;
  private readonly winnersOf;

  constructor({ inTexts, eachOf }: Dialect, ledger: Ledger) {
    this.ledger = ledger;
    const ofRecords = (table: string) =>
      `SELECT c.id, c.base, c.device, c.n, c.person, c.stamp, c.kind, c.key
       FROM ${eachOf} ${table} c ON c.ws = ? AND c.kind = j.value ->> 0 AND c.key = j.value ->> 1`;
    this.acceptedLinks = select<[string, number], LinkRow>(ofRecords('changes'));
    this.refusedLinks = select<[string, number], LinkRow>(`${ofRecords('refused')} WHERE c.owns_id = 1`);
    this.standing = select<[number, string], StandingRow>(
      `SELECT r.key, c.id, c.n, c.stamp, c.seq, c.value FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
       WHERE r.ws = ? AND r.kind = 'conflict' AND r.key ${inTexts}`,
    );
    this.sides = select<[number, string], SideRow>(
      `SELECT c.id, c.stamp, c.person, c.device, c.at, c.value FROM changes c WHERE c.ws = ? AND c.id ${inTexts}`,
    );
    this.winnersOf = select<[number, string], { id: ChangeId; winner: ChangeId }>(
      `SELECT c.id, w.id AS winner FROM changes c JOIN records r ON r.ws = c.ws AND r.kind = c.kind AND r.key = c.key
       JOIN changes w ON w.ws = r.ws AND w.seq = r.seq WHERE c.ws = ? AND c.id ${inTexts}`,
    );
  }

  /**
   * What was appended must be written. `before` are the winners before the batch: a record with one change in all is contested by
   * nobody.
   */
  *settle(tip: Tip, accepted: readonly AcceptedChange[], before: ReadonlyMap<string, unknown>): Work<readonly Kept[]> {
    const met = new Set(before.keys());
    const again = new Map<string, AcceptedChange['change']>();
    for (const each of accepted) {
      if (!mayConflict(each)) continue;
      const name = recordName(each.change.kind, each.change.key);
      if (met.has(name)) again.set(name, each.change);
      else met.add(name);
    }
    const touched = [...again.values()];
    if (touched.length === 0) return [];
    const histories = yield* this.histories(tip.ws, touched);
    const contested = touched.filter(({ kind, key }) => (histories.get(recordName(kind, key))?.size ?? 0) > 1);
    if (contested.length === 0) return [];
    const ids = contested.flatMap(({ kind, key }) => [...(histories.get(recordName(kind, key))?.keys() ?? [])]);
    const standing = new Map((yield* this.standing(tip.ws, JSON.stringify(ids))).map((row) => [row.key, row]));
    const writes = contested.flatMap(({ kind, key }) => {
      const history = histories.get(recordName(kind, key)) ?? new Map<ChangeId, HistoryLink>();
      const ofRecord = new Map(
        [...history.keys()].flatMap((id) => {
          const row = standing.get(id);
          return row === undefined ? [] : [[id, standingFrom(row)] as const];
        }),
      );
      return conflictWrites(kind, history, ofRecord).map((write) => ({ ...write, kind, key }));
    });
    return yield* this.write(tip, writes, standing);
  }

  /** The same outcomes with the winners as they are now that the server has written too. */
  *withToday(tip: Tip, outcomes: readonly Outcome[]): Work<readonly Outcome[]> {
    const ids = JSON.stringify(outcomes.flatMap(({ id }) => (id === null ? [] : [id])));
    const winners = new Map((yield* this.winnersOf(tip.ws, ids)).map(({ id, winner }) => [id, winner]));
    return outcomes.map((outcome) => {
      if (outcome.id === null || outcome.winner === null || outcome.outcome === 'refused') return outcome;
      return { ...outcome, winner: winners.get(outcome.id) ?? outcome.winner };
    });
  }

  private *histories(
    ws: number,
    touched: readonly { readonly kind: string; readonly key: string }[],
  ): Work<ReadonlyMap<string, Map<ChangeId, HistoryLink>>> {
    const names = JSON.stringify(touched.map(({ kind, key }) => [kind, key]));
    const histories = new Map<string, Map<ChangeId, HistoryLink>>();
    const add = (row: LinkRow, link: HistoryLink) => {
      const name = recordName(row.kind, row.key);
      const history = histories.get(name) ?? new Map<ChangeId, HistoryLink>();
      histories.set(name, history.set(link.id, link));
    };
    for (const row of yield* this.refusedLinks(names, ws)) add(row, { ...row, accepted: false });
    for (const row of yield* this.acceptedLinks(names, ws)) add(row, { ...row, accepted: true });
    return histories;
  }

  private *write(
    tip: Tip,
    writes: readonly PlannedWrite[],
    standing: ReadonlyMap<ChangeId, StandingWinner>,
  ): Work<readonly Kept[]> {
    const named = new Set(writes.flatMap(({ value }) => (value === null ? [] : [value.overruled, value.winner])));
    const rows = named.size === 0 ? [] : yield* this.sides(tip.ws, JSON.stringify([...named]));
    const sides = new Map(rows.map((row) => [row.id, sideFrom(row)]));
    const side = (id: ChangeId) => {
      const found = sides.get(id);
      if (found === undefined) throw new Error(`change ${id} of a conflict is missing`);
      return found;
    };
    const kept = writes.map(({ kind, key, overruled, about, value }) => {
      const write = {
        kind: 'conflict',
        key: overruled,
        value: value === null ? null : conflictValueOf(kind, key, side(value.overruled), side(value.winner)),
        incident: incidentOf(kind, key),
        about,
      };
      return this.ledger.chainOwn(tip, write, standing.get(overruled) ?? null);
    });
    yield* this.ledger.flush(tip);
    return kept;
  }
}

/** A write-once record has one value, whoever wrote it: nobody is overruled. */
function mayConflict({ change }: AcceptedChange): boolean {
  return change.kind !== 'log' && change.kind !== 'plan-version';
}

function standingFrom({ value: text }: StandingRow): StandingConflict {
  const value = parsed(text) as JsonObject | null;
  if (value === null) return null;
  return { decision: value.decision, winner: (value.winner as JsonObject).change } as StandingConflict;
}

function sideFrom(row: SideRow): ConflictSide {
  const { id, stamp, person, device, at } = row;
  return { change: id, value: parsed(row.value), stamp, author: { person, device }, at };
}
