import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { syncedRecord } from '../../src/domain/sync/protocol.ts';
import { requireDevice, signedIn } from '../authorise.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, reply, withToken } from '../wire.ts';

export const recordQuery = z.object({ kind: z.string().min(1).max(64), key: z.string().min(1).max(260) });

/** `GET /api/records?kind=&key=`: one record, for who may see it. */
export function recordRoute(app: FastifyInstance, context: ServerContext): void {
  const schema = {
    summary: 'Read one record',
    tags: ['sync'],
    security: [{ device: [] }],
    querystring: recordQuery,
    response: answers({ 200: reply('The winner', syncedRecord) }, ...withToken, 'not-found'),
  };
  app.get('/api/records', { schema, onRequest: requireDevice(context) }, async (request, to) => {
    const { kind, key } = request.query as z.output<typeof recordQuery>;
    const found = await context.journal.record(signedIn(request), kind, key);
    return found.ok ? to.send(found.value) : sendProblem(to, found.error);
  });
}
