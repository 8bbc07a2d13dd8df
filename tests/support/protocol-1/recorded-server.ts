import { gunzipSync } from 'node:zlib';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { addressOf } from '../../sync/support/address-of.ts';
import type { TestClock } from '../journal-phone.ts';
import { Likeness } from './likeness.ts';
import type { Exchange } from './recording.ts';

/** A server that answers as one did when it was recorded, to a phone that says what one said then. */
export class RecordedServer {
  /** Where the phone said something else than was recorded. */
  readonly differences: string[] = [];
  private readonly left: Exchange[];
  private readonly origin: string;
  private readonly clock: TestClock;

  constructor(exchanges: readonly Exchange[], origin: string, clock: TestClock) {
    this.left = [...exchanges];
    this.origin = origin;
    this.clock = clock;
  }

  /** Exchanges that the phone did not ask for. */
  get unasked(): number {
    return this.left.length;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const exchange = this.left.shift();
    const path = addressOf(input).slice(this.origin.length);
    if (exchange === undefined || exchange.path !== path || exchange.method !== init?.method)
      throw new Error(`the phone asks for ${path}, recorded is ${String(exchange?.path)}`);
    this.clock.pass(1000);
    const said = bodyOf(init);
    // signed anew each time, with another random number in it
    const { signature: _, limit: __, ...recorded } = (exchange.body ?? {}) as JsonObject;
    this.differences.push(...new Likeness([]).differences(recorded, said, path));
    // how long a page is asked for is the app's to choose, within what a server of then took
    const { limit = 1 } = (said ?? {}) as { readonly limit?: number };
    if (limit < 1 || limit > 500) this.differences.push(`${path}: asks for ${String(limit)} records`);
    const { status, body } = exchange.reply;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    const headers = { 'content-type': `${type}; charset=utf-8`, date: new Date(this.clock.now).toUTCString() };
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
  };
}

function bodyOf(init: RequestInit): Json {
  if (!(init.body instanceof Uint8Array)) return null;
  const packed = new Headers(init.headers).get('content-encoding') === 'gzip';
  return JSON.parse(new TextDecoder().decode(packed ? gunzipSync(init.body) : init.body)) as Json;
}
