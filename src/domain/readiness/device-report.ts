import * as z from 'zod/mini';
import type { Instant, PlanHash, RoleId } from '../ids.ts';
import { instantField, planHashField, segmentField } from '../record-fields.ts';
import { day, millis, minute, type Millis } from '../time.ts';
import { selfTestChecks, type SelfTestCheck } from './self-test.ts';

/** What the browser says of alerts; `unsupported` where it has none. */
export type AlertPermission = 'granted' | 'denied' | 'default' | 'unsupported';

/** That a person says to have read the card of a role. */
export type CardRead = {
  readonly role: RoleId;
  /** What the card said (card-print.ts): another version that says the same needs no new reading. */
  readonly print: string;
  /** The newest version that is known to say the same. */
  readonly plan: PlanHash;
  readonly at: Instant;
};

/** Readiness of one phone (product.md, Words): the value of a `device` record as a screen reads it. Null: not known. */
export type DeviceReport = {
  readonly name: string;
  readonly at: Instant;
  readonly app: string;
  readonly installed: boolean;
  /** Whether the browser promised to keep what is stored. */
  readonly persisted: boolean | null;
  readonly plan: PlanHash | null;
  readonly planNumber: number | null;
  /** Changes that were not sent when it was written. */
  readonly queue: number | null;
  /** Server minus phone, in ms. */
  readonly clockOffset: Millis | null;
  /** Bytes that the browser would still give. */
  readonly free: number | null;
  readonly alerts: AlertPermission | null;
  readonly selfTest: { readonly at: Instant; readonly failed: readonly SelfTestCheck[] } | null;
  readonly cards: readonly CardRead[];
  /** When the person last reached the team channel, and which it was. */
  readonly channel: { readonly at: Instant; readonly of: string } | null;
};

const frame = z.looseObject({
  name: z.string(),
  installed: z.boolean(),
  persisted: z.nullable(z.boolean()),
  plan: z.nullable(planHashField),
  appVersion: z.string(),
  reportedAt: instantField,
});

const planNumber = z.int().check(z.gte(0));
const queue = z.int().check(z.gte(0));
const offset = z.number();
const free = z.number().check(z.gte(0));
const alerts = z.enum(['granted', 'denied', 'default', 'unsupported']);
const selfTest = z.looseObject({ at: instantField, failed: z.array(z.enum(selfTestChecks)) });
const card = z.looseObject({
  role: segmentField<RoleId>(),
  print: z.string(),
  plan: planHashField,
  at: instantField,
});
const channel = z.looseObject({ at: instantField, of: z.string() });

/**
 * Reads the value of a `device` record. Null where it is no report; a part that is missing or of another shape, as an older or
 * newer app may write it, is not known instead of hiding the rest.
 */
export function readReport(value: unknown): DeviceReport | null {
  const read = frame.safeParse(value);
  if (!read.success) return null;
  const { name, reportedAt, appVersion, installed, persisted, plan, ...more } = read.data;
  const rawCards = Array.isArray(more['cards']) ? (more['cards'] as readonly unknown[]) : [];
  return {
    ...{ name, at: reportedAt, app: appVersion, installed, persisted, plan },
    planNumber: part(planNumber, more['planNumber']),
    queue: part(queue, more['queue']),
    clockOffset: part(offset, more['clockOffset']),
    free: part(free, more['freeBytes']),
    alerts: part(alerts, more['notifications']),
    selfTest: part(selfTest, more['selfTest']),
    cards: rawCards.flatMap((each) => part(card, each) ?? []),
    channel: part(channel, more['channel']),
  };
}

/** The value to write; fields of a newer app in the value `before` stay (protocol.md, Records). */
export function reportValue(report: DeviceReport, before: object | null) {
  const { name, installed, persisted, plan, planNumber: number, app, at, alerts: permission, free: bytes } = report;
  return {
    ...before,
    ...{ name: name.slice(0, 200), installed, persisted, plan, planNumber: number },
    ...{ appVersion: app.slice(0, 64), reportedAt: at, selfTestAt: report.selfTest?.at ?? null },
    ...{ queue: report.queue, clockOffset: report.clockOffset, freeBytes: bytes, notifications: permission },
    selfTest: report.selfTest === null ? null : { ...report.selfTest, failed: [...report.selfTest.failed] },
    cards: report.cards.map((each) => ({ ...each })),
    channel: report.channel === null ? null : { ...report.channel },
  };
}

/** A phone that says the same as before says so once in this time, so that its silence means something. */
const reportEvery: Millis = day;

/**
 * Whether a phone has to report. At once when something changed that a coordinator acts on, or all is sent that was told to wait;
 * ages, free space, the clock and a longer queue alone are told with the report of the day.
 */
export function reportDue(before: DeviceReport | null, now: DeviceReport): boolean {
  if (before === null) return true;
  const age = millis(now.at) - millis(before.at);
  // A report from the future was written by a clock that is wrong no more.
  if (age >= reportEvery || age < -minute || matters(before) !== matters(now)) return true;
  // one that was made without a network counted itself among what waits
  return (before.queue ?? 0) > 0 && now.queue === 0;
}

/** What makes a report due at once, as text to compare. */
function matters({
  name,
  app,
  installed,
  persisted,
  plan,
  alerts: permission,
  selfTest: test,
  cards,
  channel: team,
}: DeviceReport) {
  return JSON.stringify([
    ...[name, app, installed, persisted, plan, permission],
    test === null ? null : [test.at, ...test.failed],
    cards.map(({ role, print, plan: of, at }) => [role, print, of, at]),
    team === null ? null : [team.at, team.of],
  ]);
}

const soonest: Millis = 15_000;
const pullsPerSecond = 300;

/**
 * Over how long the phones of a workspace spread their reports of one and the same event, such as a new plan version. Each report
 * makes every phone that is awake look for news, so the time grows with the square of their number: about 300 looks a second,
 * whatever the number.
 */
export function reportSpread(phones: number): Millis {
  return Math.max(soonest, Math.ceil((phones * phones * 1_000) / pullsPerSecond));
}

function part<T>(schema: z.ZodMiniType<T>, value: unknown): T | null {
  const read = schema.safeParse(value);
  return read.success ? read.data : null;
}
