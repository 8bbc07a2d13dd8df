import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { minute, type Millis } from '../src/domain/time.ts';
import { sendProblem } from './problem.ts';
import { hasUnreadBody } from './request-body.ts';

export type Timeouts = {
  /** From the first byte of a request to the last of its headers. */
  readonly headers: Millis;
  /** From the first byte of a request to the last of its body. */
  readonly request: Millis;
  /** Between two requests of a connection: longer than a proxy keeps its side open, or it would send into a closing one. */
  readonly keepAlive: Millis;
  /** Without a byte in either direction. */
  readonly idle: Millis;
  /** How long what is still on its way is taken and thrown away after an early reply. */
  readonly linger: Millis;
};

export const usualTimeouts: Timeouts = {
  headers: minute / 4,
  request: minute,
  keepAlive: 2 * minute + minute / 12,
  idle: 2.5 * minute,
  linger: minute / 30,
};

/**
 * A reply given before the body was read closes the connection (protocol.md, Limits). It closes late: a socket closed with
 * unread bytes is reset, and a reset takes the reply with it, so the client would never learn why.
 */
export function closeAfterEarlyReplies(app: FastifyInstance, linger: Millis): void {
  app.addHook('onSend', async (request, reply) => {
    if (!hasUnreadBody(request)) return;
    reply.header('connection', 'close');
    const { socket } = request.raw;
    if (!(socket instanceof Socket)) return;
    // Node calls this once the reply is out, to close at once
    socket.destroySoon = () => {
      socket.end();
      request.raw.resume();
      setTimeout(() => socket.destroy(), linger).unref();
    };
  });
}

/** By itself Node answers an expectation that it does not know with a bare 417; here it is a request like any other. */
export function overlookExpectations(app: FastifyInstance): void {
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
}

/** RFC 9112, 3.2: HTTP/1.1 without `Host` is refused; Node's own refusal is a bare 400, so it is told to leave that to this one. */
export function requireHost(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }, reply) => {
    if (raw.httpVersion === '1.1' && raw.headers.host === undefined)
      return sendProblem(reply.header('connection', 'close'), 'invalid-request', { detail: 'There is no Host.' });
  });
}
