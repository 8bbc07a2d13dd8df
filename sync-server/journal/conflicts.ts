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
import type { Kept, Ledger, Tip } from './ledger.ts';
import { frameColumns, parsed, type ChangeRow } from './rows.ts';
import { select, type Work } from './work.ts';

type LinkRow = Omit<HistoryLink, 'accepted'> & { readonly kind: string; readonly key: string };

/** Writes and deletes the conflict records of what a batch touched, in the batch's transaction. */
export class ConflictKeeper {
  private readonly ledger: Ledger;
  private readonly acceptedLinks;
  private readonly refusedLinks;
  private readonly standing;
  private readonly rowsById;
  private readonly winnersOf;

  constructor({ inTexts, eachOf }: Dialect, ledger: Ledger) {
    this.ledger = ledger;
    const ofRecords = (table: string) =>
      `SELECT c.id, c.base, c.device, c.n, c.person, c.stamp, c.kind, c.key
       FROM ${eachOf} ${table} c ON c.ws = ? AND c.kind = j.value ->> 0 AND c.key = j.value ->> 1`;
    this.acceptedLinks = select<[string, number], LinkRow>(ofRecords('changes'));
    this.refusedLinks = select<[string, number], LinkRow>(`${ofRecords('refused')} WHERE c.owns_id = 1`);
    this.standing = select<[number, string], { key: ChangeId; value: string | null }>(
      `SELECT r.key, c.value FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
       WHERE r.ws = ? AND r.kind = 'conflict' AND r.key ${inTexts}`,
    );
    this.rowsById = select<[number, string], ChangeRow>(
      `SELECT ${frameColumns}, c.value FROM changes c WHERE c.ws = ? AND c.id ${inTexts}`,
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
    const standing = yield* this.standingOf(tip.ws, ids);
    const kept: Kept[] = [];
    for (const { kind, key } of contested) {
      const history = histories.get(recordName(kind, key)) ?? new Map<ChangeId, HistoryLink>();
      const ofRecord = new Map(
        [...history.keys()].flatMap((id) => (standing.has(id) ? [[id, standing.get(id) ?? null] as const] : [])),
      );
      for (const write of conflictWrites(kind, history, ofRecord)) kept.push(yield* this.write(tip, kind, key, write));
    }
    return kept;
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

  private *standingOf(ws: number, ids: readonly ChangeId[]): Work<ReadonlyMap<ChangeId, StandingConflict>> {
    const rows = yield* this.standing(ws, JSON.stringify(ids));
    return new Map(
      rows.map((row) => {
        const value = parsed(row.value) as JsonObject | null;
        if (value === null) return [row.key, null];
        return [row.key, { decision: value.decision, winner: (value.winner as JsonObject).change } as StandingConflict];
      }),
    );
  }

  private *write(tip: Tip, kind: string, key: string, { overruled, about, value }: ConflictWrite): Work<Kept> {
    const sides =
      value === null
        ? []
        : (yield* this.rowsById(tip.ws, JSON.stringify([value.overruled, value.winner]))).map(sideFrom);
    const side = (id: ChangeId) => {
      const found = sides.find(({ change }) => change === id);
      if (found === undefined) throw new Error(`change ${id} of a conflict is missing`);
      return found;
    };
    return yield* this.ledger.appendOwn(tip, {
      kind: 'conflict',
      key: overruled,
      value: value === null ? null : conflictValueOf(kind, key, side(value.overruled), side(value.winner)),
      incident: incidentOf(kind, key),
      about,
    });
  }
}

/** A write-once record has one value, whoever wrote it: nobody is overruled. */
function mayConflict({ change }: AcceptedChange): boolean {
  return change.kind !== 'log' && change.kind !== 'plan-version';
}

function sideFrom(row: ChangeRow): ConflictSide {
  const { id, stamp, person, device, at } = row;
  return { change: id, value: parsed(row.value), stamp, author: { person, device }, at };
}
