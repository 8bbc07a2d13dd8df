import * as z from 'zod/mini';
import type { IncidentId, RoleId } from '../ids.ts';
import { personField, segmentField } from '../record-fields.ts';

export const trainingTypes = ['briefing', 'exercise', 'review', 'test'] as const;
export type TrainingType = (typeof trainingTypes)[number];

const date = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/, 'must be a date like 2026-11-23'));

/** Key: `<training>`; written by coordinators (docs/protocol-additions.md). Dates are those of the place, without a time. */
export const trainingValue = z.looseObject({
  type: z.enum(trainingTypes),
  title: z.string().check(z.minLength(1), z.maxLength(200)),
  date,
  people: z.array(personField).check(z.maxLength(1000)),
  roles: z.array(segmentField<RoleId>()).check(z.maxLength(200)),
  /** When the like of it is due again; null where it isn't repeated. */
  next: z.nullable(date),
  notes: z.string().check(z.maxLength(4000)),
  /** The exercise or incident that it was. */
  incident: z.nullable(segmentField<IncidentId>()),
});

export type Training = Readonly<z.infer<typeof trainingValue>>;
