import * as z from 'zod/mini';
import type { Clock } from '../domain/ports/sync-store.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { limits } from '../domain/sync/limits.ts';
import type { Millis } from '../domain/time.ts';
import { withDeadline } from './abort.ts';
import { retryAfter, serverDate } from './retry-after.ts';
import type { Timer } from './timer.ts';

/** Why a call brought nothing. Only an answer that our own schema accepts proves a connection. */
export type CallFault =
  /** No network, no server, a reply cut short, or the attempt's time was up. */
  | { readonly tag: 'no-answer'; readonly timedOut: boolean }
  /** Something answered that is not a Holdfast server: a captive portal, a redirect, a proxy. */
  | { readonly tag: 'not-a-server'; readonly status: number; readonly retryAfter: Millis | null }
  /** The server said no (RFC 9457). */
  | {
      readonly tag: 'problem';
      readonly status: number;
      readonly code: string;
      readonly detail: string;
      readonly retryAfter: Millis | null;
      /** The whole problem, for codes that carry more than words. */
      readonly body: unknown;
    };

export type Call<T> = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query, `/api/…`. */
  readonly path: string;
  readonly token?: string;
  /** Made at the last moment, so that `clientNow` is read anew for each attempt. */
  readonly body?: () => unknown;
  /** What a good reply looks like; `z.undefined()` for 204. */
  readonly reply: z.ZodMiniType<T>;
  readonly signal: AbortSignal;
};

export type Answer<T> = {
  readonly value: T;
  /** By this device's wall clock: when the request was made up, and when the head of the reply arrived. */
  readonly sentAt: Millis;
  readonly arrivedAt: Millis;
  /** The server's clock from the `Date` header, to the second. */
  readonly serverDate: Millis | null;
};

/** One attempt at one call, of at most 60 s (protocol.md, Order). Never throws for what a network or a server does. */
export interface Transport {
  call<T>(call: Call<T>): Promise<Result<Answer<T>, CallFault>>;
}

/** Called bare, the browser's fetch refuses any other `this`. */
export const ownFetch: typeof fetch = (input, init) => fetch(input, init);

export type TransportParts = {
  readonly fetch: typeof fetch;
  readonly origin: string;
  readonly clock: Clock;
  readonly timer: Timer;
};

export function createTransport(parts: TransportParts): Transport {
  return {
    async call(call) {
      let timedOut = false;
      try {
        return await withDeadline(limits.attemptMs, call.signal, parts.timer, (signal) => {
          signal.addEventListener('abort', () => (timedOut = !call.signal.aborted));
          return attempt(parts, call, signal);
        });
      } catch {
        // fetch and body readers reject for every kind of broken network, and on abort
        return err({ tag: 'no-answer', timedOut });
      }
    },
  };
}

const problem = z.looseObject({
  code: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  title: z.optional(z.string()),
});

async function attempt<T>(
  parts: TransportParts,
  call: Call<T>,
  signal: AbortSignal,
): Promise<Result<Answer<T>, CallFault>> {
  const sentAt = parts.clock.now();
  const packed = call.body === undefined ? null : await pack(JSON.stringify(call.body()));
  const response = await parts.fetch(parts.origin + call.path, {
    method: call.method,
    headers: {
      accept: 'application/json, application/problem+json',
      ...packed?.headers,
      ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
    },
    ...(packed === null ? {} : { body: packed.bytes }),
    redirect: 'manual',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal,
  });
  const arrivedAt = parts.clock.now();
  if (!response.ok) return err(await readFault(response, arrivedAt));
  const raw = response.status === 204 ? undefined : await readJson(response, 'application/json');
  const read = call.reply.safeParse(raw);
  if (!read.success) return err({ tag: 'not-a-server', status: response.status, retryAfter: null });
  return ok({ value: read.data, sentAt, arrivedAt, serverDate: serverDate(response.headers) });
}

async function readFault(response: Response, now: Millis): Promise<CallFault> {
  const wait = retryAfter(response.headers, now);
  const read = problem.safeParse(await readJson(response, 'application/problem+json'));
  if (!read.success) return { tag: 'not-a-server', status: response.status, retryAfter: wait };
  const { code, detail, title } = read.data;
  return {
    tag: 'problem',
    status: response.status,
    code,
    detail: detail ?? title ?? '',
    retryAfter: wait,
    body: read.data,
  };
}

/** The body as JSON; null where it is of another type or isn't JSON. */
async function readJson(response: Response, type: string): Promise<unknown> {
  const said = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (said !== type) {
    await response.body?.cancel();
    return null;
  }
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Below this, gzip saves no packet. */
const worthPacking = 2 * 1024;

type Packed = { readonly bytes: Uint8Array<ArrayBuffer>; readonly headers: Readonly<Record<string, string>> };

async function pack(json: string): Promise<Packed> {
  const bytes = new TextEncoder().encode(json);
  const headers = { 'content-type': 'application/json' };
  if (bytes.length <= worthPacking || typeof CompressionStream === 'undefined') return { bytes, headers };
  const packed = new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip')));
  return { bytes: new Uint8Array(await packed.arrayBuffer()), headers: { ...headers, 'content-encoding': 'gzip' } };
}
