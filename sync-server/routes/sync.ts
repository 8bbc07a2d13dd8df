import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { limits } from '../../src/domain/sync/limits.ts';
import { protocolVersion, syncReply, type SyncReply, type SyncRequest } from '../../src/domain/sync/protocol.ts';
import { requireDevice, signedIn } from '../authorise.ts';
import { readRelayed } from '../device-signature.ts';
import { replyText } from '../journal/reply-text.ts';
import { sendProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, reply, syncBody, withBody, withToken } from '../wire.ts';

/** `POST /api/sync`: pushes a device's changes and pulls what it may see (protocol.md). */
export function syncRoute(app: FastifyInstance, context: ServerContext): void {
  const schema = {
    summary: 'Push changes, pull records',
    tags: ['sync'],
    security: [{ device: [] }],
    body: syncBody,
    response: answers(
      { 200: reply('Verdicts in the order sent, then a page of records', syncReply) },
      ...withBody,
      ...withToken,
      'unsupported-protocol',
      'history-changed',
      'too-many-requests',
    ),
  };
  const known = requireDevice(context, 'may-pass');
  const options = {
    schema,
    onRequest: [known, limitCalls(context)],
    preValidation: refuseOtherProtocols,
    // once more: a body may take a minute to arrive, and the device be reported lost meanwhile
    preHandler: known,
    bodyLimit: limits.bodyBytes,
  };
  app.post('/api/sync', options, async (request, to) => {
    const session = signedIn(request);
    const body = request.body as z.output<typeof syncBody>;
    const relayed = body.relayed ?? [];
    if (countChanges(body.changes, relayed) > limits.changesPerPush) {
      return sendProblem(to, 'too-large', {
        detail: `A push may have ${String(limits.changesPerPush)} changes at most.`,
      });
    }
    const isPull = body.changes.length === 0 && relayed.length === 0;
    const wait = isPull ? 0 : context.deviceLimits.push(session.device, request.arrived);
    if (wait > 0) return sendProblem(to, 'too-many-requests', { retryAfter: wait });
    const done = await context.journal.sync(session, asRequest(body), request.arrived, relayed.map(readRelayed));
    if (!done.ok) {
      const { epoch, head } = done.error;
      return sendProblem(to, 'history-changed', { extra: { epoch, head } });
    }
    const text = replyText(session.leaver ? pushOnly(done.value, body) : done.value);
    // however slowly it is read
    request.turn?.end();
    return to.type('application/json; charset=utf-8').send(text);
  });
}

/** Before anything of the body is read: what a device asks too often is refused, what it asks at the same time waits. */
function limitCalls({ deviceLimits, callsUnderWay, turns, now }: ServerContext) {
  return async (request: FastifyRequest, to: FastifyReply): Promise<FastifyReply | void> => {
    request.turn = turns.of(to.raw);
    const { device } = signedIn(request);
    const wait = deviceLimits.call(device, request.arrived);
    if (wait > 0) return sendProblem(to, 'too-many-requests', { retryAfter: wait });
    await callsUnderWay.turn(device, to.raw);
    // only now: those before it may have used up what this one would take
    const waitForBody = deviceLimits.waitForBody(device, now());
    if (waitForBody > 0) return sendProblem(to, 'too-many-requests', { retryAfter: waitForBody });
  };
}

/** Before the schema is applied, which describes this version only. */
async function refuseOtherProtocols(request: FastifyRequest, to: FastifyReply): Promise<FastifyReply | void> {
  if (typeof request.body !== 'object' || request.body === null) return;
  const { protocol } = request.body as { readonly protocol?: unknown };
  if (typeof protocol === 'number' && protocol !== protocolVersion) {
    return sendProblem(to, 'unsupported-protocol', {
      detail: `This server speaks version ${String(protocolVersion)}.`,
    });
  }
}

/** A bundle counts as one change at least: its signature is to be verified too. */
function countChanges(own: readonly unknown[], relayed: readonly { readonly changes: readonly unknown[] }[]): number {
  return relayed.reduce((sum, { changes }) => sum + Math.max(1, changes.length), own.length);
}

/** The changes stay unread here: the journal gives each its own verdict. */
function asRequest(body: z.output<typeof syncBody>): SyncRequest {
  const limit = Math.min(body.limit, limits.pageRecords);
  return { ...body, limit, last: body.last ?? false } as unknown as SyncRequest;
}

/** What a leaver gets: its verdicts and, with the last of them, the order to wipe. */
function pushOnly(done: SyncReply, { cursor, last }: z.output<typeof syncBody>): SyncReply {
  return { ...done, reset: false, records: [], cursor, more: false, ...(last === true ? { wipe: true } : {}) };
}
