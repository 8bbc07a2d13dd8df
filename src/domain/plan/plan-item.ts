import * as z from 'zod/mini';
import type {
  ContactId,
  GroupId,
  PersonId,
  PhaseId,
  PlanHash,
  PlanId,
  ResourceId,
  RoleId,
  SystemId,
  TaskCode,
} from '../ids.ts';
import { segmentField } from '../record-fields.ts';

/*
 * One item of a plan, as it stands in `holdfast-plan/1` and in `plan-item` and `plan-version` records. Every item names its
 * section and id, its place among its section (`order`, ascending) and a salt (protocol.md, Ids). Objects are loose: fields
 * of a newer app survive an older one.
 */

const line = z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(200, 'is longer than 200 characters'));
const optionalLine = z.optional(z.string().check(z.maxLength(200, 'is longer than 200 characters')));
const text = z.string().check(z.maxLength(8000, 'is longer than 8,000 characters'));
const lines = z.array(
  z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(1000, 'is longer than 1,000 characters')),
);
/** Whole minutes; after activation (T0) where the field is a time, else a length. */
const minutes = z.int().check(z.gte(0, 'must not be negative'), z.lte(525_600, 'is longer than a year'));
const amount = z.number().check(z.gte(0, 'must not be negative'), z.lte(1e12, 'is too large'));
const date = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/, 'must be a date like 2026-11-23'));
const role = segmentField<RoleId>();

const common = {
  order: z.number(),
  /** 16 bytes base64url, new with each edit; makes a withheld or erased item unguessable from its hash. */
  salt: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/, 'must be 16 bytes in base64url')),
};

/** ICS vest colours (look.md): the band on cards and avatars. */
export const functionGroups = ['command', 'operations', 'planning', 'logistics', 'finance', 'communications'] as const;

export const headerItem = z.looseObject({
  ...common,
  section: z.literal('header'),
  id: z.literal('plan'),
  title: line,
  organisation: line,
  summary: text,
  /** What the plan covers and what it leaves out. */
  scope: text,
  assumptions: lines,
  commandLocation: line,
  alternateLocation: optionalLine,
  commandPhone: line,
  commandChannel: optionalLine,
  /** IANA zone offered when an incident is activated. */
  zone: line,
  /** ISO 4217 code for every amount in the plan. */
  currency: z.string().check(z.regex(/^[A-Z]{3}$/, 'must be a currency code like ZAR')),
  /** Has coordinator rights within an incident (protocol.md, Access levels). */
  commandingRole: role,
  /** Who may declare an activation. */
  declaredBy: z.array(role),
  /** Who approves a published version and extraordinary resources. */
  approvedBy: z.array(role),
  /** Declaring recovery needs these tasks done and the sign-off of this role. */
  recoveryTests: z.array(segmentField<TaskCode>()),
  recoverySignOff: role,
  nextReview: z.optional(date),
});

export const riskItem = z.looseObject({
  ...common,
  section: z.literal('risk'),
  id: segmentField<string>(),
  title: line,
  likelihood: z.enum(['low', 'medium', 'high']),
  consequence: z.enum(['low', 'medium', 'high']),
  response: text,
});

export const objectiveItem = z.looseObject({
  ...common,
  section: z.literal('objective'),
  id: segmentField<string>(),
  title: line,
  measure: text,
});

/** When the plan is activated, and at which severity. */
export const criterionItem = z.looseObject({
  ...common,
  section: z.literal('criterion'),
  id: segmentField<string>(),
  title: line,
  severity: z.enum(['minor', 'major', 'severe']),
});

export const systemItem = z.looseObject({
  ...common,
  section: z.literal('system'),
  id: segmentField<SystemId>(),
  name: line,
  description: z.optional(text),
  owner: role,
  /** RTO, RPO and MTD in minutes, as in NIST SP 800-34. */
  rto: minutes,
  rpo: minutes,
  mtd: minutes,
  /** 1 is recovered first. */
  priority: z.int().check(z.gte(1), z.lte(99)),
  dependsOn: z.array(segmentField<SystemId>()),
});

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

export const phaseItem = z.looseObject({
  ...common,
  section: z.literal('phase'),
  id: segmentField<PhaseId>(),
  title: line,
  purpose: text,
  /** The window, in minutes after T0. */
  from: minutes,
  to: minutes,
});

export const taskItem = z.looseObject({
  ...common,
  section: z.literal('task'),
  /** The code that can be said over a radio: `IT-07`. */
  id: segmentField<TaskCode>(),
  phase: segmentField<PhaseId>(),
  /** Verb and object. */
  title: line,
  detail: z.optional(text),
  owner: role,
  supporting: z.array(role),
  dependsOn: z.array(segmentField<TaskCode>()),
  /** Due this many minutes after T0. */
  target: minutes,
  steps: lines,
  /** How one knows that it is done. */
  completionTest: z
    .string()
    .check(z.minLength(1, 'must not be empty'), z.maxLength(1000, 'is longer than 1,000 characters')),
  resources: z.array(segmentField<ResourceId>()),
  systems: z.optional(z.array(segmentField<SystemId>())),
  critical: z.boolean(),
});

export const milestoneItem = z.looseObject({
  ...common,
  section: z.literal('milestone'),
  id: segmentField<string>(),
  title: line,
  /** Minutes after T0. */
  at: minutes,
  /** Reached when all of these are done. */
  tasks: z.array(segmentField<TaskCode>()),
  phase: z.optional(segmentField<PhaseId>()),
  system: z.optional(segmentField<SystemId>()),
});

export const resourceItem = z.looseObject({
  ...common,
  section: z.literal('resource'),
  id: segmentField<ResourceId>(),
  kind: z.enum(['technical', 'human', 'financial']),
  name: line,
  /** How many or how much is needed, in `unit`; for money in the plan's currency. */
  quantity: amount,
  unit: line,
  source: optionalLine,
  owner: role,
  /** In the plan's currency, for the whole quantity. */
  cost: z.optional(amount),
  note: z.optional(text),
});

export const planItem = z.discriminatedUnion('section', [
  headerItem,
  riskItem,
  objectiveItem,
  criterionItem,
  systemItem,
  groupItem,
  roleItem,
  contactItem,
  procedureItem,
  phaseItem,
  taskItem,
  milestoneItem,
  resourceItem,
]);

type DeepReadonly<T> = unknown extends T
  ? unknown
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends (infer U)[]
      ? readonly DeepReadonly<U>[]
      : { readonly [K in keyof T]: DeepReadonly<T[K]> };

export type PlanItem = DeepReadonly<z.infer<typeof planItem>>;
export type PlanSection = PlanItem['section'];
export type PlanHeader = DeepReadonly<z.infer<typeof headerItem>>;
export type Risk = DeepReadonly<z.infer<typeof riskItem>>;
export type Objective = DeepReadonly<z.infer<typeof objectiveItem>>;
export type ActivationCriterion = DeepReadonly<z.infer<typeof criterionItem>>;
export type System = DeepReadonly<z.infer<typeof systemItem>>;
export type RoleGroup = DeepReadonly<z.infer<typeof groupItem>>;
export type Role = DeepReadonly<z.infer<typeof roleItem>>;
export type Holder = DeepReadonly<z.infer<typeof holder>>;
export type MeansOfContact = DeepReadonly<z.infer<typeof meansOfContact>>;
export type Contact = DeepReadonly<z.infer<typeof contactItem>>;
export type MessageTemplate = DeepReadonly<z.infer<typeof messageTemplate>>;
export type Procedure = DeepReadonly<z.infer<typeof procedureItem>>;
export type Phase = DeepReadonly<z.infer<typeof phaseItem>>;
export type Task = DeepReadonly<z.infer<typeof taskItem>>;
export type Milestone = DeepReadonly<z.infer<typeof milestoneItem>>;
export type Resource = DeepReadonly<z.infer<typeof resourceItem>>;
export type FunctionGroup = (typeof functionGroups)[number];

/** A published plan as it travels: the value of a `plan-version` record, and the body of a `holdfast-plan/1` file. */
export type PlanVersion = {
  readonly plan: PlanId;
  readonly number: number;
  readonly author: PersonId | null;
  readonly items: readonly PlanItem[];
  /** Hashes of items that this reader may not see (a vendor's copy). */
  readonly withheld: readonly string[];
};

export type PublishedPlan = PlanVersion & { readonly hash: PlanHash };
