import * as z from 'zod/mini';
import type { ContactId, GroupId, PersonId } from '../ids.ts';
import { segmentField } from '../record-fields.ts';
import { common, date, line, lines, minutes, optionalLine, role, text } from './item-fields.ts';

/* The items that say who does what and how they are reached: groups, roles, contacts, communication procedures. */

/** ICS vest colours (look.md): the band on cards and avatars. */
export const functionGroups = ['command', 'operations', 'planning', 'logistics', 'finance', 'communications'] as const;

export const groupItem = z.looseObject({
  ...common,
  section: z.literal('group'),
  id: segmentField<GroupId>(),
  name: line,
  purpose: text,
  vest: z.enum(functionGroups),
});

/** A holder is a person, a department or an outside organisation; the first is primary, then deputies (product.md). */
export const holder = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('person'),
    name: line,
    person: z.optional(segmentField<PersonId>()),
    contact: z.optional(segmentField<ContactId>()),
  }),
  z.looseObject({ kind: z.literal('department'), name: line, contact: z.optional(segmentField<ContactId>()) }),
  z.looseObject({
    kind: z.literal('organisation'),
    name: line,
    contact: z.optional(segmentField<ContactId>()),
    contract: optionalLine,
    hours: optionalLine,
    escalation: optionalLine,
  }),
]);

export const roleItem = z.looseObject({
  ...common,
  section: z.literal('role'),
  id: role,
  group: segmentField<GroupId>(),
  title: line,
  /** One sentence. */
  mission: z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(300, 'is longer than 300 characters')),
  reportsTo: z.nullable(role),
  responsibilities: lines,
  /** How and how often it reports; when and to whom it escalates. */
  reporting: text,
  escalation: text,
  phone: optionalLine,
  channel: optionalLine,
  holders: z.array(holder),
});

/** PACE: primary, alternate, contingency, emergency means of contact. */
export const pace = ['primary', 'alternate', 'contingency', 'emergency'] as const;

export const meansOfContact = z.looseObject({
  pace: z.enum(pace),
  type: z.enum(['phone', 'sms', 'email', 'radio', 'chat', 'web', 'other']),
  value: line,
  label: optionalLine,
});

export const contactItem = z.looseObject({
  ...common,
  section: z.literal('contact'),
  id: segmentField<ContactId>(),
  name: line,
  position: optionalLine,
  organisation: optionalLine,
  /** Shows that person's own verified contacts instead of `means` where they are known. */
  person: z.optional(segmentField<PersonId>()),
  means: z.array(meansOfContact),
  hours: optionalLine,
  note: z.optional(text),
  verifiedAt: z.nullable(date),
  /** The roles whose card carries this contact. */
  neededBy: z.array(role),
});

export const messageTemplate = z.looseObject({
  id: segmentField<string>(),
  title: line,
  audience: line,
  channel: line,
  subject: optionalLine,
  /** Placeholders in double braces: {{incident}}, {{startedAt}}, {{nextUpdate}} … */
  body: text,
});

export const procedureItem = z.looseObject({
  ...common,
  section: z.literal('procedure'),
  id: segmentField<string>(),
  kind: z.enum(['internal', 'external', 'media']),
  title: line,
  purpose: text,
  owner: role,
  audiences: lines,
  channels: lines,
  /** From and to are minutes after T0; between them an update is due every so many minutes. */
  cadence: z.array(
    z.looseObject({ from: minutes, to: minutes, every: z.int().check(z.gte(1)), audience: line, channel: line }),
  ),
  points: lines,
  reportAndEscalate: lines,
  templates: z.array(messageTemplate),
});
