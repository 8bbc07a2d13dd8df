import { incidentId } from '../domain/incident/incident-id.ts';
import type { Incident, IncidentMode, Severity } from '../domain/incident/incident.ts';
import type { IncidentId, Instant, PersonId, PlanHash } from '../domain/ids.ts';
import type { PublishedPlan } from '../domain/plan/plan-item.ts';
import type { Draft } from '../domain/ports/records.ts';
import type { Randomness } from '../domain/ports/sync-store.ts';
import type { ValueOf } from '../domain/sync/kinds.ts';
import { instant, millis, minute, type Millis } from '../domain/time.ts';
import { newLogEntry } from './new-log-entry.ts';
import { modeWords } from './status-words.ts';

export type Activation = {
  readonly plan: PlanHash;
  readonly mode: IncidentMode;
  /** In the normal form of incident-code.ts. */
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  readonly zone: string;
  readonly startedAt: Instant;
  readonly by: PersonId;
};

/** The incident with its first log entry, the decision to activate; both are saved together. */
export function activate(
  activation: Activation,
  now: Millis,
  random: Randomness,
): { readonly id: IncidentId; readonly drafts: readonly Draft[] } {
  const { plan, mode, code, title, severity, zone, by } = activation;
  const startedAt = wholeMinute(activation.startedAt);
  const id = incidentId(plan, mode, code);
  const value: Incident = {
    plan,
    mode,
    code,
    title,
    severity,
    zone,
    startedAt,
    status: 'active',
    closedAt: null,
    declaredBy: by,
    mergedInto: null,
  };
  const text = `Activated the plan: ${title}. ${modeWords[mode]}, severity ${severity}, incident code ${code}.`;
  return {
    id,
    drafts: [
      { kind: 'incident', key: id, value, shown: null },
      newLogEntry(id, { type: 'decision', text, at: startedAt, by }, now, random),
    ],
  };
}

/** No screen shows seconds: hidden ones would make every time that counts from T0 look a minute off. */
function wholeMinute(at: Instant): Instant {
  return instant(Math.floor(millis(at) / minute) * minute);
}

/** Publishes a version as it stands; its key is its hash, so publishing the same twice changes nothing. */
export function publishVersion({ hash, ...version }: PublishedPlan, by: PersonId): Draft<'plan-version'> {
  return {
    kind: 'plan-version',
    key: hash,
    value: { ...version, author: by } as unknown as ValueOf<'plan-version'>,
    shown: null,
  };
}
