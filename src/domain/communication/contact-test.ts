import * as z from 'zod/mini';
import type { IncidentId } from '../ids.ts';
import { instantField, personField, planHashField, segmentField } from '../record-fields.ts';

/* Records of a contact test (docs/protocol-additions.md): the test itself, and what came of calling each of the tree. */

/** Key: `<test>`; written by coordinators. */
export const contactTestValue = z.looseObject({
  startedAt: instantField,
  /** Null while somebody still walks the tree. */
  endedAt: z.nullable(instantField),
  /** The plan version whose call tree is walked. */
  plan: z.nullable(planHashField),
  incident: z.nullable(segmentField<IncidentId>()),
  by: z.nullable(personField),
});

export const contactResults = ['reached', 'not-reached', 'message-left'] as const;
export type ContactResultWord = (typeof contactResults)[number];

/**
 * Key: `<test>/<callee>`: the person, else `~` and a hash of who the plan names (call-tree.ts). Holds no name and no number, so
 * that nothing but the note has to be erased with a person.
 */
export const contactResultValue = z.looseObject({
  result: z.enum(contactResults),
  at: instantField,
  by: z.nullable(personField),
  /** The type of the means that was used: `phone`, `sms` … */
  means: z.nullable(z.string().check(z.maxLength(64))),
  note: z.nullable(z.string().check(z.maxLength(1000))),
});

export type ContactTest = Readonly<z.infer<typeof contactTestValue>>;
export type ContactResult = Readonly<z.infer<typeof contactResultValue>>;
