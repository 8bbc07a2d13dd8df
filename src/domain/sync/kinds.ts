import * as z from 'zod/mini';
import { deviceValue, grantValue, personValue } from '../access/access.ts';
import { contactResultValue, contactTestValue } from '../communication/contact-test.ts';
import {
  approvalValue,
  assignmentValue,
  availabilityValue,
  extraTaskValue,
  impactValue,
  incidentValue,
  logValue,
  stepValue,
  taskValue,
} from '../incident/incident.ts';
import { planItem } from '../plan/plan-item.ts';
import { trainingValue } from '../training/training.ts';
import { conflictValue } from './conflict.ts';

/*
 * Every record kind of protocol version 1 and of docs/protocol-additions.md: how its key is built, what its value is, whether it is write-once, and the
 * highest `v` that this build understands. A kind without a row here is `unknown-kind` to a server and is stored unread by
 * a phone.
 */

/** A published plan's value; its items are validated as a whole by plan-file.ts, here only its frame. */
export const planVersionValue = z.looseObject({
  plan: z.string(),
  number: z.int().check(z.gte(1)),
  author: z.nullable(z.string()),
  items: z.array(z.looseObject({ section: z.string(), id: z.string(), salt: z.string() })),
  withheld: z.array(z.string()),
});

const open = z.looseObject({});

export const kinds = {
  'plan-item': { key: ['plan', 'section', 'item'], value: planItem, writeOnce: false, v: 1 },
  'plan-version': { key: ['hash'], value: planVersionValue, writeOnce: true, v: 1 },
  approval: { key: ['subject', 'role'], value: approvalValue, writeOnce: false, v: 1 },
  incident: { key: ['incident'], value: incidentValue, writeOnce: false, v: 1 },
  task: { key: ['incident', 'code'], value: taskValue, writeOnce: false, v: 1 },
  step: { key: ['incident', 'code', 'n'], value: stepValue, writeOnce: false, v: 1 },
  'extra-task': { key: ['incident', 'code'], value: extraTaskValue, writeOnce: false, v: 1 },
  assignment: { key: ['incident', 'role', 'person'], value: assignmentValue, writeOnce: false, v: 1 },
  availability: { key: ['incident', 'person'], value: availabilityValue, writeOnce: false, v: 1 },
  impact: { key: ['incident', 'system'], value: impactValue, writeOnce: false, v: 1 },
  log: { key: ['incident', 'id'], value: logValue, writeOnce: true, v: 1 },
  message: { key: ['incident', 'id'], value: open, writeOnce: false, v: 1 },
  resource: { key: ['incident', 'id'], value: open, writeOnce: false, v: 1 },
  review: { key: ['incident', 'id'], value: open, writeOnce: false, v: 1 },
  person: { key: ['person'], value: personValue, writeOnce: false, v: 1 },
  grant: { key: ['person'], value: grantValue, writeOnce: false, v: 1 },
  device: { key: ['device'], value: deviceValue, writeOnce: false, v: 1 },
  'contact-test': { key: ['test'], value: contactTestValue, writeOnce: false, v: 1 },
  'contact-result': { key: ['test', 'callee'], value: contactResultValue, writeOnce: false, v: 1 },
  training: { key: ['training'], value: trainingValue, writeOnce: false, v: 1 },
  conflict: { key: ['change'], value: conflictValue, writeOnce: false, v: 1 },
} as const;

export type Kind = keyof typeof kinds;
/** The value of a record of this kind. */
export type ValueOf<K extends Kind> = Readonly<z.infer<(typeof kinds)[K]['value']>>;

export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(kinds, kind);
}

/** Joins key segments as protocol.md writes them. */
export function recordKey(...segments: readonly string[]): string {
  return segments.join('/');
}
