import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { joinCode, joinCodeBytes, joinCodeHash, shownJoinCode } from '../../src/domain/sync/codes.ts';
import type { RoleId } from '../../src/domain/ids.ts';
import { day } from '../../src/domain/time.ts';
import { requireCoordinator, requireDevice, signedIn } from '../authorise.ts';
import type { InviteRequest } from '../journal/journal.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { accessField, answers, personChoice, reply, segmentField, withBody, withToken } from '../wire.ts';

const inviteBody = z.object({
  person: personChoice,
  access: accessField,
  roles: z.array(segmentField<RoleId>()).max(200),
  expiresInDays: z.int().min(1).max(365),
});

const invited = z.object({
  code: z.string(),
  url: z.string().describe('The code is in the fragment, which never reaches a server'),
  person: z.string(),
});

/** `POST /api/invites`: a coordinator asks somebody in. The code is told here once and kept only as its hash. */
export function inviteRoute(app: FastifyInstance, context: ServerContext): void {
  const schema = {
    summary: 'Invite a person',
    tags: ['people'],
    security: [{ device: [] }],
    body: inviteBody,
    response: answers({ 201: reply('Invited', invited) }, ...withBody, ...withToken, 'not-found'),
  };
  const onRequest = [requireDevice(context), requireCoordinator(context)];
  app.post('/api/invites', { schema, onRequest }, async (request, to) => {
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
    return to.code(201).send({ code, url: `${context.publicUrl}/join#${code}`, person: done.value.person });
  });
}
