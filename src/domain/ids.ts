import { err, ok, type Result } from './result.ts';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** First 16 hex digits of the RFC 7638 thumbprint of the device's public key (protocol.md, Ids). */
export type DeviceId = Branded<'DeviceId'>;
export type PersonId = Branded<'PersonId'>;
export type WorkspaceId = Branded<'WorkspaceId'>;
export type PlanId = Branded<'PlanId'>;
/** SHA-256 in lower-case hex over the sorted item hashes of a published plan. */
export type PlanHash = Branded<'PlanHash'>;
/** First 16 hex digits of SHA-256 over plan hash, mode and incident code. */
export type IncidentId = Branded<'IncidentId'>;
export type RoleId = Branded<'RoleId'>;
export type GroupId = Branded<'GroupId'>;
export type PhaseId = Branded<'PhaseId'>;
/** What is said over a radio: `IT-07`. */
export type TaskCode = Branded<'TaskCode'>;
export type SystemId = Branded<'SystemId'>;
export type ContactId = Branded<'ContactId'>;
export type ResourceId = Branded<'ResourceId'>;
/** UUIDv7, the idempotency key of a change. */
export type ChangeId = Branded<'ChangeId'>;
/** `time-counter(hex4)-device(hex16)`, protocol.md Order. */
export type Stamp = Branded<'Stamp'>;
/** ISO 8601 UTC with milliseconds and `Z`, years 1970-9999. */
export type Instant = Branded<'Instant'>;

export type IdFault = { readonly tag: 'malformed-id'; readonly what: string; readonly raw: unknown };

/** One segment of a record key (protocol.md: `[A-Za-z0-9._~-]{1,64}`); `.` and `..` are refused since keys travel in URLs and file names. */
export const keySegment = /^(?!\.{1,2}$)[A-Za-z0-9._~-]{1,64}$/;
/** Property names that would reach a prototype; never an id, never a field name in what is read from outside. */
export const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const hex16 = /^[0-9a-f]{16}$/;
const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const parseDeviceId = parser<DeviceId>('device', (raw) => hex16.test(raw));
export const parsePersonId = parser<PersonId>('person', isSegment);
export const parseIncidentId = parser<IncidentId>('incident', (raw) => hex16.test(raw));
export const parseChangeId = parser<ChangeId>('change', (raw) => uuid7.test(raw));
export const parseInstant = parser<Instant>('instant', isInstant);

/** The device that the server itself writes as (protocol.md, Records). */
export const serverDevice = '0000000000000000' as DeviceId;

function isSegment(raw: string): boolean {
  return keySegment.test(raw) && !forbiddenNames.has(raw);
}

const instantForm =
  /^(?:19[7-9]|[2-9]\d\d)\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}\.\d{3}Z$/;

/** By its text alone: a server reads several times of each change, and making dates of them would be most of the reading. */
function isInstant(raw: string): boolean {
  if (!instantForm.test(raw)) return false;
  const day = Number(raw.slice(8, 10));
  return day <= 28 || day <= daysIn(Number(raw.slice(0, 4)), Number(raw.slice(5, 7)));
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function parser<Id extends string>(
  what: string,
  accepts: (raw: string) => boolean,
): (raw: unknown) => Result<Id, IdFault> {
  return (raw) => (typeof raw === 'string' && accepts(raw) ? ok(raw as Id) : err({ tag: 'malformed-id', what, raw }));
}
