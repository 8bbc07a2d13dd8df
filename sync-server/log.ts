import type { FastifyInstance } from 'fastify';
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import type { Journal } from './journal/journal.ts';

/**
 * Structured logs: one JSON object a line. No header, body, query or address is ever logged, and of an address only the route's
 * pattern: whatever somebody typed behind a slash by mistake stays out (reliability.md, Who must not get in, 1 and 27).
 */
export function createLog(level: string, to: DestinationStream): Logger {
  const serializers = { req: () => undefined, res: () => undefined, err: stdSerializers.err };
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers }, to);
}

/** One line for each request once it is answered. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, signedIn } = request;
    request.log.info(
      {
        method,
        route: request.is404 ? null : (routeOptions.url ?? null),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        device: signedIn?.device,
        workspace: signedIn?.workspace,
      },
      'request',
    );
  });
}

/** More than an honest phone ever leaves; a request can't fill the log. */
const mostGapsTold = 20;

/** One line for each push that skipped some of its device's counters: changes were made there that never came (protocol.md, Clones). */
export function logGaps(app: FastifyInstance, journal: Journal): void {
  const stop = journal.onGap((workspace, gaps) => {
    const missing = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
    app.log.warn(
      { event: 'changes missing', workspace, missing, gaps: gaps.slice(0, mostGapsTold) },
      'a device skipped changes',
    );
  });
  app.addHook('onClose', (_app, done) => {
    stop();
    done();
  });
}
