import * as z from 'zod/mini';
import { keySegment, parseInstant, type Instant, type PersonId, type PlanHash } from './ids.ts';

/*
 * Field schemas that record values share. They only narrow strings to branded ids; nothing is transformed, so a value that
 * is read and written again keeps its bytes.
 */

export const instantField = z
  .string()
  .check(
    z.refine((raw) => parseInstant(raw).ok, 'must be a time like 2026-11-23T12:56:00.000Z'),
  ) as unknown as z.ZodMiniType<Instant, string>;

export const planHashField = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, 'must be a plan hash')) as unknown as z.ZodMiniType<PlanHash, string>;

export const personField = segmentField<PersonId>();

export function segmentField<Id extends string>(): z.ZodMiniType<Id, string> {
  return z.string().check(z.regex(keySegment, 'must be 1-64 of A-Z a-z 0-9 . _ ~ -')) as unknown as z.ZodMiniType<
    Id,
    string
  >;
}
