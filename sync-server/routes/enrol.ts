import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DeviceId } from '../../src/domain/ids.ts';
import { findPart, joinCodeHash, normalJoinCode } from '../../src/domain/sync/codes.ts';
import { deviceId } from '../../src/domain/sync/device-id.ts';
import { enrolMessage, previousMessage } from '../../src/domain/sync/signing.ts';
import { isSignedBy, readPublicKey } from '../device-signature.ts';
import type { CodeForm } from '../attempt-limits.ts';
import type { CodeHash } from '../journal/journal.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import {
  accessField,
  answers,
  deviceIdField,
  nameField,
  personChoice,
  publicKeyField,
  reply,
  signatureField,
  withBody,
} from '../wire.ts';

const enrolBody = z.object({
  code: z.string().min(1).max(256).describe('A join code, or the session token of the device that a clone was made of'),
  publicKey: publicKeyField,
  device: z.object({ name: nameField }),
  person: personChoice.nullish(),
  weakKey: z.boolean().default(false),
  signature: signatureField,
  previous: z.object({ device: deviceIdField, signature: signatureField }).nullish(),
});
type EnrolBody = z.output<typeof enrolBody>;

const enrolled = z.object({
  device: z.string(),
  person: z.string(),
  workspace: z.object({ id: z.string(), name: z.string() }),
  access: accessField,
  roles: z.array(z.string()),
});

/**
 * `POST /api/enrol`: a code becomes a device. Unknown, wrong, burnt and expired codes and wrong signatures all look alike; the
 * signature is checked before any code is looked up, so they take as long, too.
 */
export function enrolRoute(app: FastifyInstance, context: ServerContext): void {
  const schema = {
    summary: 'Turn a code into an enrolled device',
    tags: ['sign-in'],
    body: enrolBody,
    response: answers({ 201: reply('Enrolled', enrolled) }, ...withBody, 'code-refused', 'too-many-requests'),
  };
  app.post('/api/enrol', { schema }, async (request, to) => {
    const body = request.body as EnrolBody;
    const key = readPublicKey(body.publicKey);
    if (key === null) return sendProblem(to, 'invalid-request', { detail: 'publicKey is no point on P-256.' });
    const attempt: Attempt = {
      body,
      device: deviceId(body.publicKey),
      isSigned: isSignedBy(key, enrolMessage(context.publicUrl, body.code), body.signature),
    };
    return body.previous === null || body.previous === undefined
      ? enrolWithCode(context, attempt, request, to)
      : enrolClone(context, attempt, body.previous, request, to);
  });
}

type Attempt = { readonly body: EnrolBody; readonly device: DeviceId; readonly isSigned: boolean };

async function enrolWithCode(
  context: ServerContext,
  attempt: Attempt,
  request: FastifyRequest,
  to: FastifyReply,
): Promise<FastifyReply> {
  // what is no code at all is hashed as it stands: it is looked up like any other and not found
  const normal = normalJoinCode(attempt.body.code);
  const find = normal === null ? null : findPart(normal);
  if (normal !== null && find !== null) return await enrolByRadio(context, attempt, { normal, find }, request, to);
  const code = joinCodeHash(normal ?? attempt.body.code);
  const wait = await waitFor(context, code, attempt.device);
  if (wait > 0) return sendProblem(to, 'too-many-requests', { retryAfter: wait });
  if (!attempt.isSigned) return refuse(context, { code, form: 'long' }, 'signature', request, to);
  return await enrol(context, attempt, { code, form: 'long', radio: null, previous: null }, request, to);
}

/** A code for the radio dies of its tries instead of making anybody wait. */
async function enrolByRadio(
  context: ServerContext,
  attempt: Attempt,
  { normal, find }: { readonly normal: string; readonly find: string },
  request: FastifyRequest,
  to: FastifyReply,
): Promise<FastifyReply> {
  const { failedCodes, journal, now } = context;
  const wait = await failedCodes.waitForAny('radio', now());
  if (wait > 0) return sendProblem(to, 'too-many-requests', { retryAfter: wait });
  const missed = { code: joinCodeHash(normal), form: 'radio' } as const;
  const isTry = await failedCodes.tryRadio(find, now());
  // a device that is enrolled already asks for its 201 again
  if (!isTry && (await journal.device(attempt.device)) === null) return refuse(context, missed, 'tries', request, to);
  if (!attempt.isSigned) return refuse(context, missed, 'signature', request, to);
  const radio = await context.slowCodes.hash(normal, () => failedCodes.waitForAny('radio', now()));
  if (radio.ok) return await enrol(context, attempt, { ...missed, radio: radio.value, previous: null }, request, to);
  if (isTry) await failedCodes.giveBackTry(find, now());
  return sendProblem(to, 'too-many-requests', { retryAfter: radio.error });
}

/** What is looked up: the code's hashes, or the earlier device of a clone. */
type Asked = Miss & { readonly radio: CodeHash | null; readonly previous: DeviceId | null };

/** What a refusal is counted by. */
type Miss = { readonly code: CodeHash; readonly form: CodeForm };

/** protocol.md, Clones: the session's token stands for a code, and the old key signs too. */
async function enrolClone(
  context: ServerContext,
  attempt: Attempt,
  previous: NonNullable<EnrolBody['previous']>,
  request: FastifyRequest,
  to: FastifyReply,
): Promise<FastifyReply> {
  const token = attempt.body.code;
  const code = joinCodeHash(token);
  const wait = await waitFor(context, code, attempt.device);
  if (wait > 0) return sendProblem(to, 'too-many-requests', { retryAfter: wait });
  const held = await context.tokens.find(token, context.now());
  const old = held === null || held.device !== previous.device ? null : await context.journal.device(held.device);
  const missed = { code, form: 'long' } as const;
  if (!attempt.isSigned || old === null || old.revoked !== null) return refuse(context, missed, 'token', request, to);
  const oldKey = readPublicKey(old.publicKey);
  if (oldKey === null || !isSignedBy(oldKey, previousMessage(context.publicUrl, token), previous.signature)) {
    return refuse(context, missed, 'previous signature', request, to);
  }
  return await enrol(context, attempt, { ...missed, radio: null, previous: old.id }, request, to);
}

/**
 * Seconds until this attempt is looked at. A device that is enrolled already is only asking for its 201 again, perhaps after
 * others tried the same code: the misses of the others don't count against it.
 */
async function waitFor(context: ServerContext, code: CodeHash, device: DeviceId): Promise<number> {
  const now = context.now();
  const any = await context.failedCodes.waitForAny('long', now);
  if (any > 0) return any;
  const wait = await context.failedCodes.wait(code, now);
  return wait > 0 && (await context.journal.device(device)) === null ? wait : 0;
}

async function enrol(
  context: ServerContext,
  { body, device }: Attempt,
  asked: Asked,
  request: FastifyRequest,
  to: FastifyReply,
): Promise<FastifyReply> {
  const done = await context.journal.enrol(
    {
      ...asked,
      device,
      publicKey: body.publicKey,
      name: body.device.name,
      weakKey: body.weakKey,
      person: body.person ?? null,
    },
    context.now(),
  );
  if (!done.ok) return refuse(context, asked, done.error, request, to);
  request.log.info({ event: 'enrolled', device, workspace: done.value.workspace.id }, 'device enrolled');
  return to.code(201).send(done.value);
}

async function refuse(
  context: ServerContext,
  { code, form }: Miss,
  reason: string,
  request: FastifyRequest,
  to: FastifyReply,
): Promise<FastifyReply> {
  await context.failedCodes.failed(code, form, context.now());
  request.log.warn({ event: 'sign-in refused', reason }, 'code refused');
  return sendProblem(to, 'code-refused');
}
