import { gunzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { deviceId } from '../../../src/domain/sync/device-id.ts';
import { instant } from '../../../src/domain/time.ts';
import type { TestClock } from '../journal-phone.ts';
import { openServer, type Reply, type TestServer } from '../../sync-server/support/open-server.ts';
import { addressOf } from '../../sync/support/address-of.ts';
import { firstEvent, livePath } from './first-event.ts';
import type { Exchange } from './recording.ts';

export const serverDevice = '0000000000000000';

/** Fields whose values a server makes up. */
const madeFields = new Set(['epoch', 'hash', 'nonce', 'token', 'view', 'salt', 'erased', 'url', 'person', 'winner']);

/** The real server, writing down all that is said to it and by it. */
export class Recorder {
  readonly server: TestServer;
  readonly exchanges: Exchange[] = [];
  readonly keys: Record<string, JsonWebKey> = {};
  private readonly real: TestServer;
  private what = '';

  static async open(): Promise<Recorder> {
    return new Recorder(await openServer());
  }

  private constructor(real: TestServer) {
    this.real = real;
    this.server = { ...real, call: (options) => this.call(options) };
  }

  /** Of the server; a second passes with each exchange. */
  get clock(): TestClock {
    return this.real.clock;
  }

  /** What the exchanges from here on are about. */
  about(what: string): void {
    this.what = what;
  }

  know(key: JsonWebKey): void {
    this.keys[key.x ?? ''] = key;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    const reply = await this.call({
      method: (init?.method ?? 'GET') as 'GET',
      url: addressOf(input).slice(this.real.origin.length),
      headers: Object.fromEntries(headers),
      ...(init?.body === undefined ? {} : { payload: JSON.parse(textOf(init.body as Uint8Array, headers)) as object }),
    });
    const { statusCode: status } = reply;
    const said = {
      'content-type': String(reply.headers['content-type']),
      date: new Date(this.real.clock.now).toUTCString(),
    };
    return new Response(status === 204 ? null : reply.payload, { status, headers: said });
  };

  /** The first event of a stream. */
  async live(token: string): Promise<void> {
    this.real.clock.pass(1000);
    const reply = await firstEvent(this.real, token);
    const at = instant(this.real.clock.now);
    this.exchanges.push({ ...liveCall, what: this.what, at, token, reply });
  }

  private async call(options: InjectOptions): Promise<Reply> {
    const { method = 'GET', payload, headers = {} } = options;
    this.real.clock.pass(1000);
    const url = options.url as string;
    const plain = Object.fromEntries(
      Object.entries(headers).filter(([name]) => !/^content-(encoding|length)$/i.test(name)),
    );
    const reply = await this.real.app.inject({ ...options, headers: plain });
    this.exchanges.push({
      what: this.what,
      at: instant(this.real.clock.now),
      method,
      path: url,
      token: /^Bearer (.*)$/.exec(headers['authorization'] ?? '')?.[1] ?? null,
      contentType: typeof payload === 'string' ? String(headers['content-type']) : null,
      body: (payload ?? null) as Json,
      reply: { status: reply.statusCode, body: bodyIn(reply, url) },
    });
    return reply;
  }

  /** Every value that the server made up, in all that was said. */
  made(phones: ReadonlySet<string>): readonly string[] {
    const found = new Set<string>();
    for (const { path, reply } of this.exchanges) {
      collect(reply.body, found);
      if (reply.status !== 201) continue;
      const { workspace, code, id } = reply.body as JsonObject;
      if (path === '/api/enrol') found.add((workspace as JsonObject).id as string);
      if (path === '/api/invites' || path === '/api/join-codes')
        [code, id].forEach((each) => found.add(each as string));
    }
    return [...found].filter((value) => !phones.has(value)).sort();
  }
}

const liveCall = { method: 'GET', path: livePath, contentType: null, body: null } as const;

/** The device that a private key makes. */
export function deviceOfKey({ x = '', y = '' }: JsonWebKey): string {
  return deviceId({ x, y });
}

function bodyIn(reply: Reply, url: string): Json {
  if (reply.payload === '') return null;
  const body = JSON.parse(reply.payload) as JsonObject;
  // the description grows with every version; that it can be had is what counts
  return url === '/api/openapi.json' ? { openapi: body.openapi ?? null } : body;
}

function collect(value: Json, found: Set<string>): void {
  if (Array.isArray(value)) value.forEach((each: Json) => collect(each, found));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const object = value as JsonObject;
  const author = object.author as { readonly device?: string } | undefined;
  // a change of the server itself, as a record or as an entry of the journal
  if (author?.device === serverDevice) found.add(((object.change as JsonObject).id ?? object.change) as string);
  for (const [name, each] of Object.entries(object)) {
    if (madeFields.has(name) && typeof each === 'string' && each !== '') found.add(each);
    collect(each, found);
  }
}

function textOf(bytes: Uint8Array, headers: Headers): string {
  return new TextDecoder().decode(headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes);
}
