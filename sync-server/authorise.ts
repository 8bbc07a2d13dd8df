import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Millis } from '../src/domain/time.ts';
import type { HeldToken } from './session-tokens.ts';
import type { ServerContext } from './server-context.ts';
import { sendProblem } from './problem.ts';

export type SignedIn = HeldToken & {
  /** Reported as leaving: may push what it still holds, nothing else. */
  readonly leaver: boolean;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** The server's clock when the request's head arrived (protocol.md, Order). */
    arrived: Millis;
    signedIn: SignedIn | null;
  }
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | void>;

/**
 * Lets only enrolled devices pass: a hook for `onRequest`, so that nothing of a stranger's body is read. Revocation is looked up
 * each time, so it holds from the next request on, whichever node took it. `leavers` says whether a device that is
 * leaving may pass.
 */
export function requireDevice(context: ServerContext, leavers: 'may-pass' | 'may-not' = 'may-not'): Hook {
  return async (request, reply) => {
    const token = bearer(request);
    if (token === null) return sendProblem(reply, 'token-required');
    const held = await context.tokens.find(token, context.now());
    if (held === null) return refuse(request, reply, 'token-refused');
    const device = await context.journal.device(held.device);
    if (device === null) return refuse(request, reply, 'unknown-device');
    if (device.revoked?.mode === 'lost') return refuse(request, reply, 'revoked');
    const leaver = device.revoked !== null;
    if (leaver && leavers === 'may-not')
      return sendProblem(reply, 'forbidden', { detail: 'This device is leaving: it can only send what it holds.' });
    request.signedIn = { ...held, leaver };
  };
}

/** After `requireDevice`: lets only coordinators pass, by their grant as it stands now. */
export function requireCoordinator(context: ServerContext): Hook {
  return async (request, reply) => {
    const rights = await context.journal.rights(signedIn(request));
    if (rights?.access !== 'coordinator')
      return sendProblem(reply, 'forbidden', { detail: 'Only coordinators can do this.' });
  };
}

/** Who sent this request; only behind `requireDevice`. */
export function signedIn(request: FastifyRequest): SignedIn {
  if (request.signedIn === null)
    throw new Error(`${request.routeOptions.url ?? 'a route'} asks who is signed in without requiring it`);
  return request.signedIn;
}

/** The token of the `Authorization` header; never taken from a URL or a cookie. */
export function bearer(request: FastifyRequest): string | null {
  return /^Bearer +([A-Za-z0-9_-]{1,256})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  code: 'token-refused' | 'unknown-device' | 'revoked',
): FastifyReply {
  request.log.warn({ event: 'sign-in refused', reason: code }, 'sign-in refused');
  return sendProblem(reply, code, code === 'revoked' ? { extra: { wipe: true } } : {});
}
