import type { IncidentRecords, Severity } from '../incident/incident.ts';
import { fullTime } from '../incident/zoned-time.ts';
import type { Contact, Procedure } from '../plan/plan-item.ts';
import type { Plan } from '../plan/plan.ts';
import { millis, minute, type Millis } from '../time.ts';
import { nextUpdates } from './cadence.ts';
import type { Placeholder } from './template.ts';

export type TemplateValues = Readonly<Partial<Record<Placeholder, string>>>;

/**
 * What is known for the placeholders of a procedure's templates. Nothing is guessed: what nobody reported stays open, and is
 * then seen as open in the message. An estimate is only given where every system that is not back has one.
 */
export function templateValues(
  plan: Plan,
  procedure: Procedure,
  audience: string,
  records: IncidentRecords | null,
  now: Millis,
): TemplateValues {
  return {
    ...(plan.header === null ? {} : { organisation: plan.header.organisation }),
    ...contactValues(plan, procedure),
    ...(records === null ? {} : incidentValues(plan, procedure, audience, records, now)),
  };
}

function incidentValues(
  plan: Plan,
  procedure: Procedure,
  audience: string,
  records: IncidentRecords,
  now: Millis,
): TemplateValues {
  const { incident, progress } = records;
  const startedAt = millis(incident.startedAt);
  const at = Math.floor((now - startedAt) / minute);
  const phases = plan.phases.filter(({ from, to }) => from <= at && at < to);
  const done = plan.tasks.filter(({ id }) => {
    const status = progress.get(id)?.status;
    return status === 'done' || status === 'not-applicable';
  }).length;
  const updates = incident.status === 'active' ? nextUpdates(procedure.cadence, startedAt, now) : [];
  const update = updates.find((each) => each.audience === audience) ?? updates[0];
  return {
    incident: incident.title,
    incidentCode: incident.code,
    severity: severityNames[incident.severity],
    startedAt: fullTime(startedAt, incident.zone),
    now: fullTime(now, incident.zone),
    ...(update === undefined ? {} : { nextUpdate: fullTime(update.dueAt, incident.zone) }),
    ...(phases.length === 0 ? {} : { phase: phases.map(({ title }) => title).join(', ') }),
    ...(plan.tasks.length === 0 ? {} : { progress: `${done} of ${plan.tasks.length} tasks done` }),
    ...systemValues(plan, records),
  };
}

const severityNames: Readonly<Record<Severity, string>> = { minor: 'minor', major: 'major', severe: 'severe' };

/** Systems of which nothing was reported say nothing; with reports, none that is down is said as none. */
function systemValues(plan: Plan, { impacts, incident }: IncidentRecords): TemplateValues {
  if (impacts.size === 0) return {};
  const names = (state: string) =>
    plan.systems
      .filter(({ id }) => impacts.get(id)?.impact === state)
      .map(({ name }) => name)
      .join(', ') || 'none';
  const waiting = [...impacts.values()].filter(({ impact }) => impact !== 'restored');
  const estimates = waiting.flatMap(({ estimate }) => (estimate === null ? [] : [millis(estimate)]));
  const all = waiting.length > 0 && estimates.length === waiting.length;
  return {
    systemsDown: names('down'),
    systemsRestored: names('restored'),
    ...(all ? { estimate: fullTime(Math.max(...estimates), incident.zone) } : {}),
  };
}

/** Who answers for the procedure: its role's telephone, else that of the first holder with one. */
function contactValues(plan: Plan, { owner }: Procedure): TemplateValues {
  const role = plan.roleById.get(owner);
  const name = role?.holders[0]?.name ?? role?.title;
  const contacts = (role?.holders ?? []).flatMap(
    (holder) => plan.contacts.find(({ id }) => id === holder.contact) ?? [],
  );
  const phone = role?.phone || contacts.map(phoneOf).find((each) => each !== undefined);
  return {
    ...(name === undefined ? {} : { contactName: name }),
    ...(phone === undefined ? {} : { contactPhone: phone }),
  };
}

function phoneOf({ means }: Contact): string | undefined {
  return means.find(({ type }) => type === 'phone')?.value;
}
