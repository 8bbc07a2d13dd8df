import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { protocolVersion } from '../../src/domain/sync/protocol.ts';
import type { Millis } from '../../src/domain/time.ts';
import type { Journal } from '../journal/journal.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, reply } from '../wire.ts';

const protocolRange = { min: protocolVersion, max: protocolVersion };

const health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  protocol: z.object({ min: z.int(), max: z.int() }),
});

/** Anybody may ask, and asking writes: it is done once a second at most. */
const askedEvery: Millis = 1000;

/** `GET /api/health`: 503 with the reason while nothing can be written. */
export function healthRoute(app: FastifyInstance, context: ServerContext): void {
  let asked: { readonly at: Millis; readonly health: ReturnType<Journal['healthy']> } | null = null;
  const healthNow = () => {
    const now = context.now();
    if (asked === null || Math.abs(now - asked.at) >= askedEvery)
      asked = { at: now, health: context.journal.healthy() };
    return asked.health;
  };
  const schema = {
    summary: 'Whether the server can write',
    tags: ['server'],
    response: answers({ 200: reply('It can', health) }),
  };
  app.get('/api/health', { schema }, async (_request, to) => {
    const healthy = await healthNow();
    if (!healthy.ok) return sendProblem(to, 'unavailable', { detail: healthy.error });
    return to.send({ status: 'ok', version: context.version, protocol: protocolRange });
  });
}
