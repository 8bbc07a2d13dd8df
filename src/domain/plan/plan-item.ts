import * as z from 'zod/mini';
import type { PersonId, PhaseId, PlanHash, PlanId, ResourceId, SystemId, TaskCode } from '../ids.ts';
import { segmentField } from '../record-fields.ts';
import { amount, common, date, line, lines, minutes, optionalLine, role, text } from './item-fields.ts';
import {
  contactItem,
  groupItem,
  procedureItem,
  roleItem,
  type functionGroups,
  type holder,
  type meansOfContact,
  type messageTemplate,
} from './role-items.ts';

/*
 * One item of a plan, as it stands in `holdfast-plan/1` and in `plan-item` and `plan-version` records. Every item names its
 * section and id, its place among its section (`order`, ascending) and a salt (protocol.md, Ids). Objects are loose: fields
 * of a newer app survive an older one.
 */

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
