import type { FastifyInstance } from 'fastify';
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

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
