import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isSilentTooLong } from '../../src/domain/access/long-silence.ts';
import type { Millis } from '../../src/domain/time.ts';
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
      needsApproval: z
        .boolean()
        .describe(
          'Silent for 400 days: signs in only once it was approved again; a coordinator’s device also while no other coordinator’s is awake',
        ),
      quarantined: z.int().describe('How many changes it brought that were not taken'),
    }),
  ),
});

/** The newest are enough to read; what a phone holds beyond that it shows itself. */
const quarantineMost = 200;

const quarantine = z.object({
  changes: z.array(
    z.object({
      id: z.string().nullable(),
      device: z.string().nullable().describe('Whose change it says it is'),
      kind: z.string().nullable(),
      key: z.string().nullable(),
      value: z.unknown().describe('Absent where it was too long to be kept, erased, or no change at all'),
      size: z.int().describe('Bytes'),
      reason: z.object({ code: z.string(), message: z.string() }),
      at: z.string().describe('When it was refused last'),
    }),
  ),
});

const deviceParams = z.object({ id: deviceIdField });
const deviceQuery = z.object({ mode: revocation });

/** The devices of a workspace, for coordinators: list, revoke, approve again, read what was not taken of one. */
export function deviceRoutes(app: FastifyInstance, context: ServerContext): void {
  const onRequest = [requireDevice(context), requireCoordinator(context)];
  const common: Omit<Common, 'onRequest'> = { tags: ['people'], security: [{ device: [] }] };

  const listSchema = {
    ...common,
    summary: 'List the devices',
    response: answers({ 200: reply('All, revoked ones too', devices) }, ...withToken),
  };
  app.get('/api/devices', { schema: listSchema, onRequest }, async (request, to) => {
    const { workspace } = signedIn(request);
    const known = await context.journal.devices(workspace);
    const quarantined = await context.journal.quarantined(workspace);
    const now = context.now();
    return to.send({ devices: known.map((device) => shown(device, quarantined.get(device.id) ?? 0, now)) });
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
    const { workspace, person: by } = signedIn(request);
    const done = await context.journal.revoke(workspace, device, mode, context.now());
    if (!done.ok) return sendProblem(to, done.error);
    request.log.info({ event: 'revoked', device, mode, by }, 'device revoked');
    return to.code(204).send();
  });

  approveRoute(app, context, { ...common, onRequest });
  quarantineRoute(app, context, { ...common, onRequest });
}

type Common = {
  readonly tags: string[];
  readonly security: { readonly device: string[] }[];
  readonly onRequest: ReturnType<typeof requireDevice>[];
};

function approveRoute(app: FastifyInstance, context: ServerContext, { onRequest, ...common }: Common): void {
  const schema = {
    ...common,
    summary: 'Let a device sync again that was silent for over 400 days',
    params: deviceParams,
    response: answers({ 204: nothing('Approved') }, ...withToken, 'not-found', 'storage-full'),
  };
  app.post('/api/devices/:id/approve', { schema, onRequest }, async (request, to) => {
    const { id: device } = request.params as z.output<typeof deviceParams>;
    const { workspace, person: by } = signedIn(request);
    const done = await context.journal.approve(workspace, device, context.now());
    if (!done.ok) return sendProblem(to, done.error);
    request.log.info({ event: 'approved', device, by }, 'device approved again');
    return to.code(204).send();
  });
}

function quarantineRoute(app: FastifyInstance, context: ServerContext, { onRequest, ...common }: Common): void {
  const schema = {
    ...common,
    summary: 'Read the changes of a device that were not taken',
    params: deviceParams,
    response: answers(
      { 200: reply(`The last ${String(quarantineMost)}, the last refused first`, quarantine) },
      ...withToken,
      'not-found',
    ),
  };
  app.get('/api/devices/:id/quarantine', { schema, onRequest }, async (request, to) => {
    const { id } = request.params as z.output<typeof deviceParams>;
    const found = await context.journal.quarantine(signedIn(request).workspace, id, quarantineMost);
    if (!found.ok) return sendProblem(to, found.error);
    return to.send({ changes: found.value.map(({ body, ...change }) => ({ ...change, ...valueIn(body) })) });
  });
}

/** What came as no change at all has no value. */
function valueIn(body: string | null): { readonly value?: unknown } {
  const read: unknown = body === null ? null : JSON.parse(body);
  return typeof read === 'object' && read !== null && 'frame' in read && 'value' in read ? { value: read.value } : {};
}

function shown(device: EnrolledDevice, quarantined: number, now: Millis): z.output<typeof devices>['devices'][number] {
  const { id, name, person, weakKey, enrolledAt, lastSeenAt, revoked } = device;
  const needsApproval = isSilentTooLong(device, now);
  return {
    ...{ id, name, person, weakKey, enrolledAt, lastSeenAt, revoked: revoked?.mode ?? null },
    ...{ needsApproval, quarantined },
  };
}
