import * as z from 'zod/mini';
import type { Json, JsonObject } from '../json.ts';
import type { PlanId } from '../ids.ts';
import { personField, segmentField } from '../record-fields.ts';
import { err, ok, type Result } from '../result.ts';
import { utf8Length } from '../sync/hash.ts';
import { hasTooManyItems } from '../sync/check-value.ts';
import { limits } from '../sync/limits.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { fieldPath } from './field-path.ts';
import type { PlanFault, PlanFaultTag } from './plan-fault.ts';
import { planItem, type PlanVersion } from './plan-item.ts';
import { readJson } from './read-json.ts';
import { shapeFaults } from './shape-faults.ts';
import { validatePlan } from './validate-plan.ts';

/** The name of the format; a number other than 1 is a later one. */
export const planFileFormat = 'holdfast-plan/1';

/** What a plan file holds: one version of one plan. Fields that this app does not know are kept. */
export type PlanFile = PlanVersion;

const frame = {
  plan: segmentField<PlanId>(),
  number: z.int().check(z.gte(1, 'must be 1 or more')),
  author: z.nullable(personField),
  withheld: z.array(z.string().check(z.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex'))),
};

/** The whole file; what the published JSON Schema is made from. */
export const planFileSchema = z.looseObject({
  format: z.literal(planFileFormat),
  ...frame,
  items: z.array(planItem),
});

const frameSchema = z.looseObject({ ...frame, items: z.array(z.unknown()) });

/**
 * Reads a plan file (`holdfast-plan/1`) from its text or its UTF-8 bytes. Guarantees: all or nothing, never a part of a plan;
 * on failure every fault there is, by path and in words; items keep their salts and unknown fields, so the plan hash is that
 * of the writer; at most 6 MiB (protocol.md, Limits), and nothing that could not be walked, hashed and sent.
 */
export function readPlanFile(file: string | Uint8Array): Result<PlanFile, readonly PlanFault[]> {
  if ((typeof file === 'string' ? utf8Length(file) : file.length) > limits.planVersionBytes) return one(tooLarge);
  const text = typeof file === 'string' ? file.replace(/^\uFEFF/, '') : decodeUtf8(file);
  if (text === null) return one(fault('not-text', '', 'the file is not text in UTF-8'));
  const { json, faults } = readJson(text);
  if (faults.length > 0) return err(faults);
  const strange = formatFault(json);
  if (strange !== null) return one(strange);
  if (hasTooManyItems(json)) return one(tooMany);
  return readFrame(json as JsonObject);
}

/** The file of a plan version, readable by people: two spaces of indent, one line feed at the end. */
export function writePlanFile({ plan, number, author, items, withheld, ...more }: PlanFile): string {
  const file = { format: planFileFormat, plan, number, author, ...more, items, withheld };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const tooMany = fault('too-large', 'items', `a plan may have ${limits.planItems} items, withheld ones included`);
const tooLarge = fault('too-large', '', `the file is larger than ${limits.planVersionBytes / 1024 / 1024} MiB`);

function readFrame(json: JsonObject): Result<PlanFile, readonly PlanFault[]> {
  const read = z.safeParse(frameSchema, json);
  const outer = read.success ? [] : shapeFaults(read.error.issues, json);
  const items = Array.isArray(json.items) ? (json.items as readonly Json[]) : [];
  const withheld = Array.isArray(json.withheld) ? (json.withheld as readonly string[]) : [];
  const inner = Array.isArray(json.items) ? validatePlan(items, withheld) : [];
  const faults = [...outer.map(({ path, words }) => fault('malformed', fieldPath(path), words)), ...inner];
  if (faults.length > 0) return err(faults);
  // Escapes and exponents can be shorter in the file than in what travels.
  if (utf8Length(JSON.stringify(json)) > limits.planVersionBytes) return one(tooLarge);
  const { format: _, ...version } = json;
  return ok(version as unknown as PlanFile);
}

function formatFault(json: Json): PlanFault | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return fault('not-a-plan', '', `this is no plan file: it must be an object with "format": "${planFileFormat}"`);
  const { format } = json as JsonObject;
  if (format === planFileFormat) return null;
  if (typeof format === 'string' && /^holdfast-plan\/\d+$/.test(format))
    return fault(
      'newer-format',
      'format',
      `is ${format}, written by a newer Holdfast; this one reads ${planFileFormat}`,
    );
  return fault('not-a-plan', 'format', `must be "${planFileFormat}"`);
}

function one(only: PlanFault): Result<never, readonly PlanFault[]> {
  return err([only]);
}

function fault(tag: PlanFaultTag, path: string, words: string): PlanFault {
  return { tag, path, item: null, words };
}
