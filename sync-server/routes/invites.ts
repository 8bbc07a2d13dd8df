import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { joinCode, joinCodeBytes, joinCodeHash, shownJoinCode } from '../../src/domain/sync/codes.ts';
import type { RoleId } from '../../src/domain/ids.ts';
import { day, instant } from '../../src/domain/time.ts';
import { requireCoordinator, requireDevice, signedIn } from '../authorise.ts';
import type { InviteId, InviteRequest } from '../journal/journal.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { accessField, answers, nothing, personChoice, reply, segmentField, withBody, withToken } from '../wire.ts';

/** What an invite and a code for the radio both take. */
export const whoIsInvited = z.object({
  person: personChoice,
  access: accessField,
  roles: z.array(segmentField<RoleId>()).max(200),
  request: segmentField<string>()
    .nullish()
    .describe(
      'Names this request: made again it voids what it made before, and is for the same person if it names them by their id or present name',
    ),
  replaces: segmentField<InviteId>()
    .nullish()
    .describe(
      'An earlier invite, which lets nobody in any more; this one is for the same person if it names them by their id or present name, and with the rights that they have now',
    ),
});

const inviteBody = whoIsInvited.extend({ expiresInDays: z.int().min(1).max(365) });

/** What the replies of both say. */
export const invitedAs = z.object({
  id: z.string(),
  person: z.string(),
  access: accessField.describe('As the grant stands now'),
  roles: z.array(z.string()),
  expiresAt: z.string(),
});

const invited = invitedAs.extend({
  code: z.string(),
  url: z.string().describe('The code is in the fragment, which never reaches a server'),
});

const known = z.object({
  invites: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['link', 'radio']),
      person: z.string(),
      access: accessField.nullable(),
      roles: z.array(z.string()),
      state: z.enum(['open', 'used', 'expired', 'withdrawn', 'missed', 'void']),
      madeAt: z.string().nullable(),
      madeBy: z.string().nullable(),
      expiresAt: z.string(),
      usedAt: z.string().nullable(),
      usedBy: z.string().nullable(),
    }),
  ),
});

const inviteParams = z.object({ id: segmentField<InviteId>() });

/** `POST`, `GET` and `DELETE /api/invites`, for coordinators. A code is told once, when it is made, and kept only as its hash. */
export function inviteRoutes(app: FastifyInstance, context: ServerContext): void {
  const onRequest = [requireDevice(context), requireCoordinator(context)];
  const common = { tags: ['people'], security: [{ device: [] }] };

  const inviteSchema = {
    ...common,
    summary: 'Invite a person',
    body: inviteBody,
    response: answers({ 201: reply('Invited', invited) }, ...withBody, ...withToken, 'not-found'),
  };
  app.post('/api/invites', { schema: inviteSchema, onRequest }, async (request, to) => {
    const session = signedIn(request);
    const { expiresInDays, ...body } = request.body as z.output<typeof inviteBody>;
    const normal = joinCode(randomBytes(joinCodeBytes));
    const expiresAt = context.now() + expiresInDays * day;
    const invite: InviteRequest = {
      ...body,
      expiresAt,
      code: joinCodeHash(normal),
      by: session.person,
      device: session.device,
    };
    const done = await context.journal.invite(session.workspace, invite, context.now());
    if (!done.ok) return sendProblem(to, done.error);
    const code = shownJoinCode(normal);
    const url = `${context.publicUrl}/join#${code}`;
    return to.code(201).send({ code, url, ...done.value, expiresAt: instant(expiresAt) });
  });

  const listSchema = {
    ...common,
    summary: 'List the invites',
    response: answers({ 200: reply('The newest first, without their codes', known) }, ...withToken),
  };
  app.get('/api/invites', { schema: listSchema, onRequest }, async (request, to) =>
    to.send({ invites: await context.journal.invites(signedIn(request).workspace, context.now()) }),
  );

  const withdrawSchema = {
    ...common,
    summary: 'Withdraw an invite',
    params: inviteParams,
    response: answers({ 204: nothing('It lets nobody in') }, ...withToken, 'not-found', 'already-used', 'storage-full'),
  };
  app.delete('/api/invites/:id', { schema: withdrawSchema, onRequest }, async (request, to) => {
    const { id } = request.params as z.output<typeof inviteParams>;
    const { workspace, person: by } = signedIn(request);
    const done = await context.journal.withdraw(workspace, id, context.now());
    if (!done.ok) return sendProblem(to, done.error);
    request.log.info({ event: 'withdrawn', invite: id, person: done.value, by }, 'invite withdrawn');
    return to.code(204).send();
  });
}
