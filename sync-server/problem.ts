import type { FastifyReply } from 'fastify';
import type { Problem } from '../src/domain/sync/protocol.ts';

/*
 * Every error reply is RFC 9457 `application/problem+json` with a stable `code` (protocol.md, The other endpoints). Apps decide
 * by `code` and `status`; `title` and `detail` are for people and may change.
 */

export const problems = {
  'invalid-request': { status: 400, title: 'The request is not as the protocol describes it' },
  'malformed-body': { status: 400, title: 'The body is not readable JSON' },
  'unsupported-protocol': { status: 400, title: 'This server does not speak that version of the protocol' },
  'token-required': { status: 401, title: 'Sign in first' },
  'token-refused': { status: 401, title: 'The session has ended: sign in again' },
  'challenge-refused': { status: 401, title: 'The challenge is used up or too old: ask for a new one' },
  'unknown-device': { status: 401, title: 'This device is not enrolled here' },
  'code-refused': { status: 401, title: 'This code cannot be used' },
  revoked: { status: 401, title: 'This device was reported lost' },
  'approval-needed': {
    status: 403,
    title: 'Not heard for over 400 days: a coordinator has to approve this device again',
  },
  forbidden: { status: 403, title: 'Not allowed' },
  'wrong-origin': { status: 403, title: 'The app was opened under another address' },
  'not-found': { status: 404, title: 'Nothing is here' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'too-slow': { status: 408, title: 'The request took too long to arrive' },
  'already-used': { status: 409, title: 'The code was used already' },
  'history-changed': { status: 409, title: 'The server has another past' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'Send JSON, plain or compressed with gzip or br' },
  'too-many-requests': { status: 429, title: 'Too many attempts' },
  'headers-too-large': { status: 431, title: 'The request headers are too large' },
  internal: { status: 500, title: 'The server made a mistake' },
  unavailable: { status: 503, title: 'The server cannot answer now' },
  'storage-full': { status: 507, title: 'The server has no room left' },
} as const;

export type ProblemCode = keyof typeof problems;

export type ProblemMore = {
  readonly detail?: string;
  /** Seconds, for 429, 503 and 507. */
  readonly retryAfter?: number;
  /** Members beside the RFC's own, such as `wipe` or `epoch` and `head`. */
  readonly extra?: Readonly<Record<string, unknown>>;
};

export const problemMediaType = 'application/problem+json; charset=utf-8';
/** Seconds, where nothing better is known. */
const usualWait = 5;

export function problemBody(code: ProblemCode, more: ProblemMore = {}): Problem & Readonly<Record<string, unknown>> {
  const { status, title } = problems[code];
  const detail = more.detail === undefined ? {} : { detail: more.detail };
  return { type: `urn:holdfast:problem:${code}`, title, status, ...detail, code, ...more.extra };
}

/** Ends a request with this problem; in a hook, return its result so that the route is not entered. */
export function sendProblem(reply: FastifyReply, code: ProblemCode, more: ProblemMore = {}): FastifyReply {
  const { status } = problems[code];
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (waits(status)) reply.header('retry-after', String(more.retryAfter ?? usualWait));
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(problemMediaType)
    .serializer(JSON.stringify)
    .send(problemBody(code, more));
}

/** A refusal where Fastify takes nothing but a throw: while the body is read. */
export class RequestFault extends Error {
  readonly problem: ProblemCode;

  constructor(problem: ProblemCode, detail: string) {
    super(detail);
    this.problem = problem;
  }
}

function waits(status: number): boolean {
  return status === 429 || status === 503 || status === 507;
}
