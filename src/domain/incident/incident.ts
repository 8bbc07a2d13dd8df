import * as z from 'zod/mini';
import type { IncidentId, RoleId, SystemId, TaskCode } from '../ids.ts';
import { instantField, personField, planHashField, segmentField } from '../record-fields.ts';

/*
 * Values of the records of an incident (protocol.md, Records). All are loose: unknown fields are kept.
 */

export const incidentModes = ['incident', 'exercise'] as const;
export type IncidentMode = (typeof incidentModes)[number];

export const severities = ['minor', 'major', 'severe'] as const;
export type Severity = (typeof severities)[number];

/** Key: `<incident>`. */
export const incidentValue = z.looseObject({
  /** Hash of the published version that is worked. */
  plan: planHashField,
  mode: z.enum(incidentModes),
  /** Names the incident over a radio: four sayable syllables, lower-case letters. */
  code: z.string().check(z.regex(/^[a-z]{2,40}$/)),
  title: z.string().check(z.minLength(1), z.maxLength(200)),
  severity: z.enum(severities),
  /** IANA zone that screens and prints show times in. */
  zone: z.string().check(z.minLength(1), z.maxLength(64)),
  /** T0; may lie in the past. */
  startedAt: instantField,
  status: z.enum(['active', 'closed']),
  closedAt: z.optional(z.nullable(instantField)),
  declaredBy: z.optional(z.nullable(personField)),
  mergedInto: z.nullable(segmentField<IncidentId>()),
});

export const taskStatuses = ['not-started', 'in-progress', 'blocked', 'done', 'not-applicable'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** Key: `<incident>/<code>`. The progress of one task; who wins is last-writer-wins. */
export const taskValue = z.looseObject({
  status: z.enum(taskStatuses),
  /** Needed for `blocked` and `not-applicable`, for reopening, and for a start before the predecessors are done. */
  reason: z.nullable(z.string().check(z.maxLength(1000))),
  startedAt: z.nullable(instantField),
  endedAt: z.nullable(instantField),
  by: z.nullable(personField),
});

/** Key: `<incident>/<code>/<n>`, n counted from 1 in the order of the task's steps. */
export const stepValue = z.looseObject({ done: z.boolean(), at: instantField, by: z.nullable(personField) });

/** Key: `<incident>/<code>`: a task added during the incident. */
export const extraTaskValue = z.looseObject({
  phase: segmentField<string>(),
  title: z.string().check(z.minLength(1), z.maxLength(200)),
  detail: z.optional(z.string().check(z.maxLength(8000))),
  owner: segmentField<RoleId>(),
  supporting: z.array(segmentField<RoleId>()),
  dependsOn: z.array(segmentField<TaskCode>()),
  /** Minutes after T0, at most a year as in a plan: a later one is no time that a screen could show. */
  target: z.int().check(z.gte(0), z.lte(525_600)),
  steps: z.array(z.string().check(z.minLength(1), z.maxLength(1000))),
  completionTest: z.string().check(z.maxLength(1000)),
  critical: z.boolean(),
  by: z.nullable(personField),
});

/** Key: `<incident>/<role>/<person>`; gives no rights. */
export const assignmentValue = z.looseObject({
  since: instantField,
  until: z.nullable(instantField),
  note: z.nullable(z.string().check(z.maxLength(1000))),
  /** To whom it was handed over when it ended; they take it themselves. */
  to: z.optional(z.nullable(personField)),
  /** When it was agreed that all who work in the role by then work as a team. */
  teamAt: z.optional(z.nullable(instantField)),
});

/** Key: `<incident>/<person>`. */
export const availabilityValue = z.looseObject({
  within: z.enum(['now', '15', '30', '60', 'cannot']),
  until: z.nullable(instantField),
});

export const impactStates = ['down', 'degraded', 'workaround', 'restored'] as const;
export type ImpactState = (typeof impactStates)[number];

/** Key: `<incident>/<system>`. */
export const impactValue = z.looseObject({
  impact: z.enum(impactStates),
  estimate: z.nullable(instantField),
  note: z.optional(z.nullable(z.string().check(z.maxLength(1000)))),
  at: instantField,
  by: z.nullable(personField),
});

export const logTypes = ['status', 'note', 'decision', 'message', 'handover'] as const;
export type LogType = (typeof logTypes)[number];

/** Key: `<incident>/<id>`, id a UUIDv7 so that keys sort by entry time; write-once. Event time (`at`) is apart from entry time (ICS-214). */
export const logValue = z.looseObject({
  type: z.enum(logTypes),
  /** Event time: when it happened. */
  at: instantField,
  /** Entry time by the phone's clock: when it was typed. */
  enteredAt: z.optional(instantField),
  text: z.string().check(z.maxLength(8000)),
  task: z.nullable(segmentField<TaskCode>()),
  role: z.nullable(segmentField<RoleId>()),
  by: z.nullable(personField),
  /** Who typed it for another (a radio report, a paper card). */
  transcribedBy: z.nullable(personField),
  /** `app`, `radio`, `phone`, `paper` … */
  medium: z.nullable(z.string().check(z.maxLength(64))),
  from: z.optional(z.enum(taskStatuses)),
  to: z.optional(z.enum(taskStatuses)),
  reason: z.optional(z.nullable(z.string().check(z.maxLength(1000)))),
});

/** Key: `<subject>/<role>`: subject is a plan hash, an incident or a resource request. */
export const approvalValue = z.looseObject({
  decision: z.enum(['approved', 'declined']),
  at: instantField,
  by: z.nullable(personField),
  note: z.optional(z.nullable(z.string().check(z.maxLength(1000)))),
});

export type Incident = Readonly<z.infer<typeof incidentValue>>;
export type TaskProgress = Readonly<z.infer<typeof taskValue>>;
export type StepProgress = Readonly<z.infer<typeof stepValue>>;
export type Assignment = Readonly<z.infer<typeof assignmentValue>>;
export type Impact = Readonly<z.infer<typeof impactValue>>;
export type LogEntry = Readonly<z.infer<typeof logValue>>;
export type Approval = Readonly<z.infer<typeof approvalValue>>;

/** What of an incident is known beside its plan: the records that screens and rules read. */
export type IncidentRecords = {
  readonly id: IncidentId;
  readonly incident: Incident;
  readonly progress: ReadonlyMap<TaskCode, TaskProgress>;
  readonly steps: ReadonlyMap<TaskCode, ReadonlyMap<number, StepProgress>>;
  readonly impacts: ReadonlyMap<SystemId, Impact>;
};

export const untouched: TaskProgress = {
  status: 'not-started',
  reason: null,
  startedAt: null,
  endedAt: null,
  by: null,
};
