import * as z from 'zod/mini';
import type { PersonId, RoleId } from '../ids.ts';
import { instantField, planHashField, segmentField } from '../record-fields.ts';

/** protocol.md, Access levels; from most to least. */
export const accessLevels = ['coordinator', 'responder', 'observer', 'vendor'] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** Key: `<person>`; written by coordinators only. */
export const grantValue = z.looseObject({ access: z.enum(accessLevels), roles: z.array(segmentField<RoleId>()) });
export type Grant = { readonly access: AccessLevel; readonly roles: readonly RoleId[] };

/** Key: `<person>`; the person may edit their own. */
export const personValue = z.looseObject({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  organisation: z.optional(z.string().check(z.maxLength(200))),
  contacts: z.array(
    z.looseObject({
      type: z.enum(['phone', 'sms', 'email', 'radio', 'chat', 'web', 'other']),
      value: z.string().check(z.minLength(1), z.maxLength(200)),
      pace: z.optional(z.enum(['primary', 'alternate', 'contingency', 'emergency'])),
      verifiedAt: z.nullable(instantField),
    }),
  ),
});
export type Person = Readonly<z.infer<typeof personValue>>;

/** Key: `<device>`: the readiness report of one phone, by that device only (product.md, Readiness). */
export const deviceValue = z.looseObject({
  name: z.string().check(z.maxLength(200)),
  installed: z.boolean(),
  persisted: z.nullable(z.boolean()),
  plan: z.nullable(planHashField),
  appVersion: z.string().check(z.maxLength(64)),
  reportedAt: instantField,
  selfTestAt: z.optional(z.nullable(instantField)),
});

/** Who is asking: a device's person with what the grant gives. */
export type Rights = {
  readonly person: PersonId;
  readonly access: AccessLevel;
  readonly roles: readonly RoleId[];
};
