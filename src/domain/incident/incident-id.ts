import type { IncidentId, PlanHash } from '../ids.ts';
import { sha256Hex } from '../sync/hash.ts';
import type { IncidentMode } from './incident.ts';

/**
 * Names an incident (protocol.md, Ids): two phones that activate the same plan version with the same code, both offline, mean
 * the same incident. `code` is the normal form of incident-code.ts.
 */
export function incidentId(plan: PlanHash, mode: IncidentMode, code: string): IncidentId {
  return sha256Hex(`holdfast-incident-1\n${plan}\n${mode}\n${code}`).slice(0, 16) as IncidentId;
}
