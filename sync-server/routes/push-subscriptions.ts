import { ECDH } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireDevice, signedIn } from '../authorise.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, base64urlField, nothing, reply, withBody, withToken } from '../wire.ts';

const subscriptionBody = z.object({
  endpoint: z.string().min(1).max(2000).describe('https, at one of the push services that this server speaks with'),
  keys: z.object({ p256dh: base64urlField(87).refine(isPoint, 'is no point on P-256'), auth: base64urlField(22) }),
});

const known = z.object({
  key: z.string().nullable().describe('The applicationServerKey; null where this server sends no notifications'),
  endpoint: z.string().nullable().describe('Where this device takes notifications'),
});

/** `GET`, `POST` and `DELETE /api/push-subscriptions`: the own device's, and no other's. */
export function pushSubscriptionRoutes(app: FastifyInstance, context: ServerContext): void {
  const onRequest = [requireDevice(context)];
  const common = { tags: ['devices'], security: [{ device: [] }] };
  const path = '/api/push-subscriptions';

  const readSchema = {
    ...common,
    summary: 'Whether this server sends notifications, and this device takes them',
    response: answers({ 200: reply('As it stands', known) }, ...withToken),
  };
  app.get(path, { schema: readSchema, onRequest }, async (request, to) => {
    const endpoint = await context.journal.pushes.endpointOf(signedIn(request).device);
    return to.send({ key: context.reminderSender.push?.key ?? null, endpoint });
  });

  const keepSchema = {
    ...common,
    summary: 'Send notifications to this device',
    body: subscriptionBody,
    response: answers({ 204: nothing('Kept, in the place of an earlier one') }, ...withBody, ...withToken, 'not-found'),
  };
  app.post(path, { schema: keepSchema, onRequest }, async (request, to) => {
    const { endpoint, keys } = request.body as z.output<typeof subscriptionBody>;
    const { push } = context.reminderSender;
    if (push === null) return sendProblem(to, 'not-found', { detail: 'This server sends no notifications.' });
    if (!push.mayReach(endpoint))
      return sendProblem(to, 'invalid-request', { detail: 'This server does not speak with that push service.' });
    await context.journal.pushes.keep(signedIn(request), { endpoint, ...keys }, context.now());
    return to.code(204).send();
  });

  const dropSchema = {
    ...common,
    summary: 'Send no notifications to this device any more',
    response: answers({ 204: nothing('None is sent') }, ...withToken, 'storage-full'),
  };
  app.delete(path, { schema: dropSchema, onRequest }, async (request, to) => {
    await context.journal.pushes.drop(signedIn(request).device);
    return to.code(204).send();
  });
}

function isPoint(p256dh: string): boolean {
  try {
    ECDH.convertKey(p256dh, 'prime256v1', 'base64url', 'base64url', 'uncompressed');
    return true;
  } catch {
    return false;
  }
}
