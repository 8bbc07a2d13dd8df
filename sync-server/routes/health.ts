import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { protocolVersion } from '../../src/domain/sync/protocol.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, reply } from '../wire.ts';

const protocolRange = { min: protocolVersion, max: protocolVersion };

const health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  protocol: z.object({ min: z.int(), max: z.int() }),
});

/** `GET /api/health`: 503 with the reason while nothing can be written. */
export function healthRoute(app: FastifyInstance, context: ServerContext): void {
  const schema = {
    summary: 'Whether the server can write',
    tags: ['server'],
    response: answers({ 200: reply('It can', health) }),
  };
  app.get('/api/health', { schema }, async (_request, to) => {
    const healthy = await context.journal.healthy();
    if (!healthy.ok) return sendProblem(to, 'unavailable', { detail: healthy.error });
    return to.send({ status: 'ok', version: context.version, protocol: protocolRange });
  });
}
