import { rolesOfExtraTask, type AccessScope } from '../../src/domain/access/access-scope.ts';
import { planFacts, type PlanFacts } from '../../src/domain/access/plan-part.ts';
import type { ChangeId, PlanHash, RoleId, Stamp } from '../../src/domain/ids.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { PlanItem } from '../../src/domain/plan/plan-item.ts';
import type { Transaction } from './engine.ts';
import { parsed, type WorkspaceRow } from './rows.ts';
import { select, selectOne, type Work } from './work.ts';

/** What access and paging know of a workspace's plans and incidents, as of one `scope_seq`. */
export type WorkspaceScope = AccessScope & {
  readonly incidents: ReadonlyMap<string, { readonly plan: PlanHash; readonly isOpen: boolean }>;
  readonly extraTasks: ReadonlyMap<string, readonly RoleId[]>;
  /** The current plan version: greatest `number`, then stamp. */
  readonly currentPlan: PlanHash | null;
  /** The current version and those that open incidents work: the ones that are paged. */
  readonly pagedPlans: ReadonlySet<string>;
};

/** Kinds whose changes move a workspace's scope. */
export const scopeKinds: ReadonlySet<string> = new Set(['incident', 'plan-version', 'extra-task']);

type WinnerRow = { readonly key: string; readonly value: string | null };
type VersionRow = { readonly key: PlanHash; readonly seq: number; readonly id: ChangeId; readonly stamp: Stamp };
type Version = VersionRow & { readonly number: number; readonly facts: PlanFacts };

/**
 * Keeps the scope of each workspace in memory: plan versions are large, never change, and every request asks what their roles
 * are. Read again when `scope_seq` of the workspace's row moved on, whoever moved it.
 */
export class Scopes {
  private readonly kept = new Map<number, { readonly scopeSeq: number; readonly scope: WorkspaceScope }>();
  /** By the id of their change, which stands for its content on every node and after every rollback. */
  private readonly versions = new Map<ChangeId, Pick<Version, 'number' | 'facts'>>();
  private readonly winners;
  private readonly planVersions;
  private readonly valueAt;

  constructor() {
    const from = `FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq WHERE r.ws = ?`;
    this.winners = select<[number, string], WinnerRow>(`SELECT r.key, c.value ${from} AND r.kind = ?`);
    // Without the erased ones and the deleted.
    this.planVersions = select<[number], VersionRow>(
      `SELECT r.key, r.seq, c.id, c.stamp ${from} AND r.kind = 'plan-version' AND octet_length(c.value) > 4`,
    );
    this.valueAt = selectOne<[number, number], { value: string | null }>(
      `SELECT value FROM changes WHERE ws = ? AND seq = ?`,
    );
  }

  *of(within: Transaction, workspace: Pick<WorkspaceRow, 'ws' | 'scope_seq'>): Work<WorkspaceScope> {
    const { ws, scope_seq: scopeSeq } = workspace;
    const kept = this.kept.get(ws);
    if (kept !== undefined && kept.scopeSeq === scopeSeq) return kept.scope;
    const scope = yield* this.read(ws);
    // What this transaction wrote itself may never come to be: another node may give the same `seq` to something else.
    if (scopeSeq <= (within.committed?.get(ws) ?? Infinity)) this.kept.set(ws, { scopeSeq, scope });
    return scope;
  }

  private *read(ws: number): Work<WorkspaceScope> {
    const incidents = new Map(
      (yield* this.winners(ws, 'incident')).flatMap((row) => {
        const value = parsed(row.value) as JsonObject | null;
        if (value === null) return [];
        return [[row.key, { plan: value.plan as PlanHash, isOpen: value.status === 'active' }] as const];
      }),
    );
    const extraTasks = new Map(
      (yield* this.winners(ws, 'extra-task')).flatMap((row) => {
        const value = parsed(row.value);
        return value === null ? [] : [[row.key, rolesOfExtraTask(value)] as const];
      }),
    );
    const plans = yield* this.plansOf(ws);
    const [current] = [...plans.values()].sort((a, b) => b.number - a.number || (a.stamp < b.stamp ? 1 : -1));
    const open = [...incidents.values()].filter(({ isOpen }) => isOpen).map(({ plan }) => plan);
    return {
      incidents,
      extraTasks,
      currentPlan: current?.key ?? null,
      pagedPlans: new Set([...(current === undefined ? [] : [current.key]), ...open]),
      planOf: (incident) => incidents.get(incident)?.plan ?? null,
      plan: (hash) => plans.get(hash)?.facts ?? null,
      extraTaskRoles: (incident, code) => extraTasks.get(`${incident}/${code}`) ?? null,
    };
  }

  private *plansOf(ws: number): Work<ReadonlyMap<string, Version>> {
    const plans = new Map<string, Version>();
    for (const row of yield* this.planVersions(ws))
      plans.set(row.key, { ...row, ...(this.versions.get(row.id) ?? (yield* this.versionAt(ws, row))) });
    return plans;
  }

  private *versionAt(ws: number, { seq, id }: VersionRow): Work<Pick<Version, 'number' | 'facts'>> {
    const value = parsed((yield* this.valueAt(ws, seq))?.value ?? null) as JsonObject;
    const version = {
      number: value.number as number,
      facts: planFacts(value.items as unknown as readonly PlanItem[]),
    };
    this.versions.set(id, version);
    return version;
  }
}
