import { gunzipSync } from 'node:zlib';
import type { DeviceId } from '../../../src/domain/ids.ts';
import type { SyncRequest } from '../../../src/domain/sync/protocol.ts';
import { instant } from '../../../src/domain/time.ts';
import { ModelServer } from '../../storage/support/model-server.ts';
import { addressOf } from './address-of.ts';
import { enrolled } from '../../storage/support/phone-parts.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Sent = {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly token: string | null;
};

/** What a network does to a request: loses it before or after the server acted, or answers in its place. */
export type Mischief = (sent: Sent) => Trick | Promise<Trick>;
type Trick = 'lose-request' | 'lose-reply' | Response | null;

export const passAll: Mischief = () => null;

/** The wire of protocol.md around a model server, with a network that a test can break. */
export class ModelNetwork {
  readonly server = new ModelServer();
  readonly requests: Sent[] = [];
  mischief: Mischief = passAll;
  /** Tokens that still count. */
  readonly tokens = new Map<string, DeviceId>();
  readonly revoked = new Set<DeviceId>();
  readonly known = new Set<DeviceId>();
  readonly codes = new Map<string, { readonly person: string; device: DeviceId | null }>();
  tokenLifetime = 30 * 60_000;
  #live = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #issued = 0;
  readonly #time: VirtualTime;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get liveStreams(): number {
    return this.#live.size;
  }

  pushes(): readonly SyncRequest[] {
    return this.requests.filter(({ path }) => path === '/api/sync').map(({ body }) => body as SyncRequest);
  }

  fetch: typeof fetch = (input, init) => this.#time.during(this.#answer(addressOf(input), init ?? {}));

  /** Tells every open stream of the journal's head, as a commit does. */
  announce(): void {
    for (const stream of this.#live) stream.enqueue(this.#headEvent());
  }

  endStreams(): void {
    for (const stream of this.#live) stream.close();
    this.#live.clear();
  }

  async #answer(url: string, init: RequestInit): Promise<Response> {
    init.signal?.throwIfAborted();
    const { pathname } = new URL(url);
    const headers = new Headers(init.headers);
    const token = headers.get('authorization')?.replace('Bearer ', '') ?? null;
    const sent: Sent = { method: init.method ?? 'GET', path: pathname, body: readBody(init.body, headers), token };
    this.requests.push(sent);
    const mischief = await this.mischief(sent);
    if (mischief === 'lose-request') throw new TypeError('network is gone');
    if (mischief instanceof Response) return mischief;
    const response = this.#serve(sent, init.signal ?? null);
    if (mischief === 'lose-reply') throw new TypeError('the reply was lost');
    return response;
  }

  #serve(sent: Sent, signal: AbortSignal | null): Response {
    switch (sent.path) {
      case '/api/session/challenge':
        return json({ nonce: `nonce-${String((this.#issued += 1))}`, expiresAt: this.#at(120_000) });
      case '/api/session':
        return this.#session((sent.body as { readonly device: DeviceId }).device);
      case '/api/enrol':
        return this.#enrol(sent.body as EnrolBody);
      case '/api/live':
        return this.#refusal(sent.token) ?? this.#stream(signal);
      case '/api/sync':
        return this.#refusal(sent.token) ?? this.#sync(sent.body as SyncRequest);
      default:
        return problem(404, 'not-found');
    }
  }

  #session(device: DeviceId): Response {
    if (!this.known.has(device)) return problem(401, 'unknown-device');
    if (this.revoked.has(device)) return problem(401, 'revoked', { wipe: true });
    const token = `token-${String((this.#issued += 1))}`;
    this.tokens.set(token, device);
    return json({ token, expiresAt: this.#at(this.tokenLifetime) });
  }

  #enrol({ code, publicKey, previous }: EnrolBody): Response {
    const device = deviceOfKey.get(publicKey.x);
    if (device === undefined) return problem(400, 'invalid-request');
    const clone = previous === undefined ? null : (this.tokens.get(code) ?? null);
    const invite = this.codes.get(code);
    if (clone === null && (invite === undefined || (invite.device !== null && invite.device !== device)))
      return problem(401, 'code-refused');
    if (invite !== undefined) invite.device = device;
    const person = clone === null ? (invite?.person ?? '') : (this.server.people.get(clone) ?? '');
    this.known.add(device);
    this.server.people.set(device, person as never);
    return json(enrolled(device, person), 201);
  }

  #refusal(token: string | null): Response | null {
    const device = token === null ? undefined : this.tokens.get(token);
    if (device === undefined) return problem(401, 'token-refused');
    if (this.revoked.has(device)) return problem(401, 'revoked', { wipe: true });
    return this.known.has(device) ? null : problem(401, 'unknown-device');
  }

  #sync(body: SyncRequest): Response {
    const reply = this.server.handle({ body, remaining: 0 });
    if ('code' in reply) return problem(409, 'history-changed', { epoch: reply.epoch, head: reply.head });
    this.announce();
    return json({ ...reply, serverNow: this.#at(0) });
  }

  #stream(signal: AbortSignal | null): Response {
    let stream: ReadableStreamDefaultController<Uint8Array> | null = null;
    const leave = () => {
      if (stream !== null && this.#live.delete(stream)) stream.error(new TypeError('aborted'));
    };
    signal?.addEventListener('abort', leave);
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream = controller;
        this.#live.add(controller);
        controller.enqueue(this.#headEvent());
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
  }

  #headEvent(): Uint8Array {
    const { epoch, head } = { epoch: this.server.epoch, head: { seq: this.server.accepted().length, hash: 'h' } };
    return new TextEncoder().encode(`event: head\ndata: ${JSON.stringify({ epoch, head })}\n\n`);
  }

  #at(later: number): string {
    return instant(Date.parse('2026-11-23T13:00:00.000Z') + this.#time.passed + later);
  }
}

type EnrolBody = { readonly code: string; readonly publicKey: { readonly x: string }; readonly previous?: unknown };

/** The model asks for no proof: a key is told apart by its `x`. */
export const deviceOfKey = new Map<string, DeviceId>();

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
}

export function problem(
  status: number,
  code: string,
  extra: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  const body = JSON.stringify({ type: 'about:blank', title: code, status, code, ...extra });
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

function readBody(body: RequestInit['body'], headers: Headers): unknown {
  if (!(body instanceof Uint8Array)) return null;
  const bytes = headers.get('content-encoding') === 'gzip' ? gunzipSync(body) : body;
  return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
}
