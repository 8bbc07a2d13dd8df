import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireCoordinator, requireDevice, signedIn } from '../authorise.ts';
import type { EnrolledDevice } from '../journal/journal.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, deviceIdField, nothing, reply, withToken } from '../wire.ts';

const revocation = z.enum(['lost', 'leaver']);

const devices = z.object({
  devices: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      person: z.string(),
      weakKey: z.boolean(),
      enrolledAt: z.string(),
      lastSeenAt: z.string().nullable(),
      revoked: revocation.nullable(),
    }),
  ),
});

const deviceParams = z.object({ id: deviceIdField });
const deviceQuery = z.object({ mode: revocation });

/** `GET /api/devices` and `DELETE /api/devices/:id?mode=lost|leaver`, for coordinators. */
export function deviceRoutes(app: FastifyInstance, context: ServerContext): void {
  const onRequest = [requireDevice(context), requireCoordinator(context)];
  const common = { tags: ['people'], security: [{ device: [] }] };

  const listSchema = {
    ...common,
    summary: 'List the devices',
    response: answers({ 200: reply('All, revoked ones too', devices) }, ...withToken),
  };
  app.get('/api/devices', { schema: listSchema, onRequest }, async (request, to) => {
    const known = await context.journal.devices(signedIn(request).workspace);
    return to.send({ devices: known.map(shown) });
  });

  const revokeSchema = {
    ...common,
    summary: 'Revoke a device',
    description: '`lost` wipes it at its next contact; `leaver` lets it send what it holds, then wipes it.',
    params: deviceParams,
    querystring: deviceQuery,
    response: answers({ 204: nothing('Revoked') }, ...withToken, 'not-found', 'storage-full'),
  };
  app.delete('/api/devices/:id', { schema: revokeSchema, onRequest }, async (request, to) => {
    const { id: device } = request.params as z.output<typeof deviceParams>;
    const { mode } = request.query as z.output<typeof deviceQuery>;
    const done = await context.journal.revoke(signedIn(request).workspace, device, mode, context.now());
    if (!done.ok) return sendProblem(to, done.error);
    request.log.info({ event: 'revoked', device, mode }, 'device revoked');
    return to.code(204).send();
  });
}

function shown({
  id,
  name,
  person,
  weakKey,
  enrolledAt,
  lastSeenAt,
  revoked,
}: EnrolledDevice): z.output<typeof devices>['devices'][number] {
  return { id, name, person, weakKey, enrolledAt, lastSeenAt, revoked: revoked?.mode ?? null };
}
