import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireDevice, signedIn } from '../authorise.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, reply, withToken } from '../wire.ts';

const eventStream = z
  .string()
  .describe('`event: head`, `data: {"epoch","head"}`, at once and after each commit; a comment every 25 s');

/** `GET /api/live`: nudges a device to pull; never carries data. Ends with its token and at revocation. */
export function liveRoute(app: FastifyInstance, context: ServerContext): void {
  const schema = {
    summary: 'Hear of commits',
    tags: ['sync'],
    security: [{ device: [] }],
    response: answers({ 200: reply('An event stream', eventStream, 'text/event-stream') }, ...withToken),
  };
  app.get('/api/live', { schema, exposeHeadRoute: false, onRequest: requireDevice(context) }, async (request, to) => {
    const session = signedIn(request);
    let stop = () => {};
    const stillAllowed = async () => (await context.journal.device(session.device))?.revoked === null;
    const stream = context.liveStreams.open(session.device, session.expiresAt - context.now(), stillAllowed, () =>
      stop(),
    );
    stop = context.journal.onCommit(session, stream.nudge);
    // read after listening began: a commit in between is then told twice instead of never
    const { epoch, head } = await context.journal.head(session.workspace);
    stream.nudge(epoch, head);
    return to.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no').send(stream.body);
  });
}
