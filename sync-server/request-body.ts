import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestFault } from './problem.ts';
import type { ServerContext } from './server-context.ts';
import type { Turn } from './turns.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Once the whole body was taken off the wire, so that the connection can carry another request: how long it was, inflated. */
    bodyBytes: number | null;
    /** Of a call that waits for others before its body becomes objects. */
    turn: Turn | null;
  }
}

/**
 * Beyond this a compressed body may be at most `mostRatio` times as long as it came: 500 ticks in one push are 20 times,
 * 500 times the same two kilobytes of words 140 times.
 */
const freeOfRatio = 1024 * 1024;
const mostRatio = 200;

/**
 * Reads JSON bodies, plain, gzip or br. At most the route's `bodyLimit` is ever inflated: a compressed bomb is cut off in the
 * middle of its stream, never held whole (reliability.md, Who must not get in, 13). `__proto__` in a body becomes an ordinary
 * property here; change.ts refuses it change by change, so that one bad change doesn't hold up the others.
 */
export function readJsonBodies(app: FastifyInstance, { deviceLimits, now }: ServerContext): void {
  app.decorateRequest('bodyBytes', null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', async (request: FastifyRequest, payload: Readable) => {
    const bytes = await collect(request, payload);
    request.bodyBytes = bytes.length;
    // before it is parsed, which takes as long for a text that breaks off at its end
    if (request.signedIn !== null) deviceLimits.body(request.signedIn.device, now(), bytes.length);
    if ((await request.turn?.begin()) === false) throw brokenOff();
    return bytes.length === 0 ? undefined : parse(bytes);
  });
}

/** True while a reply would leave request bytes on the wire that nobody reads. */
export function hasUnreadBody(request: FastifyRequest): boolean {
  const length = request.headers['content-length'];
  const carriesBody = request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
  return carriesBody && request.bodyBytes === null;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new RequestFault('malformed-body', 'The body must be one JSON text in UTF-8.');
  }
}

async function collect(request: FastifyRequest, payload: Readable): Promise<Buffer> {
  const most = request.routeOptions.bodyLimit;
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const inflater = inflaterFor(request.headers['content-encoding']);
  return await new Promise<Buffer>((resolve, reject) => {
    const source = inflater ?? payload;
    const parts: Buffer[] = [];
    let inflated = 0;
    let received = 0;
    const stop = (fault: RequestFault) => {
      payload.off('data', onReceived);
      source.off('data', onInflated);
      if (inflater !== null) payload.unpipe(inflater);
      payload.pause();
      inflater?.destroy();
      reject(fault);
    };
    const onReceived = (chunk: Buffer) => {
      received += chunk.length;
      if (received > most) stop(tooLarge(most));
    };
    const onInflated = (chunk: Buffer) => {
      inflated += chunk.length;
      if (inflated > most) stop(tooLarge(most));
      else if (inflated > freeOfRatio && inflater !== null && inflated > mostRatio * received) stop(tooDense());
      else parts.push(chunk);
    };
    source.on('data', onInflated);
    source.once('end', () => resolve(Buffer.concat(parts)));
    payload.once('error', () => stop(brokenOff()));
    payload.once('close', () => {
      // with an inflater, a complete body closes before all of it was inflated
      if (!payload.readableEnded) stop(brokenOff());
    });
    if (inflater === null) return;
    payload.on('data', onReceived);
    inflater.once('error', () => stop(new RequestFault('malformed-body', 'The compressed body is damaged.')));
    payload.pipe(inflater);
  });
}

function inflaterFor(encoding: string | undefined): Transform | null {
  const chunkSize = 64 * 1024;
  switch (encoding?.trim().toLowerCase() ?? 'identity') {
    case 'identity':
      return null;
    case 'gzip':
      return createGunzip({ chunkSize });
    case 'br':
      return createBrotliDecompress({ chunkSize });
    default:
      throw new RequestFault('unsupported-media-type', 'Bodies may be plain, gzip or br.');
  }
}

function tooLarge(most: number): RequestFault {
  return new RequestFault('too-large', `This body may have ${String(most)} bytes at most, counted once inflated.`);
}

function tooDense(): RequestFault {
  return new RequestFault('too-large', `A compressed body may become ${String(mostRatio)} times as long at most.`);
}

function brokenOff(): RequestFault {
  return new RequestFault('malformed-body', 'The body ended before it was complete.');
}
