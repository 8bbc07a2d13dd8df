import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireCoordinator, requireDevice, signedIn } from '../authorise.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, nothing, personField, withToken } from '../wire.ts';

const personParams = z.object({ person: personField });

/** `DELETE /api/people/:person`: erases a person's values and salts; the hash chain stays valid. */
export function personRoute(app: FastifyInstance, context: ServerContext): void {
  const schema = {
    summary: 'Erase a person',
    tags: ['people'],
    security: [{ device: [] }],
    params: personParams,
    response: answers({ 204: nothing('Erased') }, ...withToken, 'not-found', 'storage-full'),
  };
  const onRequest = [requireDevice(context), requireCoordinator(context)];
  app.delete('/api/people/:person', { schema, onRequest }, async (request, to) => {
    const { workspace, person: by } = signedIn(request);
    const { person } = request.params as z.output<typeof personParams>;
    const done = await context.journal.erasePerson(workspace, person, by, context.now());
    if (!done.ok) return sendProblem(to, done.error);
    request.log.info({ event: 'erased', by }, 'person erased');
    return to.code(204).send();
  });
}
