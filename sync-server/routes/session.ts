import { generateKeyPairSync } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DeviceId } from '../../src/domain/ids.ts';
import { sessionMessage } from '../../src/domain/sync/signing.ts';
import { instant } from '../../src/domain/time.ts';
import { isSignedBy, readPublicKey } from '../device-signature.ts';
import { mustBeApproved } from '../long-silence.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, deviceIdField, reply, signatureField, withBody } from '../wire.ts';

const challengeBody = z.object({ device: deviceIdField });
const challenge = z.object({ nonce: z.string(), expiresAt: z.string() });

const sessionBody = z.object({ device: deviceIdField, nonce: z.string().min(1).max(200), signature: signatureField });
const session = z.object({ token: z.string(), expiresAt: z.string() });

/** Stands in for the key of a device that is not known, so that being unknown takes as long as signing wrongly. */
const nobody = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;

/**
 * `POST /api/session/challenge` and `POST /api/session`: a device proves its key. The phone's clock plays no part. A wrong
 * signature answers as an unknown device does: either way this is not the device it says, and a code is what helps.
 */
export function sessionRoutes(app: FastifyInstance, context: ServerContext): void {
  const challengeSchema = {
    summary: 'Ask for a nonce to sign',
    tags: ['sign-in'],
    body: challengeBody,
    response: answers({ 200: reply('A nonce, for this device, once, for 120 s', challenge) }, ...withBody),
  };
  app.post('/api/session/challenge', { schema: challengeSchema }, (request, to) => {
    const { device } = request.body as z.output<typeof challengeBody>;
    const { nonce, expiresAt } = context.challenges.issue(device, context.now());
    return to.send({ nonce, expiresAt: instant(expiresAt) });
  });

  const sessionSchema = {
    summary: 'Trade a signed nonce for a token',
    tags: ['sign-in'],
    body: sessionBody,
    response: answers(
      { 200: reply('A bearer token', session) },
      ...withBody,
      'challenge-refused',
      'unknown-device',
      'revoked',
      'approval-needed',
      'too-many-requests',
    ),
  };
  app.post('/api/session', { schema: sessionSchema }, (request, to) => signIn(context, request, to));
}

async function signIn(context: ServerContext, request: FastifyRequest, to: FastifyReply): Promise<FastifyReply> {
  const body = request.body as z.output<typeof sessionBody>;
  const id = body.device;
  const now = context.now();
  if (!(await context.challenges.redeem(body.nonce, id, now))) return refuse(request, to, 'challenge-refused', id);
  const device = await context.journal.device(id);
  const key = (device === null ? null : readPublicKey(device.publicKey)) ?? nobody;
  const signed = isSignedBy(key, sessionMessage(context.publicUrl, id, body.nonce), body.signature);
  if (device === null || !signed) return refuse(request, to, 'unknown-device', id);
  if (device.revoked?.mode === 'lost') return refuse(request, to, 'revoked', id);
  const wait = context.deviceLimits.session(id, now);
  if (wait > 0) return sendProblem(to, 'too-many-requests', { retryAfter: wait });
  if (await mustBeApproved(context.journal, device, now)) return refuse(request, to, 'approval-needed', id);
  const { token, expiresAt } = await context.tokens.issue(
    { workspace: device.workspace, device: id, person: device.person },
    now,
  );
  return to.send({ token, expiresAt: instant(expiresAt) });
}

function refuse(
  request: FastifyRequest,
  to: FastifyReply,
  code: 'challenge-refused' | 'unknown-device' | 'revoked' | 'approval-needed',
  device: DeviceId,
): FastifyReply {
  request.log.warn({ event: 'sign-in refused', reason: code, device }, 'sign-in refused');
  return sendProblem(to, code, code === 'revoked' ? { extra: { wipe: true } } : {});
}
