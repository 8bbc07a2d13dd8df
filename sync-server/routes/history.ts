import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireDevice, signedIn } from '../authorise.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, entries, reply, withToken } from '../wire.ts';
import { recordQuery } from './records.ts';

/** `GET /api/history?kind=&key=`: every accepted change of one record, oldest first. */
export function historyRoute(app: FastifyInstance, context: ServerContext): void {
  const schema = {
    summary: "Read one record's history",
    tags: ['sync'],
    security: [{ device: [] }],
    querystring: recordQuery,
    response: answers({ 200: reply('Oldest first', z.object({ entries })) }, ...withToken, 'not-found'),
  };
  app.get('/api/history', { schema, onRequest: requireDevice(context) }, async (request, to) => {
    const { kind, key } = request.query as z.output<typeof recordQuery>;
    const found = await context.journal.history(signedIn(request), kind, key);
    return found.ok ? to.send({ entries: found.value }) : sendProblem(to, found.error);
  });
}
