import { rolesOfExtraTask, type AccessScope } from '../../src/domain/access/access-scope.ts';
import { planFacts, type PlanFacts } from '../../src/domain/access/plan-part.ts';
import type { PlanHash, RoleId, Stamp } from '../../src/domain/ids.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { PlanItem } from '../../src/domain/plan/plan-item.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { parsed, type WorkspaceRow } from './sqlite-rows.ts';

/** What access and paging know of a workspace's plans and incidents, as of one `scope_seq`. */
export type WorkspaceScope = AccessScope & {
  readonly incidents: ReadonlyMap<string, { readonly plan: PlanHash; readonly isOpen: boolean; readonly seq: number }>;
  readonly extraTasks: ReadonlyMap<string, readonly RoleId[]>;
  /** The current plan version: greatest `number`, then stamp. */
  readonly currentPlan: PlanHash | null;
  /** The current version and those that open incidents work: the ones that are paged. */
  readonly pagedPlans: ReadonlySet<string>;
};

/** Kinds whose changes move a workspace's scope. */
export const scopeKinds: ReadonlySet<string> = new Set(['incident', 'plan-version', 'extra-task']);

type WinnerRow = { readonly key: string; readonly seq: number; readonly stamp: Stamp; readonly value: string | null };

/**
 * Keeps the scope of each workspace in memory: plan versions are large, never change, and every request asks what their roles
 * are. Read again when `scope_seq` of the locked row moved on, whoever moved it.
 */
export class Scopes {
  private readonly db: SqliteDatabase;
  private readonly kept = new Map<number, { readonly scopeSeq: number; readonly scope: WorkspaceScope }>();
  private readonly plans = new Map<string, PlanFacts>();
  private readonly numbers = new Map<string, number>();

  constructor(db: SqliteDatabase) {
    this.db = db;
  }

  of(workspace: Pick<WorkspaceRow, 'ws' | 'scope_seq'>): WorkspaceScope {
    const kept = this.kept.get(workspace.ws);
    if (kept !== undefined && kept.scopeSeq === workspace.scope_seq) return kept.scope;
    const scope = this.read(workspace.ws);
    this.kept.set(workspace.ws, { scopeSeq: workspace.scope_seq, scope });
    return scope;
  }

  /** After a rollback: what was read within the transaction may never have been. */
  forget(): void {
    this.kept.clear();
    this.plans.clear();
    this.numbers.clear();
  }

  private read(ws: number): WorkspaceScope {
    const incidents = new Map(
      this.winners(ws, 'incident').flatMap((row) => {
        const value = parsed(row.value) as JsonObject | null;
        if (value === null) return [];
        return [[row.key, { plan: value.plan as PlanHash, isOpen: value.status === 'active', seq: row.seq }] as const];
      }),
    );
    const extraTasks = new Map(
      this.winners(ws, 'extra-task').flatMap((row) => {
        const value = parsed(row.value);
        return value === null ? [] : [[row.key, rolesOfExtraTask(value)] as const];
      }),
    );
    const currentPlan = this.currentPlan(ws);
    // As long as this scope stands, so do its plans: asked for every record of a vendor's page.
    const plans = new Map<string, PlanFacts | null>();
    const open = [...incidents.values()].filter(({ isOpen }) => isOpen).map(({ plan }) => plan);
    return {
      incidents,
      extraTasks,
      currentPlan,
      pagedPlans: new Set([...(currentPlan === null ? [] : [currentPlan]), ...open]),
      planOf: (incident) => incidents.get(incident)?.plan ?? null,
      plan: (hash) => {
        const known = plans.get(hash);
        if (known !== undefined) return known;
        const facts = this.factsOf(ws, hash);
        plans.set(hash, facts);
        return facts;
      },
      extraTaskRoles: (incident, code) => extraTasks.get(`${incident}/${code}`) ?? null,
    };
  }

  private winners(ws: number, kind: string): readonly WinnerRow[] {
    return this.db
      .prepare<[number, string], WinnerRow>(
        `SELECT r.key, r.seq, c.stamp, c.value FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
         WHERE r.ws = ? AND r.kind = ?`,
      )
      .all(ws, kind);
  }

  private currentPlan(ws: number): PlanHash | null {
    const versions = this.db
      .prepare<[number], Omit<WinnerRow, 'value'>>(
        `SELECT r.key, r.seq, c.stamp FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
         WHERE r.ws = ? AND r.kind = 'plan-version' AND octet_length(c.value) > 4`,
      )
      .all(ws)
      .map((row) => ({ ...row, number: this.numberOf(ws, row.seq) }));
    const [current] = versions.sort((a, b) => b.number - a.number || (a.stamp < b.stamp ? 1 : -1));
    return (current?.key ?? null) as PlanHash | null;
  }

  private numberOf(ws: number, seq: number): number {
    const name = `${String(ws)}/${String(seq)}`;
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const read = this.db
      .prepare<[number, number]>(`SELECT json_extract(value, '$.number') FROM changes WHERE ws = ? AND seq = ?`)
      .pluck()
      .get(ws, seq) as number;
    this.numbers.set(name, read);
    return read;
  }

  private factsOf(ws: number, hash: string): PlanFacts | null {
    const row = this.db
      .prepare<[number, string], { readonly seq: number }>(
        `SELECT seq FROM records WHERE ws = ? AND kind = 'plan-version' AND key = ?`,
      )
      .get(ws, hash);
    if (row === undefined) return null;
    const name = `${String(ws)}/${String(row.seq)}`;
    const known = this.plans.get(name);
    if (known !== undefined) return known;
    const value = parsed(
      this.db
        .prepare<[number, number]>(`SELECT value FROM changes WHERE ws = ? AND seq = ?`)
        .pluck()
        .get(ws, row.seq) as string | null,
    ) as JsonObject | null;
    if (value === null) return null;
    const facts = planFacts(value.items as unknown as readonly PlanItem[]);
    this.plans.set(name, facts);
    return facts;
  }
}
