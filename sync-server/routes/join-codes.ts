import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { joinCodeBytes, radioCode, shownJoinCode } from '../../src/domain/sync/codes.ts';
import { instant } from '../../src/domain/time.ts';
import { radioCodeLifetime } from '../attempt-limits.ts';
import { requireCoordinator, requireDevice, signedIn } from '../authorise.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { slowCodeHash } from '../slow-codes.ts';
import { answers, reply, withBody, withToken } from '../wire.ts';
import { invitedAs, whoIsInvited } from './invites.ts';

const invited = invitedAs.extend({
  code: z.string().describe('Twelve characters: four to find it, eight to prove it'),
});

/** `POST /api/join-codes`: a code to be said over a radio. Ten minutes, one device, five tries. */
export function joinCodeRoute(app: FastifyInstance, context: ServerContext): void {
  const schema = {
    summary: 'Make a code for the radio',
    tags: ['people'],
    security: [{ device: [] }],
    body: whoIsInvited,
    response: answers({ 201: reply('Made', invited) }, ...withBody, ...withToken, 'not-found'),
  };
  const onRequest = [requireDevice(context), requireCoordinator(context)];
  app.post('/api/join-codes', { schema, onRequest }, async (request, to) => {
    const { workspace, person: by, device } = signedIn(request);
    const body = request.body as z.output<typeof whoIsInvited>;
    const { normal, find } = await untriedCode(context);
    const expiresAt = context.now() + radioCodeLifetime;
    const code = await slowCodeHash(normal);
    const asked = { ...body, expiresAt, code, find, by, device };
    const done = await context.journal.invite(workspace, asked, context.now());
    if (!done.ok) return sendProblem(to, done.error);
    return to.code(201).send({ code: shownJoinCode(normal), ...done.value, expiresAt: instant(expiresAt) });
  });
}

/** Its four characters to find must not be those that somebody used up the tries of a moment ago. */
async function untriedCode(context: ServerContext): Promise<ReturnType<typeof radioCode>> {
  for (;;) {
    const code = radioCode(randomBytes(joinCodeBytes));
    if (await context.failedCodes.isUntried(code.find, context.now())) return code;
  }
}
