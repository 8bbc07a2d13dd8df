import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { limits } from '../../src/domain/sync/limits.ts';
import { requireDevice, signedIn } from '../authorise.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, entries, incidentIdField, reply, seqField, withToken } from '../wire.ts';

/** Numbers in a query are text. */
const count = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

const journalQuery = z.object({
  incident: incidentIdField.optional().describe('Without it, everything that this device may see'),
  after: count.default(0).describe('`seq` to go on from'),
  limit: count.pipe(z.number().min(1)).default(limits.pageRecords).describe('Over 500 counts as 500'),
});

/** `GET /api/journal?incident=&after=&limit=`: accepted changes in commit order, paged, for who may see them. */
export function journalRoute(app: FastifyInstance, context: ServerContext): void {
  const page = z.object({ entries, after: seqField, more: z.boolean() });
  const schema = {
    summary: 'Read the journal',
    tags: ['sync'],
    security: [{ device: [] }],
    querystring: journalQuery,
    response: answers({ 200: reply('A page, oldest first', page) }, ...withToken),
  };
  app.get('/api/journal', { schema, onRequest: requireDevice(context) }, async (request, to) => {
    const { incident, after, limit } = request.query as z.output<typeof journalQuery>;
    const most = Math.min(limit, limits.pageRecords);
    return to.send(await context.journal.entries(signedIn(request), incident ?? null, after, most));
  });
}
