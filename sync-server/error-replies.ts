import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemBody, problemMediaType, problems, RequestFault, sendProblem, type ProblemCode } from './problem.ts';

/** Errors of Fastify and its plugins that have a problem of their own. */
const byStatus: ReadonlyMap<number, ProblemCode> = new Map([
  // a folder of the app
  [403, 'not-found'],
  [404, 'not-found'],
  [408, 'too-slow'],
  [413, 'too-large'],
  [415, 'unsupported-media-type'],
]);

/**
 * Makes a problem of whatever went wrong. What we did not foresee is logged with its stack and answered `internal`: the
 * caller learns nothing of the inside, and the server stays up.
 */
export function replyToErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
    replyTo(error, request, reply),
  );
}

export function replyTo(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof RequestFault) return sendProblem(reply, error.problem, { detail: error.message });
  if (error.validation !== undefined) {
    const errors = error.validation.map(({ instancePath, message }) => ({
      path: instancePath,
      message: message ?? 'is not as described',
    }));
    return sendProblem(reply, 'invalid-request', { extra: { errors } });
  }
  if (error.code === 'SQLITE_FULL' || error.code === 'DATABASE_FULL') {
    request.log.error({ err: error }, 'no room left');
    return sendProblem(reply, 'storage-full', { retryAfter: 60 });
  }
  if (isDatabaseTrouble(error)) {
    request.log.error({ err: error }, 'the database cannot be used');
    return sendProblem(reply, 'unavailable');
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return sendProblem(reply, byStatus.get(status) ?? 'invalid-request');
  request.log.error({ err: error }, 'unforeseen error');
  return sendProblem(reply, 'internal');
}

/** Replies to what is not even HTTP, or arrives too slowly, before any route is known. */
export function replyToBrokenRequests(
  headers: Readonly<Record<string, string>>,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const code = brokenRequest(error.code);
    const body = JSON.stringify(problemBody(code));
    const { status } = problems[code];
    const lines = Object.entries({
      ...headers,
      'content-type': problemMediaType,
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const destroy = () => socket.destroy();
    socket.end(`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`, destroy);
    // a client that does not take its reply is not waited for
    setTimeout(destroy, 1000).unref();
  };
}

function brokenRequest(code: string | undefined): ProblemCode {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow';
  return code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'invalid-request';
}

/** Locked, unreadable, read-only, away: it may pass by itself, and nothing was written. */
function isDatabaseTrouble(error: FastifyError): boolean {
  return /^(SQLITE_(BUSY|LOCKED|IOERR|READONLY|CANTOPEN|PROTOCOL)|DATABASE_AWAY)/.test(error.code ?? '');
}
