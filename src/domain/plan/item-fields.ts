import * as z from 'zod/mini';
import type { RoleId } from '../ids.ts';
import { segmentField } from '../record-fields.ts';

/* What the fields of plan items are made of. */

export const line = z
  .string()
  .check(z.minLength(1, 'must not be empty'), z.maxLength(200, 'is longer than 200 characters'));
export const optionalLine = z.optional(z.string().check(z.maxLength(200, 'is longer than 200 characters')));
export const text = z.string().check(z.maxLength(8000, 'is longer than 8,000 characters'));
export const lines = z.array(
  z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(1000, 'is longer than 1,000 characters')),
);
/** Whole minutes; after activation (T0) where the field is a time, else a length. */
export const minutes = z.int().check(z.gte(0, 'must not be negative'), z.lte(525_600, 'is longer than a year'));
export const amount = z.number().check(z.gte(0, 'must not be negative'), z.lte(1e12, 'is too large'));
export const date = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/, 'must be a date like 2026-11-23'));
export const role = segmentField<RoleId>();

export const common = {
  order: z.number(),
  /** 16 bytes base64url, new with each edit; makes a withheld or erased item unguessable from its hash. */
  salt: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/, 'must be 16 bytes in base64url')),
};
