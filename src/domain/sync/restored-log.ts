import { incidentOf } from '../access/access-scope.ts';
import type { IncidentId, Instant, PersonId, TaskCode } from '../ids.ts';
import { untouched, type Impact, type LogEntry, type TaskProgress } from '../incident/incident.ts';
import { impactWords } from '../incident/status-words.ts';
import type { Json } from '../json.ts';
import type { Plan } from '../plan/plan.ts';

export type Restoration = {
  readonly kind: string;
  readonly key: string;
  readonly from: Json;
  readonly to: Json;
  /** Why, in words. */
  readonly text: string;
  readonly by: PersonId;
  readonly at: Instant;
  /** The incident's plan, to name whose task or system it is; null where it isn't at hand. */
  readonly plan: Plan | null;
};

export type RestorationLine = {
  readonly incident: IncidentId;
  readonly entry: Pick<LogEntry, 'type' | 'at' | 'by' | 'text' | 'task' | 'role' | 'from' | 'to' | 'reason'>;
};

/**
 * The line in the log that belongs into the transaction of a change that is made again, as a person's own report of the same would
 * have left it (protocol.md, Records): of a task's progress and of an impact; null for all else.
 */
export function restoredInLog({ kind, key, from, to, text, by, at, plan }: Restoration): RestorationLine | null {
  const incident = incidentOf(kind, key);
  const named = key.slice(key.indexOf('/') + 1);
  if (incident === null) return null;
  if (kind === 'task') {
    const [was, is] = [from ?? untouched, to ?? untouched] as unknown as readonly [TaskProgress, TaskProgress];
    const task = named as TaskCode;
    const role = plan?.taskByCode.get(task)?.owner ?? null;
    const moved = { from: was.status, to: is.status, reason: is.reason };
    return { incident, entry: { type: 'status', at, by, text, task, role, ...moved } };
  }
  if (kind !== 'impact') return null;
  const system = plan?.systems.find(({ id }) => id === named);
  const state = to === null ? 'no report' : impactWords[(to as unknown as Impact).impact];
  const words = `${system?.name ?? named}: ${state}. ${text}`;
  return { incident, entry: { type: 'note', at, by, text: words, task: null, role: system?.owner ?? null } };
}
