import type { Incident } from '../domain/incident/incident.ts';
import type { PlanHash } from '../domain/ids.ts';
import type { Json } from '../domain/json.ts';
import type { PlanVersion } from '../domain/plan/plan-item.ts';
import { planHash } from '../domain/plan/plan-hash.ts';
import type { IncidentPlans, MissingPlans } from '../domain/ports/incident-plans.ts';
import type { SyncedRecord } from '../domain/sync/protocol.ts';
import type { Database, TableName, Tables } from './database.ts';
import { settle } from './outbox.ts';
import { pulseAfter, readOwnState, readSync } from './own-state.ts';
import { isThere, readNamed, readPrefix } from './read-shown.ts';
import { targetReplica } from './replica.ts';
import type { RecordName } from './rows.ts';

const tablesUsed: readonly TableName[] = ['own', 'outbox', 'replicas', 'records'];
const kind = 'plan-version';

/** The `IncidentPlans` port over the phone's database. Loaded after a round of sync: only a page has it. */
export function createIncidentPlans({ database }: { readonly database: Database }): IncidentPlans {
  return {
    missing: () => database.read(tablesUsed, readMissing),
    async keep(record, missing) {
      const isAsked = record.kind === kind && missing.hashes.includes(record.key as PlanHash);
      if (!isAsked || hashOf(record.value) !== record.key) return { ok: true, value: false };
      return database.writeRelaxed(tablesUsed, (tables) => keep(tables, record, missing));
    },
  };
}

async function readMissing(tables: Tables): Promise<MissingPlans> {
  const sync = await readSync(tables);
  const { number } = await targetReplica(tables, sync);
  const incidents = (await readPrefix(tables, number, 'incident', '')).flatMap(({ value }) => value ?? []);
  const named = new Set(incidents.sort((a, b) => urgency(b) - urgency(a)).map(({ plan }) => plan));
  const held = await readNamed(
    tables,
    number,
    [...named].map((hash): RecordName => [kind, hash]),
  );
  const isHeld = new Set(held.flatMap((row) => (row !== null && isThere(row) ? [row.key] : [])));
  const hashes = [...named].filter((hash) => !isHeld.has(hash));
  return { hashes, workspace: sync.workspace, replica: number };
}

async function keep(tables: Tables, record: SyncedRecord, missing: MissingPlans): Promise<boolean> {
  const own = await readOwnState(tables);
  const target = await targetReplica(tables, own.sync);
  if (target.number !== missing.replica || own.sync.workspace !== missing.workspace) return false;
  const names: readonly RecordName[] = [[kind, record.key]];
  await tables.records.put({ ...record, replica: target.number });
  if (target.number === own.sync.live) await settle(tables, target, names);
  await tables.own.put(pulseAfter(own.pulse, names));
  return true;
}

/** Null for what has not the shape of a plan version. */
function hashOf(value: Json): PlanHash | null {
  const { items, withheld } = (value ?? {}) as Partial<PlanVersion>;
  return Array.isArray(items) && Array.isArray(withheld) ? planHash({ items, withheld }) : null;
}

function urgency({ status, mode }: Pick<Incident, 'status' | 'mode'>): number {
  return (status === 'active' ? 2 : 0) + (mode === 'incident' ? 1 : 0);
}
