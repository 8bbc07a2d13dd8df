import { z } from 'zod';
import { accessLevels } from '../src/domain/access/access.ts';
import {
  forbiddenNames,
  keySegment,
  parseDeviceId,
  parseIncidentId,
  parseInstant,
  type DeviceId,
  type IncidentId,
  type PersonId,
} from '../src/domain/ids.ts';
import { head, syncedRecord, syncReply, syncRequest } from '../src/domain/sync/protocol.ts';
import { problems, type ProblemCode } from './problem.ts';

/*
 * Schemas of requests and replies as the server reads and publishes them (protocol.md); those of `POST /api/sync` are the
 * domain's. Requests are read strictly in what they name and loosely in what they don't: no route takes a field by a name that
 * is not written here, so nothing is assigned that was not asked for.
 */

for (const [id, schema] of Object.entries({ Head: head, SyncedRecord: syncedRecord, SyncReply: syncReply }))
  z.globalRegistry.add(schema, { id });

export const deviceIdField = branded<DeviceId>(
  z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .refine((raw) => parseDeviceId(raw).ok),
).describe('First 16 hex digits of the thumbprint of the device key');
export const incidentIdField = branded<IncidentId>(
  z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .refine((raw) => parseIncidentId(raw).ok),
);
export const instantField = z
  .string()
  .refine((raw) => parseInstant(raw).ok, 'must be a time like 2026-11-23T12:56:00.000Z')
  .meta({ format: 'date-time', examples: ['2026-11-23T12:56:00.000Z'] });
export const segmentField = <Id extends string>() =>
  branded<Id>(
    z
      .string()
      .regex(keySegment)
      .refine((raw) => !forbiddenNames.has(raw)),
  );
export const personField = segmentField<PersonId>();
const stampField = z.string().describe('time-counter(hex4)-device(hex16)');
export const seqField = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const accessField = z.enum(accessLevels);

export const base64urlField = (characters: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${String(characters)}}$`));

export const signatureField = base64urlField(86).describe(
  'ECDSA P-256 over SHA-256: r‖s, 64 bytes, base64url without padding',
);
export const publicKeyField = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: base64urlField(43),
  y: base64urlField(43),
});
/** Half surrogates, control characters and those that turn the reading direction make a name look like another. */
const misleading = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;
export const nameField = z
  .string()
  .overwrite((name) => name.replace(misleading, '').trim())
  .min(1)
  .max(200);
export const personChoice = z.union([z.object({ id: personField }), z.object({ name: nameField })]);

const authorField = z.object({ person: z.string().nullable(), device: z.string() });

const change = z
  .looseObject({
    id: z.string().describe('UUIDv7, the idempotency key'),
    n: z.int().min(1).describe("The device's own counter"),
    kind: z.string(),
    key: z.string(),
    value: z.unknown().describe('The whole record; null deletes it'),
    base: z.string().nullable().describe('Id of the change that the screen showed'),
    seen: stampField.nullable(),
    stamp: stampField,
    wall: z.string().describe("The device's clock, uncorrected"),
    line: z.int(),
    v: z.int().describe('Schema version of value'),
  })
  .meta({ id: 'Change' });

/** Published in full, read one by one: a bad change gets a verdict of its own instead of failing the request. */
const sentChange = z.unknown().meta(publishedAs(change.extend({ given: stampField.optional() })));

const bundleFields = {
  device: z.string().describe('Who made the changes'),
  publicKey: publicKeyField,
  clientNow: instantField,
  line: z.int().min(0),
  age: z.number().min(0).describe('Ms since it was signed, by the clock of the relay'),
  signature: signatureField.describe('By the author, over RFC 8785 of everything but signature and age'),
};
/** Published in full; one that is not in due form gets a verdict on each of its changes. */
const relayed = z
  .looseObject({ changes: z.array(sentChange) })
  .meta(publishedAs(z.looseObject({ ...bundleFields, changes: z.array(change) })));

/** What is left open to read one by one is published in full here; the rest is the protocol's own. */
export const syncBody = z
  .looseObject({
    ...syncRequest.shape,
    clientNow: instantField,
    changes: z.array(sentChange),
    relayed: z.array(relayed).optional(),
  })
  .meta({ id: 'SyncRequest' });

const entry = z
  .looseObject({
    seq: seqField,
    change,
    stamp: stampField,
    outcome: z.enum(['applied', 'superseded']),
    author: authorField,
    at: z.string(),
    hash: z.string(),
    salt: z.string().describe('Empty once the value was erased'),
    erased: z.string().optional().describe('The digest that stands for an erased value'),
  })
  .meta({ id: 'JournalEntry' });
export const entries = z.array(entry);

const problemReply = (codes: readonly ProblemCode[]) =>
  z.looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.enum(codes),
    ...(codes.includes('revoked') ? { wipe: z.boolean().optional() } : {}),
    ...(codes.includes('history-changed') ? { epoch: z.string(), head: head } : {}),
  });

/** What any call may meet. */
const always = ['invalid-request', 'wrong-origin', 'internal', 'unavailable'] as const;
/** What a call with a body may meet before its body is understood. */
export const withBody = ['malformed-body', 'too-large', 'unsupported-media-type', 'storage-full'] as const;
/** What a call with a token may meet. */
export const withToken = ['token-required', 'token-refused', 'unknown-device', 'revoked', 'forbidden'] as const;

/** The `response` of a route's schema: what it gives when all is well, and every problem it may answer, by status. */
export function answers(
  success: Readonly<Record<number, unknown>>,
  ...codes: readonly ProblemCode[]
): Record<string, unknown> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...codes, ...always]) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const refusals = [...byStatus].map(([status, group]) => [
    String(status),
    {
      description: group.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
      content: { 'application/problem+json': { schema: problemReply(group) } },
    },
  ]);
  return { ...success, ...(Object.fromEntries(refusals) as Record<string, unknown>) };
}

/** A success reply as OpenAPI shows it. */
export function reply(description: string, schema: z.core.$ZodType, contentType = 'application/json'): unknown {
  return { description, content: { [contentType]: { schema } } };
}

/** A success reply without a body. */
export function nothing(description: string): unknown {
  return z.undefined().describe(description);
}

/** Only the type is narrowed: the id that was read is the id that was sent. */
function branded<Id extends string>(schema: z.ZodType<string, string>): z.ZodType<Id, string> {
  return schema as unknown as z.ZodType<Id, string>;
}

function publishedAs(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, $defs: _named, ...json } = z.toJSONSchema(schema, { io: 'input' });
  // what has a name stands among the components of the whole description
  return JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')) as Record<string, unknown>;
}
